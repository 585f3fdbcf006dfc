"""Staff of the units, in persons."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.remembered.ahead import reading
from core.snapshot import Snapshot
from departments import staffing
from seoul_digital.lib.reported import ReportedFigure

from ...chapter import UnitExtract
from ...report import Report


@dataclass(frozen=True)
class SeriesCount:
    """Staff of one job series, by its name."""

    name: str
    count: ReportedFigure


@dataclass(frozen=True)
class StaffingRow:
    """Staff of a unit, or of all; the job series are the same in every row of a report, in their order."""

    slug: str
    name: str
    authorized: ReportedFigure
    headcount: ReportedFigure
    variance: ReportedFigure
    series: tuple[SeriesCount, ...] = ()

    @property
    def figures(self) -> dict[str, ReportedFigure]:
        """Under `authorized`, `headcount`, `variance` and the names of the series."""
        sums = {"authorized": self.authorized, "headcount": self.headcount, "variance": self.variance}
        return sums | {series.name: series.count for series in self.series}


@dataclass(frozen=True)
class StaffingData:
    total: StaffingRow
    units: tuple[StaffingRow, ...]

    @property
    def series(self) -> list[str]:
        return [series.name for series in self.total.series]


@reading(staffing.summary)
def assemble(snapshot: Snapshot, report: Report) -> StaffingData | None:
    summary = staffing.summary(snapshot)
    return summary and StaffingData(_row(summary.total), tuple(map(_row, summary.units)))


def _row(unit: staffing.StaffCount) -> StaffingRow:
    return StaffingRow(
        slug=unit.slug,
        name=unit.name,
        authorized=unit.figure(staffing.AUTHORIZED),
        headcount=unit.figure(staffing.HEADCOUNT),
        variance=unit.figure(staffing.VARIANCE),
        series=tuple(SeriesCount(name, unit.figure(name)) for name in unit.counts),
    )


def of_unit(data: StaffingData, extract: UnitExtract) -> StaffingData | None:
    units = tuple(unit for unit in data.units if unit.slug in extract.own)
    return StaffingData(_total(units), units) if units else None


def _total(units: tuple[StaffingRow, ...]) -> StaffingRow:
    columns = zip(*(unit.figures.values() for unit in units), strict=True)
    authorized, headcount, variance, *counts = map(_sum, columns)
    series = tuple(map(SeriesCount, [series.name for series in units[0].series], counts))
    return StaffingRow("", "계", authorized, headcount, variance, series)


def _sum(figures: Iterable[ReportedFigure]) -> ReportedFigure:
    """Unknown where one of them is."""
    values = [figure.computed for figure in figures]
    known = [value for value in values if isinstance(value, int)]
    return ReportedFigure(sum(known) if len(known) == len(values) else None)
