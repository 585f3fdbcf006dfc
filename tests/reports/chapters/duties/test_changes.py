from reports.chapters.duties.data import DutiesRow
from reports.comparison.changes import Counts, Kind
from reports.comparison.compare import compare
from tests.reports.plain import (
    succession,
    two,
)


def test_duties_by_unit_whatever_their_order():
    before = (DutiesRow("a", "a", ("기획", "예산 편성", "홍보")), DutiesRow("gone", "gone", ("행사",)))
    after = (DutiesRow("b", "b", ("홍보", "예산 편성·집행", "기획")), DutiesRow("new", "new", ("감사",)))
    changes = compare(*two("duties", before, after, successions=(succession("a", "b"),))).changes["duties"]
    told = [
        (unit.name, [(line.kind, line.before, line.after) for line in unit.diff.lines], unit.diff.same)
        for unit in changes.shown
    ]
    assert told == [
        ("a → b", [(Kind.CHANGED, "예산 편성", "예산 편성·집행")], 2),
        ("new", [(Kind.ADDED, "", "감사")], 0),
        ("gone", [(Kind.REMOVED, "행사", "")], 0),
    ]
    assert changes.counts == Counts(added=1, removed=1, changed=1, same=2)
