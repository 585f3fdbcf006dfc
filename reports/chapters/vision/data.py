"""The vision: its statement, values and strategies."""

from dataclasses import dataclass

from core.remembered.ahead import reading
from core.snapshot import Snapshot
from projects.data import vision_of

from ...chapter import UnitExtract
from ...report import Report
from ..projects.data import ProjectRow, ProjectsData


@dataclass(frozen=True)
class StrategyRow:
    """`number` as the vision gives it, None for one that it does not name."""

    slug: str
    name: str
    number: int | None = None


@dataclass(frozen=True)
class VisionData:
    """The statement in lines, the values, and the strategies in the vision's order."""

    statement: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    strategies: tuple[StrategyRow, ...] = ()


@reading(vision_of)
def assemble(snapshot: Snapshot, report: Report) -> VisionData:
    vision = vision_of(snapshot)
    if vision is None:
        return VisionData()
    return VisionData(
        tuple(vision.statement.splitlines()),
        tuple(value.name for value in vision.values.all()),
        tuple(
            StrategyRow(place.strategy.slug, place.strategy.name, place.order)
            for place in vision.strategies.all()
        ),
    )


def strategies_of(report: Report) -> tuple[StrategyRow, ...]:
    """Those of the vision in its order, then those that only projects name."""
    vision = report.get(VisionData) or VisionData()
    found = {strategy.slug: strategy for strategy in vision.strategies}
    for project in projects_of(report):
        if project.strategy:
            found.setdefault(project.strategy.slug, StrategyRow(project.strategy.slug, project.strategy.name))
    return tuple(found.values())


def projects_of(report: Report) -> tuple[ProjectRow, ...]:
    return (report.get(ProjectsData) or ProjectsData()).projects


def of_unit(data: VisionData, extract: UnitExtract) -> VisionData:
    """The bureau's vision is none of a unit's; its strategies are, where one of its projects belongs to them."""
    named = {
        project.strategy.slug
        for project in projects_of(extract.report)
        if project.strategy and project.concerns(extract.own)
    }
    return VisionData(strategies=tuple(row for row in data.strategies if row.slug in named))
