"""Indicators with all their figures and targets."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.remembered.ahead import reading
from core.snapshot import Snapshot
from projects import data
from projects.indicators import tree
from seoul_digital.lib.periods import PartialDate

from ...chapter import UnitExtract
from ...report import Report
from ..projects.data import ProjectsData


@dataclass(frozen=True)
class OtherFigure:
    """Another figure that the same report gives for the same quantity and time."""

    place: str
    printed: str
    value: Decimal


@dataclass(frozen=True)
class MeasuredFigure:
    """A figure of an indicator at one time, as printed, and where the report says it."""

    on: PartialDate
    when: str
    value: Decimal
    printed: str
    places: tuple[str, ...] = ()
    others: tuple[OtherFigure, ...] = ()


@dataclass(frozen=True)
class TargetRow:
    """`due` is None where the report gives no time."""

    due: PartialDate | None
    value: Decimal
    printed: str
    place: str = ""

    @property
    def text(self) -> str:
        """`24,000대(’26년)`"""
        return f"{self.printed}({self.due.printed()})" if self.due else self.printed


@dataclass(frozen=True)
class IndicatorRow:
    """`series` from the oldest to the newest; `parent` is the indicator that this one is told under."""

    slug: str
    name: str
    kind: str
    unit: str = ""
    level: int = 0
    parent: str = ""
    project: str = ""
    parts_add_up: bool = False
    series: tuple[MeasuredFigure, ...] = ()
    targets: tuple[TargetRow, ...] = ()


@dataclass(frozen=True)
class IndicatorsData:
    """Each stands right below the one that it is told under."""

    indicators: tuple[IndicatorRow, ...] = ()


@reading(data.indicators_of)
def assemble(snapshot: Snapshot, report: Report) -> IndicatorsData:
    return IndicatorsData(tuple(row for root in data.indicators_of(snapshot) for row in _rows(root, 0)))


def _rows(entry: tree.Entry, level: int) -> Iterator[IndicatorRow]:
    row = entry.indicator
    yield IndicatorRow(
        slug=row.slug,
        name=row.name,
        kind=row.kind,
        unit=row.unit,
        level=level,
        parent=entry.parent.indicator.slug if entry.parent else "",
        project=row.project.slug if row.project else "",
        parts_add_up=row.children_are_parts,
        series=tuple(map(_measured, entry.series)),
        targets=tuple(
            TargetRow(
                PartialDate.parse(row.due) if row.due else None,
                Decimal(tree.exact(row.value)),
                row.printed,
                row.place,
            )
            for row in entry.targets
        ),
    )
    for child in entry.children:
        yield from _rows(child, level + 1)


def _measured(statement: tree.Statement) -> MeasuredFigure:
    values = [value for _, value in statement.other_values]
    others = tuple(
        OtherFigure(place, printed, Decimal(value))
        for (place, printed), value in zip(statement.others, values, strict=True)
    )
    return MeasuredFigure(
        statement.on, statement.when, Decimal(statement.value), statement.printed, statement.places, others
    )


def of_unit(data: IndicatorsData, extract: UnitExtract) -> IndicatorsData:
    """Those of the unit's projects."""
    projects = extract.report.get(ProjectsData) or ProjectsData()
    own = {project.slug for project in projects.projects if project.concerns(extract.own)}
    return IndicatorsData(tuple(row for row in data.indicators if row.project in own))
