"""Columns of the budget."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from budgets.expenditure import execution
from budgets.expenditure.charts import execution_figure
from reports.one_page import money
from seoul_digital.lib.reported import ReportedFigure
from tests.reports.plain import expenditure

pytestmark = pytest.mark.django_db  # the seeded report


def test_columns_stand_as_on_the_home_page_and_fill_the_width(sheet, seeded_snapshot):
    columns = sheet.money.columns
    assert [(column.name, column.printed) for column in columns][-2:] == [
        ("정보통신보안담당관 특별회계", "18.3%"),
        ("데이터센터", "54.9%"),
    ]
    home = execution_figure(execution.summary(seeded_snapshot), lambda row: "").build()
    assert [column.name for column in columns] == [column["text"] for column in home.layout.meta["mosaic"]]
    assert len(columns) == 9 and columns[0].left == 0
    assert columns[-1].left + columns[-1].width == 1


def test_money_that_is_missing_to_the_pace(sheet):
    """The special account lacks as much as the data center with a quarter of its budget."""
    short = {column.name: round(column.short / 1e7) for column in sheet.money.columns if column.is_behind}
    assert short == {"데이터센터": 520, "정보통신보안담당관 특별회계": 514}


def with_rates(data, *rates):
    rows = [
        replace(row, execution_rate=ReportedFigure(rate))
        for row, rate in zip(data.rows, (None, *rates), strict=True)
    ]
    return replace(data, rows=tuple(rows))


def test_unknown_execution_stands_last_and_no_budget_is_left_out():
    data = expenditure(2022, ("", "", 300, 100), ("a", "", 100, None), ("b", "", 200, 100), ("c", "", 0, 0))
    columns = money.columns(with_rates(data, None, Fraction(50), None))
    assert [(column.name, column.printed) for column in columns] == [("b", "50.0%"), ("a", "미제출")]
    assert money.top(columns) == 100


def test_scale_reaches_beyond_a_hundred():
    data = with_rates(expenditure(2022, ("", "", 100, 130), ("a", "", 100, 130)), Fraction(130))
    assert money.top(money.columns(data)) == 130


def test_each_row_is_held_against_the_pace_of_its_own_day():
    """Half of a budget by the end of June is on time, whatever the day of the report; of several days nothing is held."""
    data = with_rates(
        expenditure(2022, ("", "", 300, 150), ("a", "", 100, 50), ("b", "", 200, 100)),
        Fraction(50),
        Fraction(50),
    )
    whole, first, second = replace(data, as_of=date(2022, 12, 31)).rows
    rows = (whole, replace(first, executed_on=date(2022, 6, 30)), replace(second, is_mixed=True))
    columns = money.columns(replace(data, as_of=date(2022, 12, 31), rows=rows))
    assert [(column.name, column.short, column.pace and round(column.pace, 1)) for column in columns] == [
        ("a", 0, Fraction(496, 10)),
        ("b", 0, None),
    ]
