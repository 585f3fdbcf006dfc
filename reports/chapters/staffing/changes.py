"""Staff of units at two dates, in persons; units are followed through successions, sums say who is in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...comparison.changes import Counts, Figure, Kind, ReportPair, count, kind_of, total_of
from ...comparison.units import Match, match_units
from ..organisation.changes import successions_of
from .data import MEASURES, StaffingData, StaffingRow


@dataclass(frozen=True)
class StaffLine:
    """A unit, a group of them, or a sum."""

    name: str
    figures: Mapping[str, Figure]
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
    matches = match_units(_names(old), _names(new), successions_of(pair))
    lines = tuple(
        _line(match.name, [old[slug] for slug in match.before], [new[slug] for slug in match.after], match)
        for match in matches
    )
    lasting = [match for match in matches if match.is_pair]
    sums = None
    if lasting and len(lasting) < len(matches):
        sides = (
            [old[slug] for match in lasting for slug in match.before],
            [new[slug] for match in lasting for slug in match.after],
        )
        sums = _line("두 날에 모두 있는 부서", *sides)
    return StaffingChanges(_line(after.total.name, [before.total], [after.total]), sums, lines)


def _names(units: Mapping[str, StaffingRow]) -> dict[str, str]:
    return {slug: unit.name for slug, unit in units.items()}


def _line(
    name: str, before: Sequence[StaffingRow], after: Sequence[StaffingRow], match: Match | None = None
) -> StaffLine:
    figures = {
        key: Figure(*(total_of(getattr(unit, key) for unit in side) for side in (before, after)))
        for key in MEASURES
    }
    return StaffLine(name, figures, match)
