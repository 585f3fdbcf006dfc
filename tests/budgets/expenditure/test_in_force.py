import pytest

from budgets.expenditure import execution
from budgets.expenditure.in_force import sources_in_force
from tests.factories import make_bureau, make_expenditure, make_unit, print_total, snapshot_of, spend


@pytest.fixture
def bureau(db):
    return make_bureau()


@pytest.fixture
def policy(db):
    return make_unit("policy", "주택정책담당관")


def test_sources_in_force_are_those_of_the_pages(bureau):
    book = make_expenditure(bureau, "2022-01-01", kind="book")
    assert sources_in_force(snapshot_of(bureau)) == [book]
    march = make_expenditure(bureau, "2022-03-31")
    june = make_expenditure(bureau, "2022-06-30", account="special")
    assert sources_in_force(snapshot_of(bureau)) == [june, march]


def test_printed_totals_are_read_from_both_years_sources(bureau, policy):
    last = make_expenditure(bureau, "2022-08-29", 2021, "book")
    spend(last, policy, 70)
    print_total(last, "current_budget", 70_000, "70", year=2021)
    now = make_expenditure(bureau, "2022-08-29")
    spend(now, policy, 80)
    print_total(now, "current_budget", 80_000, "80", "policy", year=2022)
    summary = execution.summary(snapshot_of(bureau))
    assert summary.previous(summary.total).printed == 70_000
    assert summary.current(summary.department("policy")).printed == 80_000


@pytest.mark.parametrize(
    ("limits", "holding"),
    [
        ({}, set()),
        ({"department": "policy"}, {"support", "support/general", "support/교통"}),
        ({"account": "special"}, {"policy/general", "support/general"}),
        ({"account": "교통"}, {"policy/general", "support/general"}),
        ({"department": "policy", "account": "general"}, {"support", "support/general", "support/교통"}),
    ],
)  # fmt: skip
def test_printed_totals_hold_until_a_newer_source_speaks_for_them(bureau, policy, limits, holding):
    support = make_unit("support", "주거지원담당관")
    older = make_expenditure(bureau, "2022-03-31")
    for unit in (policy, support):
        spend(older, unit, 80, account="general")
        for subject in ("", unit.slug, f"{unit.slug}/general", f"{unit.slug}/교통"):
            if subject or unit is policy:
                print_total(older, "current_budget", 80_000, "80", subject, 2022)
    if "department" in limits:
        limits = limits | {"department": policy}
    newer = make_expenditure(bureau, "2022-06-30", **limits)
    spend(newer, policy, 90, account="general")
    totals = execution.summary(snapshot_of(bureau)).totals
    assert {subject for subject, *_ in totals} == holding


def test_printed_totals_of_a_limited_source_are_not_of_the_whole(bureau, policy):
    spend(make_expenditure(bureau, "2022-03-31"), make_unit("support"), 80)
    newer = make_expenditure(bureau, "2022-06-30", department=policy)
    spend(newer, policy, 20)
    for subject in ("", "policy"):
        print_total(newer, "current_budget", 20_000, "20", subject, 2022)
    assert list(execution.summary(snapshot_of(bureau)).totals) == [("policy", "current_budget", 2022)]


def test_printed_totals_of_the_only_source_hold(bureau, policy):
    only = make_expenditure(bureau, "2022-06-30", department=policy)
    spend(only, policy, 20)
    print_total(only, "current_budget", 20_000, "20", year=2022)
    assert list(execution.summary(snapshot_of(bureau)).totals) == [("", "current_budget", 2022)]
