"""A line of money at two dates: sums, rates and what counts as changed, by plain rows. Amounts are in 천원."""

from datetime import date
from fractions import Fraction

from reports.comparison.changes import Counts, Kind, ReportPair
from reports.comparison.money import MoneyChanges, money_line
from reports.report import Name, Report
from tests.reports.plain import expenditure, revenue


def rows(*amounts, year=2022):
    """Rows of expenditure as (current, executed)."""
    return expenditure(
        year, *((str(at), "", current, executed) for at, (current, executed) in enumerate(amounts))
    ).rows


def line(before, after, same_year=True):
    report = Report("", Name("b", ""), date(2022, 8, 29))
    return money_line("안전망", 1, before, after, same_year, ReportPair(report, report))


def test_line_adds_up_the_rows_of_a_side():
    found = line(rows((1_000, 500), (3_000, 700)), rows((5_000, 2_000)))
    assert (found.current.old, found.current.new, found.current.difference) == (
        4_000_000,
        5_000_000,
        1_000_000,
    )
    assert (found.executed.old, found.executed.new) == (1_200_000, 2_000_000)
    assert found.kind is Kind.CHANGED


def test_line_without_a_side_is_added_or_removed():
    assert line([None], rows((1, 1))).kind is Kind.ADDED
    assert line(rows((1, 1)), [None]).kind is Kind.REMOVED


def test_line_of_an_unknown_amount_is_unknown():
    found = line(rows((1_000, None), (3_000, 700)), rows((4_000, 700)))
    assert found.executed.old is None
    assert found.executed.difference is None
    assert found.rates == (None, Fraction(35, 2))
    assert found.points is None


def test_rates_are_worked_out_after_adding_up():
    found = line(rows((1_000, 500), (3_000, 700)), rows((5_000, 2_000)))
    assert found.rates == (30, 40)
    assert found.points == 10


def test_previous_year_counts_within_one_year_alone():
    before, after = revenue(2022, ("tax", 1, 100, 90)).rows, revenue(2022, ("tax", 1, 100, 95)).rows
    assert line(before, after).kind is Kind.CHANGED
    assert line(before, after, same_year=False).kind is Kind.SAME


def test_revenue_has_nothing_executed():
    found = line(revenue(2022, ("tax", 1, 100, 90)).rows, revenue(2022, ("tax", 1, 120, 90)).rows)
    assert found.executed.before is None
    assert found.rates == (None, None)


def changes(years=(2022, 2022)):
    total = line(rows((300, 10)), rows((300, 20)))
    same, changed = line(rows((1, 1)), rows((1, 1))), line(rows((1, 1)), rows((2, 1)))
    return MoneyChanges(years, (total, same, changed))


def test_changes_show_the_total_and_what_differs():
    found = changes()
    assert found.total is found.lines[0]
    assert found.shown == [found.lines[0], found.lines[2]]
    assert found.counts == Counts(changed=1, same=1)


def test_corrected_are_other_final_budgets_of_one_year():
    corrected = line(revenue(2022, ("tax", 1, 9, 90)).rows, revenue(2022, ("tax", 1, 9, 95)).rows)
    assert MoneyChanges((2022, 2022), (corrected,)).corrected == [corrected]
    assert MoneyChanges((2022, 2023), (corrected,)).corrected == []


def test_execution_that_was_not_delivered_yet_is_no_change():
    found = line(rows((1_000, 500)), rows((1_000, None)))
    assert (found.executed.difference, found.kind) == (None, Kind.SAME)
