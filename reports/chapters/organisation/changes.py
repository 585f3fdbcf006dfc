"""How the tree of units changed: renamed, merged, split, moved, new and abolished units, and how many there are."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from core.models import Source
from core.unit_matches import Match, match_units
from seoul_digital.lib.reported import ReportedFigure

from ...comparison.changes import (
    Counts,
    FieldChange,
    FigureChange,
    ReportPair,
    fields_that_differ,
    pairs_by_key,
)
from ...report import UnitSuccession
from .data import OrganisationData, UnitRow

NEW, ABOLISHED, RENAMED, MERGED, SPLIT = "new", "abolished", "renamed", "merged", "split"
MOVED, SAME = "moved", "same"
WORDS = {
    NEW: gettext_lazy("새로 생김"),
    ABOLISHED: gettext_lazy("없어짐"),
    RENAMED: gettext_lazy("이름 바꿈"),
    MERGED: gettext_lazy("합침"),
    SPLIT: gettext_lazy("나눔"),
    MOVED: gettext_lazy("옮김"),
    SAME: gettext_lazy("그대로"),
}


@dataclass(frozen=True)
class UnitChange:
    """What became of a group of units; the units above them are named where they have one."""

    kind: str
    match: Match
    kind_word: str
    parent_before: str = ""
    parent_after: str = ""

    @property
    def word(self) -> str:
        return str(WORDS[self.kind])

    @property
    def parents(self) -> str:
        """The unit above, `정보기획관 → 디지털정책관` where it is another."""
        old, new = self.parent_before, self.parent_after
        return f"{old} → {new}" if old and new and old != new else new or old


@dataclass(frozen=True)
class Untold:
    """Units of a kind that only one report names, while the other does not name all of that kind: nobody can say
    whether they are new or abolished. `printed` is the number that the other gives, where it does, `fact` its identity."""

    kind_word: str
    names: tuple[str, ...]
    is_later: bool
    printed: int | None = None
    fact: str = ""


@dataclass(frozen=True)
class CountChange:
    """How many units of a kind the two reports state."""

    word: str
    figure: FigureChange


@dataclass(frozen=True)
class OrganisationChanges:
    units: tuple[UnitChange, ...]
    untold: tuple[Untold, ...]
    numbers: tuple[CountChange, ...]
    fields: tuple[FieldChange, ...]
    same: int

    @property
    def counts(self) -> Counts:
        """Of units alone, as they are listed: numbers and words for the whole say the same again."""
        kinds = Counter(unit.kind for unit in self.units)
        return Counts(kinds[NEW], kinds[ABOLISHED], kinds.total() - kinds[NEW] - kinds[ABOLISHED], self.same)

    @property
    def says_otherwise(self) -> bool:
        """Whether what the reports print of the whole differs."""
        return bool(self.numbers or self.fields)

    def of_kind(self, kind: str) -> list[UnitChange]:
        return [unit for unit in self.units if unit.kind == kind]


def successions_of(pair: ReportPair) -> tuple[UnitSuccession, ...]:
    """Of both reports: a published one cannot know of successions that came after it."""
    organisations = (report.get(OrganisationData) for report in (pair.after, pair.before))
    return tuple(dict.fromkeys(link for data in organisations if data for link in data.successions))


def compare(before: OrganisationData, after: OrganisationData, pair: ReportPair) -> OrganisationChanges:
    matches = match_units(_names(before), _names(after), successions_of(pair))
    sides = _Side(before), _Side(after)
    changes = [_change(match, matches, *sides) for match in matches]
    known = [change for change in changes if change.kind not in (NEW, ABOLISHED) or _is_known(change, *sides)]
    # What is printed of foundations that both reports speak of.
    foundations = [
        field
        for old, new in pairs_by_key(before.foundations, after.foundations, "slug")
        if old and new
        for field in (
            FieldChange(f"{old.name}의 이름", old.name, new.name),
            FieldChange(new.name, old.printed, new.printed),
        )
    ]
    notes = [
        FieldChange(f"{new.name}의 비고", old.note, new.note)
        for old, new in pairs_by_key(before.units, after.units, "slug")
        if old and new
    ]
    headings = [report.heading_of(Source.Scope.ORGANISATION) for report in (pair.before, pair.after)]
    return OrganisationChanges(
        units=tuple(change for change in known if change.kind != SAME),
        untold=tuple(_untold([change for change in changes if change not in known], *sides, pair)),
        numbers=_numbers(before, after, pair),
        fields=fields_that_differ([FieldChange("기구", *headings), *foundations, *notes]),
        same=sum(change.kind == SAME for change in known),
    )


class _Side:
    """What one report says of its units."""

    def __init__(self, data: OrganisationData):
        self.units: Mapping[str, UnitRow] = {unit.slug: unit for unit in data.units}
        self.printed = {count.kind: count.number for count in data.unit_counts}
        self.named = Counter(unit.kind for unit in data.units)

    def unit(self, slugs: Mapping[str, str]) -> UnitRow | None:
        return next((self.units[slug] for slug in slugs), None)

    def parent(self, unit: UnitRow | None) -> UnitRow | None:
        return self.units.get(unit.parent) if unit else None

    def names_all(self, kind: str) -> bool:
        """Whether the report names the units of a kind, so that one that it does not name was not there."""
        return self.named[kind] >= self.printed.get(kind, 1)


def _names(data: OrganisationData) -> dict[str, str]:
    return {unit.slug: unit.name for unit in data.units}


def _change(match: Match, matches: Sequence[Match], before: _Side, after: _Side) -> UnitChange:
    old, new = before.unit(match.before), after.unit(match.after)
    above = before.parent(old), after.parent(new)
    return UnitChange(
        kind=_kind(match, matches, *above),
        match=match,
        kind_word=(new or old).kind_word,
        parent_before=above[0].name if above[0] else "",
        parent_after=above[1].name if above[1] else "",
    )


def _kind(
    match: Match, matches: Sequence[Match], parent_before: UnitRow | None, parent_after: UnitRow | None
) -> str:
    if not match.is_pair:
        return NEW if match.after else ABOLISHED
    if match.successions:
        return match.successions[-1].kind
    if list(match.before.values()) != list(match.after.values()):
        return RENAMED
    if parent_before is None or parent_after is None:
        return SAME if parent_before is parent_after else MOVED
    stays = any(parent_before.slug in other.before and parent_after.slug in other.after for other in matches)
    return SAME if stays else MOVED


def _is_known(change: UnitChange, before: _Side, after: _Side) -> bool:
    """Whether the report that lacks the unit would have named it."""
    if change.kind == NEW:
        return before.names_all(after.unit(change.match.after).kind)
    return after.names_all(before.unit(change.match.before).kind)


def _untold(changes: Sequence[UnitChange], before: _Side, after: _Side, pair: ReportPair) -> list[Untold]:
    groups: dict[tuple[bool, str], list[UnitRow]] = {}
    for change in changes:
        is_later = change.kind == NEW
        unit = after.unit(change.match.after) if is_later else before.unit(change.match.before)
        groups.setdefault((is_later, unit.kind), []).append(unit)
    others = {True: (before, pair.before), False: (after, pair.after)}
    return [
        Untold(
            units[0].kind_word,
            tuple(unit.name for unit in units),
            is_later,
            others[is_later][0].printed.get(kind),
            f"units:{kind}s#{others[is_later][1].as_of}",
        )
        for (is_later, kind), units in groups.items()
    ]


def _numbers(before: OrganisationData, after: OrganisationData, pair: ReportPair) -> tuple[CountChange, ...]:
    old, new = ({count.kind: count for count in data.unit_counts} for data in (before, after))
    figures = [
        (
            count.word,
            FigureChange(
                _number(old.get(kind)), _number(new.get(kind)), facts=pair.facts(*[[f"units:{kind}s"]] * 2)
            ),
        )
        for kind, count in (new | old).items()
    ]
    return tuple(CountChange(word, figure) for word, figure in figures if figure.is_changed)


def _number(count) -> ReportedFigure | None:
    return ReportedFigure(printed=count.number) if count else None
