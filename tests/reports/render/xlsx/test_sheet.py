"""What all sheets of the managers' workbook share."""

from fractions import Fraction

import pytest

from reports.render.xlsx.sheet import COUNT, RATE, marked


def test_sheet_begins_with_its_title_and_the_way_back(draft):
    found = draft.read()
    assert (found["A1"].value, found["A2"].value) == ("인력", "‹ 요약")
    assert found["A2"].hyperlink.location == "'요약'!A1"


def test_text_that_looks_like_a_formula_is_text(draft):
    draft.sheet.text(5, 0, "=1+1")
    cell = draft.read()["A6"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_value_with_a_formula_keeps_what_it_gives(draft):
    place = draft.sheet.value(4, 1, Fraction(7, 2), "SUM(A1:A2)", num_format=COUNT)
    assert (place.cell, place.value) == ("B5", Fraction(7, 2))
    assert draft.read(data_only=True)["B5"].value == 3.5


def test_value_unknown_is_an_empty_cell_and_a_word_is_a_word(draft):
    draft.sheet.value(4, 1, None, "A1")
    draft.sheet.value(4, 2, "순증")
    found = draft.read()
    assert (found["B5"].value, found["C5"].value, found["C5"].alignment.horizontal) == (None, "순증", "right")


@pytest.mark.parametrize(
    ("value", "form"), [(Fraction(-1, 5000), "0.0%;0.0%;0.0%"), (Fraction(-1, 100), RATE)]
)
def test_rate_that_rounds_to_zero_has_no_sign(draft, value, form):
    draft.sheet.value(4, 1, value, num_format=RATE)
    assert draft.read()["B5"].number_format == form


def test_header_of_groups_takes_two_rows(draft):
    draft.sheet.header(["부서", ("현원", ["일반직", "임기제"])])
    assert (draft.sheet.row, draft.sheet.head) == (4, (2, 3))
    found = draft.read()
    assert {str(merged) for merged in found.merged_cells.ranges} == {"A3:A4", "B3:C3"}
    assert [cell.value for cell in found[4]] == [None, "일반직", "임기제"]


def test_key_figure_names_its_cell(draft):
    draft.book.key_figure("정원", draft.sheet.value(4, 1, Fraction(258)), "명")
    assert draft.book.key_figures[0].label == "정원"
    assert draft.read().parent.defined_names["정원"].value == "'인력'!$B$5"


def test_close_sets_the_widths_and_the_footer(draft):
    draft.sheet.close([20, 9.5])
    found = draft.read()
    assert found.column_dimensions["A"].width == pytest.approx(20.7, abs=0.1)
    assert found.oddFooter.left.text == "공원국  인력"
    assert found.oddFooter.right.text == "2024. 3. 31. 기준"


def test_marked_puts_the_mark_before_every_section():
    assert marked('#,##0;"△"#,##0;"-"') == '"◆ "#,##0;"◆ ""△"#,##0;"◆ ""-"'
