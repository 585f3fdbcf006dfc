"""The organisation's part of a report: units, staff, duties, and which unit came after which."""

from collections.abc import Iterable, Iterator

from core.models import ControlTotal
from core.models import Source as SourceRow
from departments import organisation, staffing
from departments.models import Duty, FoundationProfile
from departments.models import Succession as SuccessionRow

from ...report import Duties, Foundation, Name, Staffing, Stated, Strength, Succession, Unit, UnitCount

SCOPE = SourceRow.Scope


def units_of(snapshot) -> tuple[Unit, ...]:
    return tuple(unit for top in organisation.units(snapshot) for unit in _units(top, 0, ""))


def _units(unit: organisation.Unit, level: int, parent: str) -> Iterator[Unit]:
    department = unit.department
    yield Unit(
        department.slug,
        department.name,
        department.kind,
        department.get_kind_display(),
        level,
        parent,
        unit.note,
    )
    for child in unit.children:
        yield from _units(child, level + 1, department.slug)


def unit_counts_of(snapshot) -> tuple[UnitCount, ...]:
    totals = ControlTotal.objects.of(snapshot.source(SCOPE.ORGANISATION)).filter(
        subject="", value__isnull=False
    )
    by_measure = {total.measure: total for total in totals}
    return tuple(
        UnitCount(str(kind), str(kind.label), int(by_measure[measure].value), by_measure[measure].printed)
        for measure, kind in organisation.COUNTED.items()
        if measure in by_measure
    )


def foundations_of(snapshot) -> tuple[Foundation, ...]:
    profiles = FoundationProfile.objects.of(snapshot.source(SCOPE.ORGANISATION)).select_related("department")
    return tuple(map(_foundation, profiles.order_by("department__name")))


def _foundation(row: FoundationProfile) -> Foundation:
    return Foundation(
        slug=row.department.slug,
        name=row.department.name,
        founded_year=row.founded_year,
        structure=row.structure,
        authorized=row.authorized,
        seconded=row.seconded,
        printed=row.printed,
    )


def successions_of(slugs: Iterable[str]) -> tuple[Succession, ...]:
    """Those that lead to the units and on from them, over any number of reorganisations."""
    rows = list(
        SuccessionRow.objects.select_related("predecessor", "successor").order_by(
            "on", "predecessor__slug", "successor__slug"
        )
    )
    found, known, grown = set(), set(slugs), True
    while grown:
        near = {row for row in rows if {row.predecessor.slug, row.successor.slug} & known}
        grown = near != found
        found, known = (
            near,
            known | {slug for row in near for slug in (row.predecessor.slug, row.successor.slug)},
        )
    return tuple(_succession(row) for row in rows if row in found)


def _succession(row: SuccessionRow) -> Succession:
    return Succession(
        predecessor=Name(row.predecessor.slug, row.predecessor.name),
        successor=Name(row.successor.slug, row.successor.name),
        kind=str(row.kind),
        kind_word=row.get_kind_display(),
        on=row.on,
        note=row.note,
    )


def staffing_of(snapshot) -> Staffing | None:
    strengths = staffing.summary(snapshot)
    return strengths and Staffing(_strength(strengths.total), tuple(map(_strength, strengths.units)))


def _strength(row: staffing.Strength) -> Strength:
    measures = ("authorized", "headcount", "variance", "general", "fixed_term", "management")
    printed = dict(row.printed)
    stated = {key: _stated(row.computed(key), printed.get(key)) for key in measures}
    return Strength(row.slug, row.name, **stated)


def _stated(computed: int, printed: int | None) -> Stated:
    return Stated(computed, printed, printed is not None and printed != computed)


def duties_of(snapshot, units: Iterable[Unit]) -> tuple[Duties, ...]:
    """In the order of the tree; units without a place come last."""
    rows = (
        Duty.objects.of(snapshot.source(SCOPE.DUTIES))
        .select_related("department")
        .order_by("order", "department__slug")
    )
    groups: dict[str, list[Duty]] = {}
    for row in rows:
        groups.setdefault(row.department.slug, []).append(row)
    places = {unit.slug: place for place, unit in enumerate(units)}
    ordered = sorted(groups, key=lambda slug: places.get(slug, len(places)))
    return tuple(
        Duties(slug, groups[slug][0].department.name, tuple(row.text for row in groups[slug]))
        for slug in ordered
    )
