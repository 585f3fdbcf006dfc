"""Staff of the units, in persons."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.snapshot import Snapshot
from departments import staffing

from ...chapter import UnitExtract
from ...report import Report, Stated

MEASURES = ("authorized", "headcount", "variance", "general", "fixed_term", "management")


@dataclass(frozen=True)
class StaffingRow:
    """Staff of a unit, or of all."""

    slug: str
    name: str
    authorized: Stated
    headcount: Stated
    variance: Stated
    general: Stated
    fixed_term: Stated
    management: Stated


@dataclass(frozen=True)
class StaffingData:
    total: StaffingRow
    units: tuple[StaffingRow, ...]


def assemble(snapshot: Snapshot, report: Report) -> StaffingData | None:
    strengths = staffing.summary(snapshot)
    return strengths and StaffingData(_row(strengths.total), tuple(map(_row, strengths.units)))


def _row(row: staffing.Strength) -> StaffingRow:
    printed = dict(row.printed)
    stated = {key: _stated(row.computed(key), printed.get(key)) for key in MEASURES}
    return StaffingRow(row.slug, row.name, **stated)


def _stated(computed: int, printed: int | None) -> Stated:
    return Stated(computed, printed, printed is not None and printed != computed)


def of_unit(data: StaffingData, extract: UnitExtract) -> StaffingData | None:
    units = tuple(one for one in data.units if one.slug in extract.own)
    return StaffingData(_total(units), units) if units else None


def _total(units: tuple[StaffingRow, ...]) -> StaffingRow:
    sums = {measure: _sum(getattr(one, measure) for one in units) for measure in MEASURES}
    return StaffingRow("", "계", **sums)


def _sum(figures: Iterable[Stated]) -> Stated:
    values = [figure.computed for figure in figures]
    return Stated(None if None in values else sum(values))
