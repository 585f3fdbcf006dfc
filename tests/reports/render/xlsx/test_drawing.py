"""The document's blocks on a sheet: numbers are numbers where the cell shows the very text."""

from fractions import Fraction

import pytest

from reports.render.blocks import HeadingBlock, Pictures, TableBlock, TableCell, TextLine
from reports.render.xlsx.drawing import Canvas, lines_of, number_in


@pytest.mark.parametrize(
    ("text", "value", "form"),
    [
        ("1,234", Fraction(1234), '#,##0;"△"#,##0;"-"'),
        ("△5", Fraction(-5), '#,##0;"△"#,##0;"-"'),
        ("66.9%", Fraction(669, 1000), '0.0%;"△"0.0%'),
        ("1,234.50", Fraction(12345, 10), '#,##0.00;"△"#,##0.00;"-"'),
    ],
)
def test_number_in_shows_the_very_text(text, value, form):
    assert number_in(text) == (value, form)


@pytest.mark.parametrize("text", ["", "약 300", "’22.7.", "01", "순증", "02-2133-0000"])
def test_number_in_all_else_is_text(text):
    assert number_in(text) is None


def table(*rows, widths=(10, 10)):
    cells = [tuple(TableCell(text, column) for column, text in enumerate(row)) for row in rows]
    return TableBlock((cells[0],), tuple(cells[1:]), widths, "현황", "(단위 : 대)")


def test_lines_of_blocks_for_a_cell():
    blocks = [TextLine("설치", 2, "-"), Pictures(("앞", "뒤"), 1), table(("구분", "계"), ("실내\n실외", "3"))]
    assert list(lines_of(blocks)) == [
        "  - 설치",
        "[그림] 앞",
        "[그림] 뒤",
        "현황",
        "(단위 : 대)",
        "구분 | 계",
        "실내 실외 | 3",
    ]


def test_canvas_draws_blocks_below_each_other(draft):
    Canvas(draft.sheet, [HeadingBlock(3, "추진실적"), TextLine("설치", 2, "-")]).draw()
    found = draft.read()
    assert (found["A4"].value, found["A5"].value) == ("추진실적", "- 설치")
    assert found["A5"].alignment.indent == 2
    assert {str(merged) for merged in found.merged_cells.ranges} == {"A4:X4", "A5:X5"}


def test_canvas_shares_the_width_by_the_columns_widths(draft):
    Canvas(draft.sheet, [table(("구분", "계"), ("실내", "1,234"), widths=(30, 10))]).draw()
    found = draft.read()
    assert {str(merged) for merged in found.merged_cells.ranges} == {
        "A3:X3", "A4:Q4", "R4:X4", "A5:Q5", "R5:X5",
    }  # fmt: skip
    assert found["A3"].value == "현황   (단위 : 대)"
    assert (found["R5"].value, found["R5"].data_type) == (1234, "n")
