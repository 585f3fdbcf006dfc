"""The sheet of expenditure, by the report of 2022-08-29 and by a small report."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from reports.chapters.expenditure.data import ExpenditureData, ExpenditureRow
from reports.workbook import to_xlsx
from seoul_digital.lib import amounts
from seoul_digital.lib.reported import ReportedFigure
from tests.reports.books import opened, row_of, words
from tests.reports.plain import park_report

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def test_a_difference_of_rounding_bears_no_mark(book, values):
    total = row_of(book["세출"], "계")
    assert (total[5].value, total[5].number_format) == (95_839_632, '#,##0;"△"#,##0;"-"')
    assert (total[10].value, row_of(values["세출"], "계")[10].value) == ("=SUM(F8:F13,F16:F17)", 95_839_631)
    assert row_of(values["세출"], "계")[7].value == 47_365_210  # the balance of what is printed


def test_accounts_make_up_their_department(book):
    assert words(row_of(book["세출"], "정보통신보안담당관"))[1:5] == [
        "=SUM(B14:B15)",
        "=SUM(C14:C15)",
        "=B13-C13",
        '=IF(C13=0,IF(B13>0,"순증",IF(B13<0,"순감","-")),(B13-C13)/ABS(C13))',
    ]


def test_the_pace_follows_its_day(book, values):
    sheet = book["세출"]
    assert (sheet["B3"].value.date(), values["세출"]["D3"].value) == (
        date(2022, 8, 29),
        pytest.approx(241 / 365),
    )
    assert sheet["D3"].value == "=MIN(MAX((B3-DATE(2022,1,1)+1)/(DATE(2022,12,31)-DATE(2022,1,1)+1),0),1)"
    assert words(row_of(sheet, "데이터센터"))[8:10] == ["=진도율", "=(G16-I16)*100"]


def test_what_is_not_known_stays_empty_and_execution_is_said_to_be_missing():
    row = ExpenditureRow(
        "a",
        "공원과",
        "",
        "공원과",
        ReportedFigure(1_000),
        ReportedFigure(),
        ReportedFigure(),
        ReportedFigure(),
        ReportedFigure(),
        ReportedFigure(),
    )
    whole = replace(row, slug="", name="계")
    told = ExpenditureData(2024, date(2024, 3, 31), amounts.pace(date(2024, 3, 31), 2024), (whole, row))
    sheet = opened(to_xlsx(park_report(expenditure=told)), data_only=True)["세출"]
    assert [cell.value for cell in row_of(sheet, "공원과")][1:8] == [
        1,
        None,
        None,
        None,
        "미제출",
        None,
        None,
    ]


def test_a_rate_of_an_earlier_day_is_of_that_days_budget_and_held_against_its_pace():
    row = ExpenditureRow(
        "a",
        "공원과",
        "",
        "공원과",
        ReportedFigure(2_000_000),
        *[ReportedFigure()] * 3,
        ReportedFigure(500_000),
        ReportedFigure(Fraction(50)),
        date(2022, 8, 29),
        1_000_000,
    )
    mixed = replace(row, slug="b", name="숲과", executed_on=None, executed_of=None, is_mixed=True)
    on = date(2022, 11, 1)
    data = ExpenditureData(2022, on, amounts.pace(on, 2022), (row, mixed))
    content = to_xlsx(park_report(expenditure=data))
    formulas, found = (opened(content, data_only=only)["세출"] for only in (False, True))
    cells = [cell.value for cell in row_of(found, "공원과")][5:10]
    assert cells == [500, 0.5, 500, pytest.approx(241 / 365), pytest.approx(50 - 24100 / 365)]
    assert [cell.value for cell in row_of(formulas, "공원과")][6:8] == [
        "=F7/(1000000/1000)",
        "=1000000/1000-F7",
    ]
    assert [cell.value for cell in row_of(found, "숲과")][8:10] == [None, None]
