"""A registry of rules that a report is held against before it is published (발행 점검표), after the manner of `core.integrity`.

Each app's `checklist.py` registers what it knows: a function that takes the draft and yields an item for everything that a person has to
mend or to see. What stops keeps the report back; the rest is seen and signed together.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db.models import Model
from django.urls import reverse

from ..snapshot import Snapshot


class Draft(Protocol):
    """A report that is being written. `snapshot_before` is of the report before, None of the first."""

    @property
    def snapshot(self) -> Snapshot: ...

    @property
    def snapshot_before(self) -> Snapshot | None: ...


@dataclass(frozen=True)
class ChecklistItem:
    """`words` name what is meant and why; `url` leads to where it is mended."""

    words: str
    url: str = field(default="", compare=False)


Find = Callable[[Any], Iterable[ChecklistItem]]  # of a Draft; rules of the reports ask more of it


@dataclass(frozen=True)
class Rule:
    """`title` heads the items that it finds. `refusal`: of a rule that stops, the sentence that says so, with {count} and {items}."""

    key: str
    title: str
    find: Find
    refusal: str = ""


_rules: dict[str, Rule] = {}


def register_rule(key: str, title: str, *, refusal: str = "") -> Callable[[Find], Find]:
    """`@register_rule("projects.achievements-empty", "추진실적이 비어 있는 사업")`; keys begin with the app's label."""

    def remember(find: Find) -> Find:
        _rules[key] = Rule(key, title, find, refusal)
        return find

    return remember


def rules() -> list[Rule]:
    """Those that stop first."""
    return sorted(_rules.values(), key=lambda rule: not rule.refusal)


def change_url(row: Model) -> str:
    """The form of a draft's row in the administration."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
