"""Duties at two dates: those of a unit that came, went or were reworded."""

from dataclasses import dataclass

from core.unit_matches import Match, match_units

from ...comparison.changes import Counts, ReportPair, count
from ...comparison.text import TextDiff, diff_lines
from ..organisation.changes import successions_of
from .data import DutiesData, DutiesRow


@dataclass(frozen=True)
class DutyChange:
    """Duties of a unit that came, went or were reworded; their order does not count."""

    match: Match
    diff: TextDiff

    @property
    def name(self) -> str:
        return self.match.name


@dataclass(frozen=True)
class DutyChanges:
    units: tuple[DutyChange, ...]

    @property
    def shown(self) -> list[DutyChange]:
        return [unit for unit in self.units if unit.diff]

    @property
    def counts(self) -> Counts:
        """Of duties, not of units."""
        kinds = count(line.kind for unit in self.units for line in unit.diff.lines)
        return Counts(kinds.added, kinds.removed, kinds.changed, sum(unit.diff.same for unit in self.units))


def compare(before: DutiesData, after: DutiesData, pair: ReportPair) -> DutyChanges:
    old, new = ({unit.slug: unit for unit in side.units} for side in (before, after))
    before_names, after_names = ({slug: unit.name for slug, unit in side.items()} for side in (old, new))
    matches = match_units(before_names, after_names, successions_of(pair))
    return DutyChanges(tuple(_duties(match, old, new) for match in matches))


def _duties(match: Match, old: dict[str, DutiesRow], new: dict[str, DutiesRow]) -> DutyChange:
    before = [text for slug in match.before for text in old[slug].texts]
    after = [text for slug in match.after for text in new[slug].texts]
    common = set(before) & set(after)
    differing = [[text for text in side if text not in common] for side in (before, after)]
    diff = diff_lines(match.name, *differing)
    return DutyChange(match, TextDiff(diff.label, diff.lines, len(common)))
