"""How high rows are, by what their cells hold. Distances in HWPUNIT, 283.465 of which are a millimetre."""

import pytest

from reports.render.hwpx.grid import Grid, GridCell, heightened, line_height, units
from reports.render.hwpx.theme import Border, Look

LOOK = Look("표 글", 10, spacing=125)
LINE, PADDING = 1250, 227  # ten points at 125 %; 0.8 mm above and as much below


def grid(*cells, widths=(28346,), heights=(0,)):
    return Grid(widths, (cells,), heights)


def cell(*paragraphs, column=0, **more):
    return GridCell(paragraphs, LOOK, Border(), column, **more)


@pytest.mark.parametrize(("millimetres", "expected"), [(0, 0), (1, 283), (210, 59528)])
def test_units_of_millimetres(millimetres, expected):
    assert units(millimetres) == expected


def test_line_height_follows_size_and_spacing():
    assert line_height(LOOK) == LINE


def test_row_is_as_high_as_its_tallest_cell():
    made = heightened(grid(cell("한 줄"), cell("가", "나", "다", column=1), widths=(28346, 28346)))
    assert made.heights == (3 * LINE + 2 * PADDING,)


def test_row_keeps_a_height_that_is_enough():
    assert heightened(grid(cell("한 줄"), heights=(9_000,))).heights == (9_000,)


def test_text_that_does_not_fit_its_width_takes_more_lines():
    narrow = heightened(grid(cell("가나다라마바사아자차"), widths=(6_000,)))
    assert narrow.heights == (2 * LINE + 2 * PADDING,)


def test_cell_over_several_rows_makes_none_higher():
    assert heightened(grid(cell("가", "나", "다", rowspan=3))).heights == (0,)


def test_empty_paragraph_is_a_line():
    assert heightened(grid(cell(""))).heights == (LINE + 2 * PADDING,)
