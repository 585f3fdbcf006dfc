"""Slips with whole rows: one too many, one too few, two in each other's places."""

from collections.abc import Iterator
from random import Random
from typing import Any

from budgets.models import BudgetFigure, BudgetLine, RevenueFigure, RevenueItem
from core.mentions.states import State, states
from core.models import ControlTotal, Source
from departments.models import (
    Department,
    Duty,
    FoundationProfile,
    JobSeries,
    Placement,
    Staffing,
    StaffingCount,
    Succession,
)
from glossary.models import Definition, Term
from projects.models import (
    Brief,
    Contact,
    Funding,
    Indicator,
    Measurement,
    Milestone,
    Project,
    Strategy,
    Target,
    Vision,
    VisionStrategy,
    VisionValue,
)

from . import hand
from .slip import Report, Slip

FACTS: list[Any] = [
    *(
        ControlTotal,
        Source,
        Placement,
        FoundationProfile,
        Duty,
        Staffing,
        StaffingCount,
        RevenueFigure,
        BudgetFigure,
    ),
    *(
        Vision,
        VisionValue,
        VisionStrategy,
        Brief,
        Contact,
        Funding,
        Measurement,
        Target,
        Milestone,
        Definition,
    ),
]
LASTING: list[Any] = [
    Department,
    JobSeries,
    RevenueItem,
    BudgetLine,
    Strategy,
    Project,
    Indicator,
    Term,
    Succession,
]
# What stands in a numbered list of its own; the numbers are read (1., ①) or give the order of the page.
NUMBERED: list[tuple[Any, str]] = [
    (Duty, "order"),
    (Contact, "order"),
    (Funding, "order"),
    (VisionValue, "order"),
    (VisionStrategy, "order"),
    (Definition, "order"),
    (Brief, "number"),
    (Milestone, "order"),
]
LAST = 900


def copies(random: Random) -> Iterator[Slip]:
    """A row typed a second time, with a letter or a key otherwise."""
    for model in (*FACTS, *LASTING):
        for row in model._base_manager.order_by("pk"):
            yield Slip("near-duplicate row", row, near(row, random), act="copy")


def near(row: Any, random: Random) -> dict[str, Any]:
    """What a second row must have of its own, and the letter that was typed wrong."""
    own: dict[str, Any] = {}
    model = type(row)
    if any(field.name == "order" for field in model._meta.fields):
        own["order"] = LAST
    if model is Brief:
        own |= {"number": 12}
    if model in (Measurement, Target):
        own |= {"place": f"{row.place} 2"} if model is Measurement else {"due": "2025"}
    for name in ("title", "text", "name", "names"):
        if isinstance(getattr(row, name, None), str):
            own[name] = hand.another_letter(getattr(row, name), random)
            break
    return own


def bound_facts() -> set[str]:
    """The identities that texts state."""
    return {
        token.identity
        for text in states(Report.snapshot(""))
        for token in text.tokens
        if token.state is State.BOUND
    }


def drops(random: Random) -> Iterator[Slip]:
    """Contradicted: totals count it, its number is missing, or a text states it. Who was last in a list leaves no hole."""
    stated = {identity.partition(":")[2].partition("@")[0] for identity in bound_facts()}
    for model in FACTS:
        for row in model._base_manager.order_by("pk"):
            yield Slip("row dropped", row, {}, is_missed(row, stated), act="drop")
    for model in LASTING:
        for row in model._base_manager.order_by("pk"):
            yield Slip("row dropped", row, {}, True, act="drop")


def is_missed(row: Any, stated: set[str]) -> bool:
    match row:
        case Placement():
            return row.department.kind != "team" or row.department.contacts.exists()
        case Measurement() | Target():
            return row.indicator.slug in stated
        case Milestone():
            return row.is_achievement and f"{row.brief.project.slug}/{row.key}" in stated
        case StaffingCount():
            return row.count > 0
        case ControlTotal() | Source() | FoundationProfile() | Vision():
            return False
        case Duty() | Contact() | Funding() | VisionValue() | VisionStrategy() | Definition():
            return not is_last(row)
        case _:
            return True


def is_last(row: Any) -> bool:
    return not below(row).filter(order__gt=row.order).exists()


def below(row: Any) -> Any:
    """The rows of the same list."""
    model = type(row)
    names = {
        "Duty": ("source", "department"),
        "Definition": ("source",),
        "Milestone": ("brief", "listing"),
        "Brief": ("source",),
    }
    of = names.get(model.__name__) or (("brief",) if hasattr(row, "brief_id") else ("vision",))
    return model._base_manager.filter(**{name: getattr(row, name) for name in of})


def orders(random: Random) -> Iterator[Slip]:
    """A number typed otherwise leaves a hole, or is taken. The last number alone leaves none when it grows less."""
    for model, name in NUMBERED:
        for row in model._base_manager.order_by("pk"):
            number = getattr(row, name)
            yield Slip("order or numbering", row, {name: number + random.choice((7, 20))})
