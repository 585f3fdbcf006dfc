"""Slips in who does what, and where a unit stands."""

from collections import Counter
from collections.abc import Iterator
from random import Random

from budgets.models import BudgetLine, RevenueItem
from core.models import ControlTotal
from departments.models import Department, Duty, FoundationProfile, Placement, Staffing, Succession
from projects.models import Brief, Contact, Indicator, Measurement, Milestone, Target, VisionStrategy

from . import hand
from .slip import Slip


def phone_slips(random: Random) -> Iterator[Slip]:
    people = list(Contact.objects.order_by("pk"))
    places = Counter((row.names, row.role) for row in people)
    for row in people:
        for _ in range(2):
            phone = hand.another_digit(row.phone, random)
            is_taken = any(other.phone[-4:] == phone[-4:] for other in people if other.names != row.names)
            is_elsewhere = places[row.names, row.role] > 1
            yield Slip("phone digit", row, {"phone": phone}, is_elsewhere or is_taken)
        yield Slip("phone digit", row, {"phone": hand.lost(row.phone, random)})


def contact_slips(random: Random) -> Iterator[Slip]:
    people = list(Contact.objects.select_related("brief", "department").order_by("pk"))
    places = Counter((row.names, row.role) for row in people)
    units = list(Department.objects.exclude(kind="foundation").order_by("pk"))
    for row in people:
        is_elsewhere = places[row.names, row.role] > 1
        is_head = row.department_id is not None
        other = random.choice([person for person in people if person.names != row.names])
        # A person has one phone, and one is named with a role of a unit.
        yield Slip("wrong person", row, {"names": other.names}, True)
        yield Slip("wrong person", row, {"names": hand.another_letter(row.names, random)}, is_elsewhere)
        yield Slip(
            "role",
            row,
            {"role": other.role if other.role != row.role else "팀장"},
            is_head or other.department_id is not None,
        )
        yield Slip(
            "role", row, {"role": hand.another_letter(row.role, random)}, is_head or row.role == "담당"
        )
        unit = random.choice([unit for unit in units if unit.pk != row.department_id])
        yield Slip("wrong department", row, {"department": unit}, is_head)


def unit_slips(random: Random) -> Iterator[Slip]:
    units = list(Department.objects.filter(kind__in=("division", "office")).order_by("pk"))
    for model in (Brief, Duty, Staffing, BudgetLine, Placement, FoundationProfile):
        name = "lead_department" if model is Brief else "department"
        for row in model._base_manager.order_by("pk"):
            unit = random.choice([unit for unit in units if unit.pk != getattr(row, f"{name}_id")])
            yield Slip("wrong department", row, {name: unit}, model is not Duty)
    for total in ControlTotal.objects.exclude(subject="").order_by("pk"):
        same = ControlTotal.objects.filter(source=total.source).exclude(subject__in=("", total.subject))
        if others := sorted(set(same.values_list("subject", flat=True))):
            yield Slip("wrong department", total, {"subject": random.choice(others)})
    for row in Succession.objects.order_by("pk"):
        unit = random.choice(
            [unit for unit in units if unit.pk not in (row.predecessor_id, row.successor_id)]
        )
        yield Slip("wrong department", row, {"successor": unit})


def parent_slips(random: Random) -> Iterator[Slip]:
    kinds = {unit.pk: unit.kind for unit in Department.objects.all()}
    for row in Placement.objects.select_related("department", "parent").order_by("pk"):
        others = Placement.objects.filter(source=row.source).exclude(
            department__in=(row.department_id, row.parent_id or 0)
        )
        other = random.choice(list(others.order_by("pk"))).department
        may_stand = row.parent and kinds[other.pk] == kinds[row.parent_id]  # a team of another division
        yield Slip("parent exchanged", row, {"parent": other}, not may_stand)
        if row.parent:
            yield Slip("parent exchanged", row, {"parent": None})


def tree_slips(random: Random) -> Iterator[Slip]:
    """Of items and indicators, and which project or brief a row belongs to."""
    for model in (RevenueItem, Indicator):
        for row in model._base_manager.order_by("pk"):
            others = list(model._base_manager.exclude(pk__in=(row.pk, row.parent_id or 0)).order_by("pk"))
            stated = model is RevenueItem or bool(row.parent and row.parent.children_are_parts)
            yield Slip("parent exchanged", row, {"parent": random.choice(others)}, stated)
    for row in Indicator.objects.exclude(project=None).order_by("pk"):
        project = random.choice(
            list(Indicator.objects.exclude(project=row.project_id).exclude(project=None).order_by("pk"))
        ).project
        yield Slip("parent exchanged", row, {"project": project})
    for row in Indicator.objects.order_by("pk"):
        is_stated = row.children.exists()
        yield Slip("parent exchanged", row, {"children_are_parts": not row.children_are_parts}, is_stated)
    for model in (Measurement, Target):
        for row in model._base_manager.order_by("pk"):
            other = random.choice(list(Indicator.objects.exclude(pk=row.indicator_id).order_by("pk")))
            yield Slip("parent exchanged", row, {"indicator": other})
    for row in Milestone.objects.select_related("brief").order_by("pk"):
        other = random.choice(list(Brief.objects.exclude(pk=row.brief_id).order_by("pk")))
        yield Slip("parent exchanged", row, {"brief": other}, row.is_achievement)


def strategy_slips(random: Random) -> Iterator[Slip]:
    for row in Brief.objects.select_related("strategy").order_by("pk"):
        place = random.choice(list(VisionStrategy.objects.exclude(strategy=row.strategy_id).order_by("pk")))
        yield Slip("parent exchanged", row, {"strategy": place.strategy}, False)
        yield Slip("parent exchanged", row, {"strategy": None})
    for unit in Department.objects.order_by("pk"):
        kind = random.choice([kind for kind in Department.Kind.values if kind != unit.kind])
        yield Slip("parent exchanged", unit, {"kind": kind})
