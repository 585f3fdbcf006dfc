"""Slips in texts: their numbers, their lists, the names that they use, and the names themselves."""

import re
from collections.abc import Iterator
from random import Random
from typing import Any

from budgets.models import RevenueItem
from core.mentions.states import State, states
from core.models import Source
from departments.models import Department, Duty, FoundationProfile, JobSeries, Placement
from glossary.models import Definition, Term
from projects.models import Brief, Contact, Indicator, Milestone, Project, Strategy, Vision, VisionValue
from seoul_digital.lib.hangul import fold

from . import hand
from .slip import Report, Slip, is_of_2020

HEADINGS = (Source, Placement, FoundationProfile)
LISTS = re.compile(
    r"([0-9]{1,3})\s?(?:개\s?)?(?:자치구|구|곳|개소|기관|분야|종|시스템|명|회|건)?\s?[(:]\s?([^()\n|]*[,·․][^()\n|]*)"
)
FORMER = {"디지털정책관": "스마트도시정책관", "디지털정책담당관": "스마트도시담당관"}
WORDY: list[tuple[Any, tuple[str, ...]]] = [
    (Source, ("heading", "notes")),
    (Placement, ("note",)),
    (Duty, ("text",)),
    (Brief, ("purpose", "overview", "achievements")),
    (Milestone, ("title", "note")),
    (Definition, ("text",)),
    (Vision, ("statement",)),
]


def rows_of(model: Any, name: str) -> Any:
    return model._base_manager.exclude(**{name: ""}).order_by("pk")


def prose_slips(random: Random) -> Iterator[Slip]:
    """Every number of every text; a date's digits too. What is said only here nothing else says."""
    for asked in ("", "2020-01-31"):
        for text in states(Report.snapshot(asked)):
            kind = "heading or note number" if isinstance(text.row, HEADINGS) else "prose number"
            for state in text.tokens:
                token = state.token
                printed = text.text[token.start : token.end]
                if not any(sign.isdigit() for sign in printed):
                    continue
                places = ["digits exchanged", "place lost", "place gained", "off by one"]
                typed = (
                    hand.another_digit(printed, random)
                    if token.is_date
                    else hand.with_digits(printed, random.choice(places), random)
                )
                if typed != printed:
                    whole = text.text[: token.start] + typed + text.text[token.end :]
                    row = type(text.row)._base_manager.get(pk=text.row.pk)
                    yield Slip(kind, row, {text.field: whole}, state.state in (State.BOUND, State.DERIVED))


def list_slips(random: Random) -> Iterator[Slip]:
    """The count before a list, and an item of one."""
    for model, names in WORDY:
        for name in names:
            for row in rows_of(model, name):
                text = getattr(row, name)
                for match in LISTS.finditer(text):
                    names_ = [item.strip() for item in re.split("[,·․]", match[2])]
                    if len(names_) != int(match[1]):
                        continue
                    other = str(int(match[1]) + random.choice((-1, 1)))
                    yield Slip(
                        "count before a list",
                        row,
                        {name: text[: match.start(1)] + other + text[match.end(1) :]},
                    )
                    for item in (names_[0], names_[-1]):
                        less = match[2].replace(item, "", 1).strip(", ·․")
                        yield Slip(
                            "list item", row, {name: text[: match.start(2)] + less + text[match.end(2) :]}
                        )
                        more = f"{match[2]}, {item}"
                        yield Slip(
                            "list item", row, {name: text[: match.start(2)] + more + text[match.end(2) :]}
                        )
    for row in Milestone.objects.filter(note__startswith="※", title__regex="^[0-9]").order_by("pk"):
        items = row.note.removeprefix("※").split(",")
        if len(items) > 3:
            for _ in range(3):
                left = items.copy()
                left.pop(random.randrange(len(left)))
                yield Slip("list item", row, {"note": "※" + ",".join(left)})
            yield Slip("list item", row, {"note": f"{row.note}, {items[0].strip()}"})
            yield Slip(
                "count before a list", row, {"title": hand.with_digits(row.title, "off by one", random)}
            )


def former_slips(random: Random) -> Iterator[Slip]:
    for model, names in WORDY:
        for name in names:
            rows = [row for row in rows_of(model, name) if not is_of_2020(row)]
            for row in random.sample(rows, min(6, len(rows))):
                text = getattr(row, name)
                former = random.choice(list(FORMER.values()))
                yield Slip("former name", row, {name: f"{text} ({former})"})
    for contact in Contact.objects.filter(role__in=FORMER).order_by("pk"):
        yield Slip("former name", contact, {"role": FORMER[contact.role]})


def name_slips(random: Random) -> Iterator[Slip]:
    """A letter wrong in a name. Contradicted: the name stands elsewhere."""
    texts = fold(
        "\n".join(
            str(getattr(row, name))
            for model, names in WORDY
            for name in names
            for row in rows_of(model, name)
        )
    )
    roles = fold("\n".join(Contact.objects.values_list("role", flat=True)))
    for model, name in (
        *(
            (Department, "name"),
            (JobSeries, "name"),
            (RevenueItem, "name"),
            (Strategy, "name"),
            (Project, "name"),
        ),
        *(
            (Brief, "title"),
            (VisionValue, "name"),
            (Indicator, "name"),
            (Term, "name"),
            (Definition, "heading"),
        ),
        *((Term, "english"), (Term, "abbreviation")),
    ):
        for row in rows_of(model, name):
            word = getattr(row, name)
            elsewhere = model in (Project, Brief, Term, Definition) or (
                fold(word) in texts + roles
                and model not in (Indicator, JobSeries, Strategy, VisionValue, RevenueItem)
            )
            kind = "glossary term" if model in (Term, Definition) else "name"
            yield Slip(kind, row, {name: hand.another_letter(word, random)}, elsewhere)
    for row in Definition.objects.order_by("pk"):
        other = random.choice(list(Term.objects.exclude(pk=row.term_id).order_by("pk")))
        yield Slip("glossary term", row, {"term": other})
        yield Slip("glossary term", row, {"page": None})
