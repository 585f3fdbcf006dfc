"""The sheet of revenue, by the report of 2022-08-29 and by a small report."""

from dataclasses import replace
from datetime import date

import pytest

from reports.chapters.revenue.data import RevenueData, RevenueRow
from reports.workbook import to_xlsx
from seoul_digital.lib.reported import ReportedFigure, reported_rate
from tests.reports.books import opened, row_of, words
from tests.reports.plain import park_report

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def test_what_disagrees_stands_with_its_computed_value(book, values):
    row = row_of(book["세입"], "임시적세외수입")
    assert words(row)[1:5] == [954_794, 893_020, 61_774, 0.069]
    assert [cell.number_format for cell in row[1:3]] == ['"◆ "#,##0;"◆ ""△"#,##0;"◆ ""-"'] * 2
    assert words(row)[6:9] == ["=SUM(B14:B18)", "=SUM(C14:C18)", "=G13-H13"]
    assert words(row_of(values["세입"], "임시적세외수입"))[6:] == [
        5_878_506,
        2_422_479,
        3_456_027,
        pytest.approx(1.426648899743),
    ]
    assert (
        row_of(book["세입"], "세외수입")[1].value == "=SUM(B7,G13,B19)"
    )  # of the computed one, for so it comes to what is printed


def test_new_money_is_called_so(values):
    assert row_of(values["세입"], "주차요금수입")[4].value == "순증"


def test_money_is_in_thousands_to_the_won():
    whole = RevenueRow(
        "",
        "계",
        0,
        "",
        False,
        ReportedFigure(1_500),
        ReportedFigure(0),
        ReportedFigure(1_500),
        reported_rate("순증"),
    )
    leaf = replace(whole, slug="rent", name="임대료", level=1, is_leaf=True)
    sheet = opened(
        to_xlsx(park_report(revenue=RevenueData(2024, date(2024, 3, 31), (whole, leaf)))), data_only=True
    )["세입"]
    assert [cell.value for cell in row_of(sheet, "임대료")][1:5] == [1.5, 0, 1.5, "순증"]
