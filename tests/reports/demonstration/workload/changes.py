"""Workloads at two dates."""

from dataclasses import dataclass

from ...comparison.changes import Counts, Kind, ReportPair, count, kind_of, pairs_by_key
from .data import UnitWorkload, WorkloadData

Pair = tuple[UnitWorkload | None, UnitWorkload | None]


@dataclass(frozen=True)
class WorkloadChanges:
    units: tuple[tuple[Kind, Pair], ...]

    @property
    def counts(self) -> Counts:
        return count(kind for kind, _ in self.units)


def compare(before: WorkloadData, after: WorkloadData, pair: ReportPair) -> WorkloadChanges:
    pairs = pairs_by_key(before.units, after.units, "slug")
    return WorkloadChanges(tuple((kind_of(old, new, old != new), (old, new)) for old, new in pairs))
