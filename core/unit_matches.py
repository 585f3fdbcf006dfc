"""Which unit of one date is which of another: the same one, or what it became by way of successions.

Units that hang together (two merged into one, one split into two) are matched as groups, so that sums over them stay
honest. A unit without a counterpart is matched with nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


class Named(Protocol):
    @property
    def slug(self) -> str: ...


class UnitLink(Protocol):
    """One unit came after another: a row of the database, or what a report keeps of it. `kind` as Succession.Kind has it."""

    @property
    def predecessor(self) -> Named: ...
    @property
    def successor(self) -> Named: ...
    @property
    def kind(self) -> str: ...
    @property
    def note(self) -> str: ...


Names = Mapping[str, str]  # by slug
Side = tuple[str, str]  # before or after, slug
Link = tuple[str, str, tuple[UnitLink, ...]]  # from, to, by way of


@dataclass(frozen=True)
class Match:
    """Slug and name of the units on either side, and the successions that lead from these to those."""

    before: Names
    after: Names
    successions: tuple[UnitLink, ...] = ()

    @property
    def is_pair(self) -> bool:
        """Whether something stands on either side, so that figures can be held against each other."""
        return bool(self.before and self.after)

    @property
    def name(self) -> str:
        """`데이터센터`, or `스마트도시담당관 → 디지털정책담당관`."""
        old, new = (" · ".join(side.values()) for side in (self.before, self.after))
        return f"{old} → {new}" if old and new and old != new else new or old

    @property
    def note(self) -> str:
        """How the succession is known: `이름에서 읽음`."""
        return ", ".join(dict.fromkeys(link.note for link in self.successions if link.note))


def match_units(before: Names, after: Names, successions: Iterable[UnitLink]) -> list[Match]:
    """Matches of units given as slug and name, in the order of the later ones, then those that are gone."""
    successions = list(dict.fromkeys(successions))
    links: list[Link] = [(slug, slug, ()) for slug in before if slug in after]
    links += [link for slug in before for link in _onward(slug, before, after, successions)]
    matches = [_match(group, links, before, after) for group in _groups(before, after, links)]
    places = {slug: place for place, slug in enumerate(after)}
    return sorted(matches, key=lambda match: min((places[slug] for slug in match.after), default=len(places)))


def _onward(start: str, before: Names, after: Names, successions: Sequence[UnitLink]) -> list[Link]:
    """Where successions lead from a unit, through units that neither date has."""
    found: list[Link] = []
    waiting: list[tuple[str, tuple[UnitLink, ...]]] = [(start, ())]
    seen = {start}
    while waiting:
        slug, path = waiting.pop(0)
        for succession in successions:
            target = succession.successor.slug
            if succession.predecessor.slug != slug or target in seen:
                continue
            seen.add(target)
            if target not in after:
                waiting.append((target, (*path, succession)))
            # Between two units that both dates have, the succession is an older story.
            elif start not in after or target not in before:
                found.append((start, target, (*path, succession)))
    return found


def _groups(before: Names, after: Names, links: Sequence[Link]) -> list[set[Side]]:
    """Units on either side that links hold together, as (side, slug)."""
    groups: list[set[Side]] = [{("before", slug)} for slug in before] + [{("after", slug)} for slug in after]
    for old, new, _ in links:
        ends = {("before", old), ("after", new)}
        touched = [group for group in groups if group & ends]
        groups = [group for group in groups if not group & ends] + [set().union(*touched)]
    return groups


def _match(group: set[Side], links: Sequence[Link], before: Names, after: Names) -> Match:
    return Match(
        {slug: name for slug, name in before.items() if ("before", slug) in group},
        {slug: name for slug, name in after.items() if ("after", slug) in group},
        tuple(dict.fromkeys(link for old, _, path in links if ("before", old) in group for link in path)),
    )
