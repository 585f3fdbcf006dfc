"""A bureau's units, and what each edition says of them: tree, duties, staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from core.models import ControlTotal, Source
from departments.models import Department, Duty, JobSeries, Placement, Staffing, StaffingCount

from .names import OFFICES, PLACES, WORKS
from .plan import TEAMS, BureauPlan

DUTIES = 3  # of a division
COUNTS = ((14, 30), (0, 5), (0, 3))  # from and to, of each series


@dataclass(frozen=True)
class Units:
    """The rows of a bureau's units; `teams` are by division."""

    bureau: Department
    divisions: Sequence[Department]
    teams: Sequence[Sequence[Department]]


def make_units(plan: BureauPlan) -> Units:
    kinds = Department.Kind
    bureau = Department(slug=plan.slug, name=plan.name, kind=kinds.BUREAU)
    divisions, teams = [], []
    for place, name in enumerate(plan.divisions, 1):
        divisions.append(Department(slug=f"{plan.slug}-{place:02d}", name=name, kind=kinds.DIVISION))
        teams.append(
            [
                Department(
                    slug=f"{plan.slug}-{place:02d}-{number}", name=f"{name[:-1]}{office}팀", kind=kinds.TEAM
                )
                for number, office in enumerate(OFFICES[:TEAMS], 1)
            ]
        )
    Department.objects.bulk_create([bureau, *divisions, *(team for row in teams for team in row)])
    return Units(bureau, divisions, teams)


def write_tree(source: Source, units: Units) -> None:
    rows = [Placement(source=source, department=units.bureau, order=1)]
    for division, teams in zip(units.divisions, units.teams, strict=True):
        rows.append(Placement(source=source, department=division, parent=units.bureau, order=len(rows) + 1))
        for team in teams:
            rows.append(Placement(source=source, department=team, parent=division, order=len(rows) + 1))
    Placement.objects.bulk_create(rows)


def write_duties(source: Source, units: Units) -> None:
    Duty.objects.bulk_create(
        Duty(
            source=source,
            department=division,
            order=order,
            text=f"{division.name.removesuffix('과')} {PLACES[(place + order) % len(PLACES)]} {WORKS[order]}에 관한 사항",
        )
        for place, division in enumerate(units.divisions)
        for order in range(1, DUTIES + 1)
    )


def write_staff(source: Source, units: Units, random: Random) -> None:
    """With the totals as the source prints them, which hold."""
    series = list(JobSeries.objects.order_by("order", "pk")[: len(COUNTS)])
    staff, counts = [], []
    for order, division in enumerate(units.divisions, 1):
        present = [random.randint(*limits) for limits in COUNTS[: len(series)]]
        row = Staffing(
            source=source, department=division, order=order, authorized=sum(present) + random.randint(0, 3)
        )
        staff.append(row)
        counts += [
            StaffingCount(staffing=row, series=kind, count=number)
            for kind, number in zip(series, present, strict=True)
        ]
    Staffing.objects.bulk_create(staff)
    StaffingCount.objects.bulk_create(counts)
    totals = {
        ControlTotal.Measure.AUTHORIZED: sum(row.authorized for row in staff),
        ControlTotal.Measure.HEADCOUNT: sum(row.count for row in counts),
    }
    ControlTotal.objects.bulk_create(
        ControlTotal(source=source, measure=measure, value=value, printed=str(value))
        for measure, value in totals.items()
    )
