"""The organisation tree as a page shows it: units, what the source prints of their number, duties by unit."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.models import ControlTotal, Source
from core.remembered.ahead import reading, rows_of_snapshot
from core.snapshot import remembered_on_snapshot
from core.templatetags.language import name_text
from seoul_digital.lib.tables import Column, Row, Table

from .former import placements_with_former
from .models import Department, Duty, FoundationProfile, Placement
from .staffing import StaffCount, StaffingSummary

# What a source may print of its structure, and the units that it counts.
COUNTED = {
    ControlTotal.Measure.BUREAUS: Department.Kind.BUREAU,
    ControlTotal.Measure.DIVISIONS: Department.Kind.DIVISION,
    ControlTotal.Measure.TEAMS: Department.Kind.TEAM,
    ControlTotal.Measure.OFFICES: Department.Kind.OFFICE,
    ControlTotal.Measure.SECTIONS: Department.Kind.SECTION,
}


@dataclass(frozen=True)
class Unit:
    """A unit at its place, with the units below it, its staff where known, and what is printed of a foundation."""

    department: Department
    note: str = ""
    children: tuple["Unit", ...] = ()
    staff: StaffCount | None = None
    printed: str = ""

    @property
    def slug(self) -> str:
        return self.department.slug

    @property
    def name(self) -> str:
        """In English by its English name, where it has one."""
        return name_text(self.department)

    @property
    def is_supervised(self) -> bool:
        """A foundation stands beside the bureau: no total counts it."""
        return self.department.kind == Department.Kind.FOUNDATION

    @property
    def own(self) -> list["Unit"]:
        return [unit for unit in self.children if not unit.is_supervised]

    @property
    def supervised(self) -> list["Unit"]:
        return [unit for unit in self.children if unit.is_supervised]

    def walk(self) -> Iterator["Unit"]:
        yield self
        for child in self.children:
            yield from child.walk()


@reading(placements_with_former)
def placements_in_force(snapshot) -> list[Placement]:
    """In the order of the source, with the units and what is printed of foundations."""
    return placements_with_former(snapshot)[0]


@reading(placements_in_force)
def units(snapshot, staff: StaffingSummary | None = None) -> list[Unit]:
    """The tree in force for the snapshot."""
    return tree(placements_in_force(snapshot), staff)


@remembered_on_snapshot
@rows_of_snapshot
def profiles_in_force(snapshot):
    """What is printed of supervised foundations, by the names of these."""
    profiles = FoundationProfile.objects.of(snapshot.source(Source.Scope.ORGANISATION))
    return profiles.select_related("department").order_by("department__name", "pk")


@rows_of_snapshot
def duties_in_force(snapshot):
    """In the order of each unit's own, with the unit."""
    duties = Duty.objects.of(snapshot.source(Source.Scope.DUTIES))
    return duties.select_related("department").order_by("order", "department__slug")


def tree(placements: Iterable[Placement], staff: StaffingSummary | None = None) -> list[Unit]:
    """The units at the top, in the order of the source; one whose parent has no place stands there too."""
    placements = list(placements)
    placed = {placement.department_id for placement in placements}
    below = defaultdict(list)
    for placement in placements:
        below[placement.parent_id if placement.parent_id in placed else None].append(placement)
    return [_unit(placement, below, staff) for placement in below[None]]


def _unit(placement, below, staff) -> Unit:
    department = placement.department
    children = tuple(_unit(child, below, staff) for child in below[department.pk])
    count = staff.of(department) if staff else None
    return Unit(department, placement.note, children, count, getattr(placement, "printed", None) or "")


def path_to(units: Iterable[Unit], slug: str) -> tuple[Unit, ...]:
    """The units from the top down to the one with the slug, itself last; empty where it has no place."""
    for unit in units:
        if unit.slug == slug:
            return (unit,)
        if path := path_to(unit.children, slug):
            return (unit, *path)
    return ()


@dataclass(frozen=True)
class PrintedCount:
    """How many units of a kind the source prints, and how many of them it names."""

    word: str
    number: int
    named: int
    printed: str

    @property
    def is_exceeded(self) -> bool:
        return self.named > self.number

    def sentence(self) -> str:
        """What of the number is named; nothing where all are."""
        if self.named == self.number:
            return ""
        if self.is_exceeded:
            sentence = _("%(kind)s %(number)s개로 적혀 있으나 조직도에는 %(named)s개가 있습니다.")
        elif self.named:
            sentence = _("%(kind)s %(number)s개 가운데 보고서에 이름이 나오는 %(named)s개를 실었습니다.")
        else:
            sentence = _("%(kind)s %(number)s개는 이름이 나오지 않습니다.")
        return sentence % {"kind": _(self.word), "number": self.number, "named": self.named}


def printed_structure(totals: Iterable[ControlTotal], units: Iterable[Unit]) -> list[PrintedCount]:
    """In the order bureaus, divisions, teams, offices, as a report's structure line has them."""
    held = Counter(unit.department.kind for top in units for unit in top.walk())
    by_measure = {total.measure: total for total in totals if not total.subject and total.value is not None}
    return [
        PrintedCount(kind.label, int(by_measure[measure].value or 0), held[kind], by_measure[measure].printed)
        for measure, kind in COUNTED.items()
        if measure in by_measure
    ]


def structure_words(counts: Iterable[PrintedCount]) -> str:
    """`6담당관 2사업소`, as printed: what stands right below the bureau."""
    shown = {Department.Kind.DIVISION.label, Department.Kind.OFFICE.label}
    return " ".join(count.printed for count in counts if count.word in shown)


def structure_sentences(counts: Iterable[PrintedCount]) -> str:
    """What of the printed numbers the tree names, and what not."""
    return " ".join(filter(None, (count.sentence() for count in counts)))


def duties_by_unit(duties: Iterable[Duty], units: Iterable[Unit]) -> list[tuple[Department, list[Duty]]]:
    """Duties under their unit, in the order of the tree; units without a place come last."""
    groups: dict[int, list[Duty]] = defaultdict(list)
    for duty in duties:
        groups[duty.department_id].append(duty)
    order = [unit.department.pk for top in units for unit in top.walk()]
    ranked = sorted(groups, key=lambda pk: order.index(pk) if pk in order else len(order))
    return [(groups[pk][0].department, groups[pk]) for pk in ranked]


def duty_table(groups: Iterable[tuple[Department, list[Duty]]], as_of) -> Table:
    """A row a duty, for the download; the page lists them under their unit."""
    rows = [Row([department.name, duty.order, duty.text]) for department, duties in groups for duty in duties]
    return Table(
        "duties",
        _("부서별 주요업무"),
        (Column("부서"), Column("차례", "count"), Column("주요업무")),
        rows,
        as_of=as_of,
    )


def unit_table(units: Iterable[Unit], as_of) -> Table:
    """The tree, a row a unit, for the download."""
    rows = [
        Row([unit.name, unit.department.get_kind_display()], level)
        for top in units
        for unit, level in _levels(top)
    ]
    return Table("units", "조직", (Column("부서"), Column("종류")), rows, as_of=as_of)


def _levels(unit: Unit, level: int = 0) -> Iterator[tuple[Unit, int]]:
    yield unit, level
    for child in unit.children:
        yield from _levels(child, level + 1)
