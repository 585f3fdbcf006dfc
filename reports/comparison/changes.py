"""What a comparison is made of: how a thing changed, a figure before and after, a field before and after."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import cast

from django.utils.translation import gettext as _

from seoul_digital.lib.reported import ReportedFigure

from ..report import Report


@dataclass(frozen=True)
class ReportPair:
    """An earlier report and a later one. `edits_only`: what the calendar alone moved, as the state of a step, is no change."""

    before: Report
    after: Report
    edits_only: bool = False

    def facts(self, before: Sequence[str], after: Sequence[str]) -> tuple[str, str]:
        """The identity of what a figure states on either side with its report's day; empty where it is of none or several."""
        sides = ((before, self.before), (after, self.after))
        old, new = (f"{found[0]}#{report.as_of}" if len(found) == 1 else "" for found, report in sides)
        return old, new


class Kind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    SAME = "same"

    @property
    def word(self) -> str:
        words = {"added": _("새로 생김"), "removed": _("없어짐"), "changed": _("달라짐"), "same": _("그대로")}
        return words[self.value]


def kind_of(before: object, after: object, is_changed: bool) -> Kind:
    """Of a thing that one of the reports may lack (None or empty)."""
    if not before:
        return Kind.ADDED
    if not after:
        return Kind.REMOVED
    return Kind.CHANGED if is_changed else Kind.SAME


@dataclass(frozen=True)
class FigureChange:
    """A figure on either date; None where the report lacks what it is of. What is printed wins over what is computed.

    `facts` are the identities of what the two state.
    """

    before: ReportedFigure | None = None
    after: ReportedFigure | None = None
    facts: tuple[str, str] = field(default=("", ""), compare=False, kw_only=True)

    @property
    def sides(self) -> tuple[ReportedFigure | None, ReportedFigure | None]:
        """The figures that are held against each other: where only one report prints a total, what both add up to."""
        sides = (self.before, self.after)
        if not self.before or not self.after or (self.before.printed is None) is (self.after.printed is None):
            return sides
        if self.before.computed is None or self.after.computed is None:
            return sides
        return replace(self.before, printed=None), replace(self.after, printed=None)

    @property
    def old(self) -> int | None:
        before, _ = self.sides
        return cast(int | None, before.shown) if before else None

    @property
    def new(self) -> int | None:
        _, after = self.sides
        return cast(int | None, after.shown) if after else None

    @property
    def changed_fact(self) -> str:
        """The identity of what the difference speaks of, with both days: `…#2022-08-29#2020-01-31`."""
        old, new = self.facts
        return f"{new}#{old.partition('#')[2]}" if old and new else ""

    @property
    def difference(self) -> int | None:
        """None, never a made-up zero, where either figure is unknown."""
        return None if self.old is None or self.new is None else self.new - self.old

    @property
    def is_changed(self) -> bool:
        return self.old != self.new


@dataclass(frozen=True)
class FieldChange:
    """Something said in words, before and after; empty where a report does not say it."""

    label: str
    before: str = ""
    after: str = ""
    difference: str = ""


def fields_that_differ(fields: Iterable[FieldChange]) -> tuple[FieldChange, ...]:
    return tuple(field for field in fields if field.before != field.after)


@dataclass(frozen=True)
class Counts:
    added: int = 0
    removed: int = 0
    changed: int = 0
    same: int = 0

    @property
    def differing(self) -> int:
        return self.added + self.removed + self.changed


def count(kinds: Iterable[Kind]) -> Counts:
    return Counts(**{kind.value: number for kind, number in Counter(kinds).items()})


def pairs_by_key(before: Iterable, after: Iterable, key: str) -> list[tuple]:
    """What bears the same key side by side, None where a report lacks it: in the order of the later, then what is gone."""
    old, new = ({getattr(row, key): row for row in side} for side in (before, after))
    gone = [(row, None) for name, row in old.items() if name not in new]
    return [(old.get(name), row) for name, row in new.items()] + gone
