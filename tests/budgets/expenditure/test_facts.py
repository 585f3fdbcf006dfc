"""What pages count against the pace of the year, as facts."""

from decimal import Decimal

import pytest

from budgets.expenditure import execution
from budgets.expenditure.facts import fact_of, pace_fact, unexecuted
from core.snapshot import Snapshot
from core.stated_facts import stated_fact
from tests.budgets.plain import SECURITY, summary_of
from tests.factories import NOBODY


@pytest.fixture
def snapshot(seeded):
    return Snapshot.from_query(NOBODY, {"as_of": "2022-08-29"})


@pytest.mark.parametrize(
    ("key", "value", "unit", "parts"),
    [
        ("year", Decimal("66.0"), "%", 0),
        ("rated", 8, "곳", 8),
        ("reached", 6, "곳", 6),
        ("behind", 2, "곳", 2),
        ("share", Decimal("56.2"), "%", 3),
    ],
)
def test_facts_of_the_pace(snapshot, key, value, unit, parts):
    fact = stated_fact(snapshot, f"pace:{key}")
    assert (fact.value, fact.unit, len(fact.parts)) == (value, unit, parts)


def test_money_that_lacks_up_to_the_pace(snapshot):
    whole, part = (stated_fact(snapshot, f"pace:{key}") for key in ("missing", "missing/data-center"))
    assert round(whole.value / 10**7) == 1034
    assert (part.label, round(part.value / 10**7)) == ("데이터센터 진도선까지 모자란 돈", 520)


@pytest.mark.parametrize("key", ["", "nothing", "missing/digital-policy", "missing/nobody"])
def test_what_is_not_counted_is_no_fact(snapshot, key):
    assert stated_fact(snapshot, f"pace:{key}") is None


def test_without_expenditure_there_is_none(seeded):
    assert stated_fact(Snapshot.from_query(NOBODY, {"as_of": "2019-12-31"}), "pace:year") is None


def test_a_part_of_the_budget_is_no_figure_of_the_report(snapshot):
    summary = execution.summary(snapshot)
    assert fact_of(summary, summary.total, "rate") == "expenditure:/rate"
    narrowed = summary_of(SECURITY).only([SECURITY], "정보통신보안담당관")
    assert fact_of(narrowed, SECURITY, "rate") == pace_fact(narrowed, "year") == ""


def test_what_is_left_is_the_difference_of_what_is_shown(snapshot):
    summary = execution.summary(snapshot)
    assert summary.committed(summary.total).shown == 95_839_632_000  # the departments add up to 1,000 less
    assert unexecuted(summary, summary.total) == 47_365_210_000
    assert unexecuted(summary, summary.department("data-center")) == 21_066_228_000
