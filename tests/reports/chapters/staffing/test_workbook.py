"""The sheet of staff, by the report of 2022-08-29 and by small reports."""

import pytest

from reports.chapters.staffing.data import StaffingData
from reports.workbook import to_xlsx
from tests.reports.books import opened, row_of, words
from tests.reports.plain import park_report, staff_count

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def test_staff_is_added_up_by_formulas(book, values):
    total, unit = row_of(book["인력"], "계"), row_of(book["인력"], "데이터센터")
    assert words(total)[1:4] == ["=SUM(B6:B13)", "=SUM(C6:C13)", "=C5-B5"]
    assert words(unit)[1:] == [69, "=E12", "=C12-B12", "=SUM(F12:H12)", 51, 9, 3, "=C12/B12"]
    assert words(row_of(values["인력"], "계")) == [
        "계",
        266,
        258,
        -8,
        258,
        224,
        26,
        8,
        pytest.approx(258 / 266),
    ]
    assert {str(merged) for merged in book["인력"].merged_cells.ranges} == {
        "A3:A4",
        "B3:B4",
        "C3:C4",
        "D3:D4",
        "E3:H3",
        "I3:I4",
    }


def test_one_unit_alone_has_no_total_above_it():
    staffing = StaffingData(staff_count("계", 5, 4), (staff_count("나무과", 5, 4),))
    sheet = opened(to_xlsx(park_report(staffing=staffing)))["인력"]
    assert [row[0].value for row in sheet.iter_rows(min_row=5)] == ["나무과"]


def test_a_total_that_its_parts_do_not_make_is_no_formula():
    """Such as one whose units are not all told."""
    staffing = StaffingData(staff_count("계", 9, 8), (staff_count("나무과", 5, 4), staff_count("꽃과", 3, 3)))
    sheet = opened(to_xlsx(park_report(staffing=staffing)))["인력"]
    assert [cell.value for cell in sheet[5][1:3]] == [9, 8]
    assert sheet["D5"].value == "=C5-B5"
