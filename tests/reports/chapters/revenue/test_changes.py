from dataclasses import replace

from reports.comparison.changes import Counts, FieldChange, Kind
from reports.comparison.compare import compare
from seoul_digital.lib.reported import ReportedFigure
from tests.reports.plain import (
    revenue,
    two,
)


def test_revenue_by_item():
    before = revenue(2022, ("", 0, 300, 200), ("rent", 1, 100, 90), ("fees", 1, 200, 110))
    after = revenue(2022, ("", 0, 350, 200), ("rent", 1, 100, 90), ("fines", 1, 250, 110))
    changes = compare(*two("revenue", before, after)).changes["revenue"]
    told = [
        (line.name, line.kind, line.current.old, line.current.new, line.current.difference)
        for line in changes.shown
    ]
    assert told == [
        ("계", Kind.CHANGED, 300_000, 350_000, 50_000),
        ("fines", Kind.ADDED, None, 250_000, None),
        ("fees", Kind.REMOVED, 200_000, None, None),
    ]
    assert (changes.same_year, changes.counts) == (True, Counts(added=1, removed=1, same=1))


def test_a_corrected_final_budget_of_last_year_counts_within_one_year_only():
    before, after = revenue(2022, ("", 0, 300, 200)), revenue(2022, ("", 0, 300, 210))
    changes = compare(*two("revenue", before, after)).changes["revenue"]
    assert [(line.previous.old, line.previous.new) for line in changes.corrected] == [(200_000, 210_000)]
    next_year = compare(*two("revenue", before, replace(after, fiscal_year=2023))).changes["revenue"]
    assert (next_year.corrected, next_year.total.kind) == ([], Kind.SAME)


def one_item(**values):
    (row,) = revenue(2022, ("rent", 1, 100, 90)).rows
    return replace(row, **values)


def compared_items(before, after):
    sides = (replace(revenue(2022), rows=(row,)) for row in (before, after))
    return compare(*two("revenue", *sides)).changes["revenue"].lines[0]


def test_a_total_that_only_one_report_prints_is_compared_by_what_it_adds_up_to():
    """임시적세외수입 of the seeded report: printed 1,465, computed 9,020; the next edition carries no printed totals."""
    printed = one_item(current=ReportedFigure(9_020, 1_465))
    line = compared_items(printed, one_item(current=ReportedFigure(9_020)))
    assert (line.kind, line.current.difference) == (Kind.SAME, 0)
    line = compared_items(printed, one_item(current=ReportedFigure(9_030)))
    assert (line.current.old, line.current.new, line.current.difference) == (9_020, 9_030, 10)
    line = compared_items(printed, one_item(current=ReportedFigure(9_020, 1_470)))
    assert line.current.difference == 5


def test_an_item_that_was_renamed_is_shown_with_both_names():
    line = compared_items(one_item(name="사용료"), one_item(name="재산 사용료"))
    assert (line.name, line.kind) == ("사용료 → 재산 사용료", Kind.CHANGED)


def test_a_rate_that_is_printed_otherwise_is_shown():
    line = compared_items(one_item(rate=ReportedFigure(11, 11)), one_item(rate=ReportedFigure(11, "순증")))
    assert line.printed_rates == (FieldChange("증감률", "11.0%", "순증"),)
    assert line.kind is Kind.CHANGED
