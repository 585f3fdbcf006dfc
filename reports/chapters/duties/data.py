"""What each unit is charged with."""

from dataclasses import dataclass

from core.remembered.ahead import reading
from core.snapshot import Snapshot
from departments import organisation
from departments.models import Duty

from ...chapter import UnitExtract
from ...report import Report


@dataclass(frozen=True)
class DutiesRow:
    """What a unit is charged with."""

    slug: str
    name: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class DutiesData:
    units: tuple[DutiesRow, ...] = ()


@reading(organisation.duties_in_force, organisation.units)
def assemble(snapshot: Snapshot, report: Report) -> DutiesData:
    """In the order of the tree; units without a place come last."""
    groups: dict[str, list[Duty]] = {}
    for duty in organisation.duties_in_force(snapshot):
        groups.setdefault(duty.department.slug, []).append(duty)
    units = (unit for top in organisation.units(snapshot) for unit in top.walk())
    places = {unit.slug: place for place, unit in enumerate(units)}
    return DutiesData(
        tuple(
            DutiesRow(slug, groups[slug][0].department.name, tuple(duty.text for duty in groups[slug]))
            for slug in sorted(groups, key=lambda slug: places.get(slug, len(places)))
        )
    )


def of_unit(data: DutiesData, extract: UnitExtract) -> DutiesData:
    return DutiesData(tuple(unit for unit in data.units if unit.slug in extract.own))
