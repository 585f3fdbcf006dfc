"""Staff of units at two dates, in persons; units are followed through successions, sums say who is in them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from core.mentions.computed_facts import sum_fact
from core.unit_matches import Match, match_units
from seoul_digital.lib.reported import ReportedFigure, total_of

from ...comparison.changes import Counts, FigureChange, Kind, ReportPair, count, kind_of
from ..organisation.changes import successions_of
from .data import StaffingData, StaffingRow

SUMS = ("authorized", "headcount", "variance")
NONE = ReportedFigure(0)


@dataclass(frozen=True)
class StaffLine:
    """A unit, a group of them, or a sum."""

    name: str
    figures: Mapping[str, FigureChange]
    match: Match | None = None

    @property
    def kind(self) -> Kind:
        before, after = (self.match.before, self.match.after) if self.match else (True, True)
        return kind_of(before, after, any(figure.is_changed for figure in self.figures.values()))


@dataclass(frozen=True)
class StaffingChanges:
    """`lasting` adds up the units that stand at both dates, where others came or went; None where none did."""

    total: StaffLine
    lasting: StaffLine | None
    lines: tuple[StaffLine, ...]
    series: Sequence[str]  # of either date

    @property
    def shown(self) -> list[StaffLine]:
        return [line for line in self.lines if line.kind is not Kind.SAME]

    @property
    def counts(self) -> Counts:
        return count(line.kind for line in self.lines)

    def of_kind(self, kind: Kind) -> list[StaffLine]:
        return [line for line in self.lines if line.kind is kind]


def compare(before: StaffingData, after: StaffingData, pair: ReportPair) -> StaffingChanges:
    old, new = ({unit.slug: unit for unit in side.units} for side in (before, after))
    before_names, after_names = ({slug: unit.name for slug, unit in side.items()} for side in (old, new))
    matches = match_units(before_names, after_names, successions_of(pair))
    series = list(dict.fromkeys([*after.series, *before.series]))

    def line(name: str, slugs_before: Iterable[str], slugs_after: Iterable[str], match=None) -> StaffLine:
        sides = [old[slug] for slug in slugs_before], [new[slug] for slug in slugs_after]
        return _line(name, *sides, series, pair, match)

    lines = tuple(line(match.name, match.before, match.after, match) for match in matches)
    lasting = [match for match in matches if match.is_pair]
    sums = None
    if lasting and len(lasting) < len(matches):
        slugs_before = [slug for match in lasting for slug in match.before]
        slugs_after = [slug for match in lasting for slug in match.after]
        sums = line(gettext_noop("두 날에 모두 있는 부서"), slugs_before, slugs_after)
    total = _line(after.total.name, [before.total], [after.total], series, pair)
    return StaffingChanges(total, sums, lines, series)


def _line(
    name: str,
    before: Sequence[StaffingRow],
    after: Sequence[StaffingRow],
    series: Sequence[str],
    pair: ReportPair,
    match: Match | None = None,
) -> StaffLine:
    """A job series that only one date has counts none on the other: with the others it makes up the headcount."""
    sides = [[unit.figures for unit in side] for side in (before, after)]
    figures = {
        key: FigureChange(
            *(total_of(figures.get(key, NONE) for figures in side) for side in sides),
            # Of several units their sum; not every date has each job series, so that its sum is of none.
            facts=pair.facts(
                *(
                    [sum_fact(names, "명")] if key in SUMS else names
                    for names in (
                        [f"staffing:{unit.slug}/{key}" for unit in side] for side in (before, after)
                    )
                )
            ),
        )
        for key in (*SUMS, *series)
    }
    return StaffLine(name, figures, match)
