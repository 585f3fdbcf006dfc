"""Execution over the base dates of a year."""

from datetime import date

import pytest

from budgets.expenditure import execution
from budgets.expenditure.trend import points, trend_figure
from seoul_digital.lib.tables import text_of
from tests.factories import make_bureau, make_expenditure, make_unit, snapshot_of, spend

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(db):
    """A bureau with one division of which three deliveries tell the execution, one does not."""
    bureau, division = make_bureau(), make_unit("housing", "주택과")
    for on, committed in (
        ("2022-03-31", 200),
        ("2022-06-30", 410),
        ("2022-07-31", None),
        ("2022-08-29", 669),
    ):
        spend(make_expenditure(bureau, on), division, 1_000, committed)
    make_expenditure(bureau, "2021-12-31", year=2021)
    return bureau


def trend_of(bureau, as_of="", subject=""):
    return points(snapshot_of(bureau, as_of), execution.summary, subject)


def chart_of(bureau, as_of=""):
    return trend_figure(trend_of(bureau, as_of), execution.summary(snapshot_of(bureau, as_of)))


def test_trend_has_each_day_on_which_execution_was_told(bureau):
    assert [(point.on, str(point.rate.number)) for point in trend_of(bureau)] == [
        (date(2022, 3, 31), "20"),
        (date(2022, 6, 30), "41"),
        (date(2022, 8, 29), "669/10"),
    ]


def test_trend_ends_on_the_date_that_is_read(bureau):
    assert [point.on for point in trend_of(bureau, "2022-07-15")] == [date(2022, 3, 31), date(2022, 6, 30)]


def test_trend_of_a_division(bureau):
    assert len(trend_of(bureau, "", "housing")) == 3
    assert trend_of(bureau, "", "parks") == []


def test_trend_is_drawn_from_two_days_on(bureau):
    assert chart_of(bureau, "2022-03-31") is None
    chart = chart_of(bureau)
    assert chart.summary == "집행률은 2022. 3. 31.에 20.0%, 2022. 8. 29.에 66.9%입니다."
    rates, paces = chart.build().data
    assert (rates.y, paces.text) == ((20.0, 41.0, 66.9), ("24.7%", "49.6%", "66.0%"))
    assert [
        [text_of(*pair) for pair in zip(chart.table.columns, row.cells, strict=True)]
        for row in chart.table.rows
    ] == [
        ["2022. 3. 31.", "1,000", "200", "20.0%", "△4.7"],
        ["2022. 6. 30.", "1,000", "410", "41.0%", "△8.6"],
        ["2022. 8. 29.", "1,000", "669", "66.9%", "+0.9"],
    ]


@pytest.mark.parametrize("is_told", [True, False])
def test_trend_of_many_dates_asks_no_more_than_that_of_few(is_told, django_assert_num_queries):
    """Of a bureau that prints nothing of last year, and of one whose sources do not tell what was executed."""
    bureau, division = make_bureau(), make_unit("housing", "주택과")
    for month in range(1, 10):
        source = make_expenditure(bureau, f"2022-{month:02}-15")
        spend(source, division, 1_000, 100 * month if is_told or month == 1 else None)
    snapshot = snapshot_of(bureau)
    with django_assert_num_queries(2):  # the version, and the rows of all days
        found = points(snapshot, execution.summary)
    assert [point.on.month for point in found] == (list(range(1, 10)) if is_told else [1])
