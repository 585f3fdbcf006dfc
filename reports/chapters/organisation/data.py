"""The organisation: units in the order of the tree, how many there are, foundations, and which unit came after which."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from core.models import ControlTotal, Source
from core.remembered.ahead import reading, rows_of_snapshot
from core.remembered.printed_totals import totals_printed
from core.snapshot import Snapshot
from departments import organisation
from departments.models import FoundationProfile, Succession

from ...chapter import UnitExtract
from ...report import Name, Report, UnitSuccession


@dataclass(frozen=True)
class UnitRow:
    """A unit in the order of the tree; `parent` is empty and `level` 0 at the top, `kind` as Department.Kind has it."""

    slug: str
    name: str
    kind: str
    kind_word: str
    level: int = 0
    parent: str = ""
    note: str = ""


@dataclass(frozen=True)
class UnitCount:
    """How many units of a kind the source states, as a number and as printed."""

    kind: str
    word: str
    number: int
    printed: str


@dataclass(frozen=True)
class FoundationRow:
    """What is printed of a supervised foundation, which no total counts."""

    slug: str
    name: str
    founded_year: int | None = None
    structure: str = ""
    authorized: int | None = None
    seconded: int | None = None
    printed: str = ""


@dataclass(frozen=True)
class OrganisationData:
    """`successions` lead to the units and on from them."""

    units: tuple[UnitRow, ...] = ()
    unit_counts: tuple[UnitCount, ...] = ()
    foundations: tuple[FoundationRow, ...] = ()
    successions: tuple[UnitSuccession, ...] = ()


@rows_of_snapshot
def _all_successions(snapshot: Snapshot) -> Any:
    rows = Succession.objects.select_related("predecessor", "successor")
    return rows.order_by("on", "predecessor__slug", "successor__slug")


@reading(organisation.units, totals_printed, organisation.profiles_in_force, _all_successions)
def assemble(snapshot: Snapshot, report: Report) -> OrganisationData:
    source = snapshot.source(Source.Scope.ORGANISATION)
    units = tuple(row for top in organisation.units(snapshot) for row in _units(top, 0, ""))
    return OrganisationData(
        units=units,
        unit_counts=_unit_counts(totals_printed(snapshot, [source])),
        foundations=_foundations(organisation.profiles_in_force(snapshot)),
        successions=_successions(_all_successions(snapshot), {unit.slug for unit in units}),
    )


def _units(unit: organisation.Unit, level: int, parent: str) -> Iterator[UnitRow]:
    department = unit.department
    names = department.slug, department.name, department.kind, department.get_kind_display()
    yield UnitRow(*names, level, parent, unit.note)
    for child in unit.children:
        yield from _units(child, level + 1, department.slug)


def _unit_counts(totals: Iterable[ControlTotal]) -> tuple[UnitCount, ...]:
    by_measure = {total.measure: total for total in totals if not total.subject and total.value is not None}
    return tuple(
        UnitCount(
            str(kind), str(kind.label), int(by_measure[measure].value or 0), by_measure[measure].printed
        )
        for measure, kind in organisation.COUNTED.items()
        if measure in by_measure
    )


def _foundations(profiles: Iterable[FoundationProfile]) -> tuple[FoundationRow, ...]:
    return tuple(
        FoundationRow(
            slug=profile.department.slug,
            name=profile.department.name,
            founded_year=profile.founded_year,
            structure=profile.structure,
            authorized=profile.authorized,
            seconded=profile.seconded,
            printed=profile.printed,
        )
        for profile in profiles
    )


def _successions(rows: list[Succession], slugs: Iterable[str]) -> tuple[UnitSuccession, ...]:
    """Those that lead to the units and on from them, over any number of reorganisations."""
    found: set[Succession] = set()
    known, grown = set(slugs), True
    while grown:
        near = {row for row in rows if {row.predecessor.slug, row.successor.slug} & known}
        grown = near != found
        found = near
        known |= {slug for row in near for slug in (row.predecessor.slug, row.successor.slug)}
    return tuple(_succession(row) for row in rows if row in found)


def _succession(row: Succession) -> UnitSuccession:
    return UnitSuccession(
        predecessor=Name(row.predecessor.slug, row.predecessor.name),
        successor=Name(row.successor.slug, row.successor.name),
        kind=str(row.kind),
        kind_word=row.get_kind_display(),
        on=row.on,
        note=row.note,
    )


def of_unit(data: OrganisationData, extract: UnitExtract) -> OrganisationData:
    """The unit as the top of its own tree."""
    top = next(unit for unit in data.units if unit.slug == extract.slug)
    return OrganisationData(
        units=tuple(
            replace(unit, level=unit.level - top.level, parent="" if unit is top else unit.parent)
            for unit in data.units
            if unit.slug in extract.own
        ),
        foundations=tuple(row for row in data.foundations if row.slug in extract.own),
        successions=data.successions,
    )


def units_below(data: OrganisationData, slug: str) -> frozenset[str]:
    """The unit and those below it. A foundation that it supervises is none of its own; units stand in the order of the tree."""
    own = {slug}
    for unit in data.units:
        if unit.parent in own and unit.kind != "foundation":
            own.add(unit.slug)
    return frozenset(own)
