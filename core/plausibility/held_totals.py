"""Totals of a table that stood as in the last report and do no longer: asked about with the change that breaks them.

What the next report prints of its sums is not known while it is written; that a sum is still the last report's is what its rows are
held against. A sum that has moved on with a confirmation is not asked about again.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.db.models import CASCADE, Sum

from seoul_digital.lib.hangul import with_particle
from seoul_digital.lib.tables import day

from ..models import NaturalKeyModel, Source
from .last_report import last_source


@dataclass(frozen=True)
class HeldTotal:
    """The sum of a model's column over a source's rows that meet `of` (pairs of path and value)."""

    name: str
    model: type[NaturalKeyModel]
    column: str
    source: Source
    of: tuple[tuple[str, Any], ...]
    show: Callable[[int], str] = field(compare=False)

    def at(self, source: Source) -> int | None:
        rows = self.model._base_manager.filter(**{self.model.source_path(): source}, **dict(self.of))
        total: int | None = rows.aggregate(total=Sum(self.column))["total"]
        return total


Move = tuple[HeldTotal, int]  # and by how much a row's change moves it
Rule = Callable[[Any], Iterable[Move]]
_rules: dict[str, Rule] = {}


def register_held_totals(label: str) -> Callable[[Rule], Rule]:
    """A rule of a model: which totals a row as it would be saved moves, and by how much."""

    def register(rule: Rule) -> Rule:
        _rules[label] = rule
        return rule

    return register


class MovedTotals:
    """What the rows of a form, a page or a file move together."""

    def __init__(self) -> None:
        self.moves: dict[HeldTotal, int] = defaultdict(int)

    def add(self, row: Any) -> None:
        """A row that is to be saved."""
        for total, move in _rules.get(row._meta.label_lower, lambda row: ())(row):
            self.moves[total] += move

    def remove(self, row: Any) -> None:
        """A row that is to be deleted, with what goes with it: the opposite of one like it that is new."""
        added = MovedTotals()
        parts = (
            link.related_model._base_manager.filter(**{link.field.name: row.pk})
            for link in row._meta.related_objects
            if link.on_delete is CASCADE and link.related_model._meta.label_lower in _rules
        )
        for gone in chain([row], *parts):
            new = copy(gone)
            new.pk = None
            added.add(new)
        for total, move in added.moves.items():
            self.moves[total] -= move

    def broken(self, *, are_saved: bool = False) -> Iterator[str]:
        """A sentence for each total that was the last report's and is not with these rows, which may be saved already."""
        for total, move in self.moves.items():
            last = last_source(total.source) if move else None
            held, now = (total.at(last), total.at(total.source)) if last else (None, None)
            before = None if now is None else now - move * are_saved
            if last and held and held == before:
                old, new = total.show(held), total.show(before + move)
                yield (
                    f"{total.name} 합계가 지난 보고({day(last.as_of)})의 {with_particle(old, '과/와')} 같았는데 "
                    f"{with_particle(new, '이/가')} 됩니다. 다른 줄도 함께 고쳐야 하는지 확인하십시오."
                )
