"""Slips of somebody who looks at a wrong line: values of two rows in each other's places, a row that says another's subject,
a number typed wrong in its printed form, too, and fields and texts that lost what stood in them."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import Any

from budgets.models import BudgetFigure, RevenueFigure
from core.models import ControlTotal
from departments.models import Duty, FoundationProfile, Staffing, StaffingCount, Succession
from glossary.models import Definition
from projects.models import Brief, Contact, Funding, Indicator, Measurement, Milestone, Target, VisionStrategy
from seoul_digital.lib.number_parsing import number_in

from . import hand
from .slip import Slip
from .texts import WORDY, rows_of

# Fields that somebody copies from a neighbour's line, and what the neighbours share.
LINES: list[tuple[Any, tuple[str, ...], tuple[str, ...]]] = [
    (ControlTotal, ("value", "printed"), ("source", "measure", "fiscal_year")),
    (Staffing, ("authorized",), ("source",)),
    (StaffingCount, ("count",), ("staffing",)),
    (StaffingCount, ("count",), ("staffing__source", "series")),
    (RevenueFigure, ("current_budget",), ("source", "fiscal_year")),
    (BudgetFigure, ("current",), ("source",)),
    (BudgetFigure, ("committed",), ("source",)),
    (Funding, ("amount", "printed"), ("brief",)),
    (Brief, ("budget", "budget_printed"), ("source",)),
    (Measurement, ("value", "printed"), ("source", "indicator__project")),
    (Milestone, ("start", "end", "period_printed"), ("brief", "listing")),
    (Contact, ("phone",), ("brief",)),
    (Definition, ("page", "page_printed"), ("source",)),
]
WORDS: list[tuple[Any, tuple[str, ...], tuple[str, ...]]] = [
    (Milestone, ("title", "note"), ("brief", "listing")),
    (Contact, ("names",), ("brief",)),
    (Definition, ("text",), ("source",)),
    (Duty, ("text",), ("source", "department")),
]
PAGES = 1  # by which a term's page may be another: several projects stand on one


def figure_exchanges(random: Random) -> Iterator[Slip]:
    yield from _exchanges(LINES)


def word_exchanges(random: Random) -> Iterator[Slip]:
    yield from _exchanges(WORDS)


def _exchanges(lines: list[tuple[Any, tuple[str, ...], tuple[str, ...]]]) -> Iterator[Slip]:
    people = Counter(Contact.objects.values_list("names", flat=True))
    for model, names, shared in lines:
        groups: dict[Any, list[Any]] = defaultdict(list)
        for row in model._base_manager.order_by("pk"):
            key = tuple(model._base_manager.filter(pk=row.pk).values_list(*shared)[0])
            groups[key].append(row)
        for rows in groups.values():
            for first, second in pairwise(rows):
                values = {name: getattr(second, name) for name in names}
                back = {name: getattr(first, name) for name in names}
                if values != back and values[names[0]] not in (None, ""):
                    stated = any(_is_stated_elsewhere(row, people) for row in (first, second))
                    if model is Definition and "page" in names:
                        stated = abs(first.page - second.page) > PAGES
                    yield Slip("values exchanged", first, values, stated, also=((second, back),))


def _is_stated_elsewhere(row: Any, people: Counter[str]) -> bool:
    match row:
        case Contact():
            return people[row.names] > 1
        case Milestone():
            return row.is_achievement
        case Brief() | Funding() | Definition() | Duty():
            return False
        case Staffing():
            return row.source.as_of.year != 2020
        case _:
            return True


def lost_values(random: Random) -> Iterator[Slip]:
    """A field that was emptied. Contradicted: all others have it, or a text says it."""
    for model, names in (
        (ControlTotal, ("value", "printed")),
        (StaffingCount, ("count",)),
        (RevenueFigure, ("current_budget",)),
        (BudgetFigure, ("current", "committed")),
        (Brief, ("budget", "budget_printed", "overview", "achievements", "purpose")),
        (Funding, ("printed",)),
        (Measurement, ("printed", "measured_printed")),
        (Target, ("due", "printed")),
        (Milestone, ("start", "end", "period_printed", "title")),
        (Contact, ("names", "phone", "role", "department")),
        (Definition, ("text", "page", "page_printed", "heading")),
        (FoundationProfile, ("printed", "authorized")),
    ):
        for name in names:
            field = model._meta.get_field(name)
            for row in model._base_manager.order_by("pk"):
                if getattr(row, name) not in (None, ""):
                    yield Slip("value lost", row, {name: None if field.null else ""})


def printed_slips(random: Random) -> Iterator[Slip]:
    """The number and its printed form with the same slip; a text, a sum or a link says otherwise."""
    for model, name, printed in (
        (ControlTotal, "value", "printed"),
        (Brief, "budget", "budget_printed"),
        (Funding, "amount", "printed"),
        (Measurement, "value", "printed"),
        (Target, "value", "printed"),
        (Definition, "page", "page_printed"),
    ):
        for row in model._base_manager.exclude(**{name: None}).order_by("pk"):
            text, old = getattr(row, printed), getattr(row, name)
            before = number_in(text)
            if not before or not any(sign.isdigit() for sign in text):
                continue
            typed = hand.with_digits(text, random.choice(list(hand.DIGITS)), random)
            after = number_in(typed)
            if after is not None and after != before:
                value = type(old)(Decimal(after) / Decimal(before) * Decimal(old))
                stated = not (
                    (model is Brief and not row.fundings.exists())
                    or (model is Definition and abs(value - old) <= PAGES)
                )
                yield Slip("number and printed form", row, {name: value, printed: typed}, stated)


def wrong_lines(random: Random) -> Iterator[Slip]:
    """A row that says another's subject."""
    for model, name in (
        (RevenueFigure, "item"),
        (BudgetFigure, "line"),
        (StaffingCount, "series"),
        (StaffingCount, "staffing"),
        (Contact, "brief"),
        (Funding, "brief"),
        (VisionStrategy, "strategy"),
        (Succession, "predecessor"),
    ):
        field = model._meta.get_field(name)
        for row in model._base_manager.order_by("pk"):
            others = field.related_model._base_manager.exclude(pk=getattr(row, field.attname)).order_by("pk")
            yield Slip("wrong line", row, {name: random.choice(list(others))})
    for total in ControlTotal.objects.order_by("pk"):
        same = ControlTotal.objects.filter(source=total.source).exclude(measure=total.measure)
        for measure in sorted(set(same.values_list("measure", flat=True)))[:2]:
            yield Slip("wrong line", total, {"measure": measure})
    for indicator in Indicator.objects.order_by("pk"):
        kind = random.choice([kind for kind in Indicator.Kind.values if kind != indicator.kind])
        yield Slip("wrong kind", indicator, {"kind": kind}, False)
    for row in Succession.objects.order_by("pk"):
        for kind in row.Kind.values:
            if kind != row.kind:
                yield Slip("wrong kind", row, {"kind": kind}, kind != row.Kind.MOVED)
        yield Slip(
            "wrong kind", row, {"on": row.on.replace(year=row.on.year + 1)} if row.on else {"on": None}
        )


def cut_texts(random: Random) -> Iterator[Slip]:
    """What stood behind a place of a text is gone, or one of its lines, or one stands twice."""
    for model, names in WORDY:
        for name in names:
            for row in rows_of(model, name):
                text = getattr(row, name)
                lines = text.split("\n")
                place = random.randrange(len(text) // 2, max(len(text) - 1, len(text) // 2 + 1))
                cut = text[:place].rstrip()
                lost = text[place:]
                has_number = any(sign.isdigit() for sign in lost)
                if cut:
                    yield Slip("text cut", row, {name: cut}, has_number)
                if len(lines) > 1:
                    which = random.randrange(len(lines))
                    less = "\n".join(lines[:which] + lines[which + 1 :])
                    gone = any(sign.isdigit() for sign in lines[which])
                    yield Slip("line lost", row, {name: less}, gone)
                    twice = "\n".join([*lines[: which + 1], *lines[which:]])
                    yield Slip("line twice", row, {name: twice})
