"""How many duties each unit has."""

from collections import Counter
from dataclasses import dataclass

from core.models import Source
from core.snapshot import Snapshot
from departments.models import Duty

from ...report import Report


@dataclass(frozen=True)
class UnitWorkload:
    slug: str
    name: str
    duties: int


@dataclass(frozen=True)
class WorkloadData:
    units: tuple[UnitWorkload, ...] = ()


def assemble(snapshot: Snapshot, report: Report) -> WorkloadData:
    duties = Duty.objects.of(snapshot.source(Source.Scope.DUTIES)).order_by("department__name")
    counts = Counter(duties.values_list("department__slug", "department__name"))
    return WorkloadData(tuple(UnitWorkload(slug, name, number) for (slug, name), number in counts.items()))
