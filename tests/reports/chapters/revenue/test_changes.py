from dataclasses import replace

from reports.comparison.changes import Counts, Kind
from reports.comparison.compare import compare
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
