"""The tree of indicators: series, parts of a whole, targets and statements that disagree."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast

from django.utils.translation import gettext_lazy

from core.grouping import grouped
from core.models import Source
from seoul_digital.lib import amounts
from seoul_digital.lib.periods import PartialDate
from seoul_digital.lib.reported import ReportedFigure

from ..milestones.progress import NEAR_DAYS
from ..models import Indicator, Measurement, Target

BASE_DATE = gettext_lazy("기준일")  # the time of a value that the text gives none for


def exact(value: Decimal) -> int | Decimal:
    """Without the zeros that a database adds: 28006, 80.8."""
    return int(value) if value == value.to_integral_value() else value.normalize()


@dataclass(frozen=True)
class Statement:
    """An indicator's figure at one time, as printed, with every place that states it.

    `others`: statements of the same time that give another figure, as place and printed form; `other_values` the same as place and value.
    """

    on: PartialDate
    when: str
    value: int | Decimal
    printed: str
    places: tuple[str, ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    other_values: tuple[tuple[str, int | Decimal], ...] = ()
    key: int | None = field(default=None, compare=False)  # of the measurement

    @property
    def disagrees(self) -> bool:
        return bool(self.others)


@dataclass
class Entry:
    """An indicator with its statements from the oldest to the newest, its targets and the indicators under it."""

    indicator: Indicator
    series: list[Statement] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    children: "list[Entry]" = field(default_factory=list)
    parent: "Entry | None" = None
    as_of: date | None = None

    @property
    def latest(self) -> Statement | None:
        return self.series[-1] if self.series else None

    @property
    def value(self) -> int | Decimal | None:
        return self.latest.value if self.latest else None

    @property
    def target(self) -> Target | None:
        """The one that is due last; one without a time is the furthest."""
        return max(self.targets, key=lambda target: target.due or "9999", default=None)

    @property
    def achieved(self) -> Fraction | None:
        """The newest figure as an exact percentage of the target."""
        return amounts.rate(self.value, self.target.value) if self.target else None

    @property
    def is_reached(self) -> bool:
        """Not before its time is over: 17 of 17 districts in 2022 is not reached while 2022 lasts."""
        is_over = self.latest is not None and (self.as_of is None or self.latest.on.last() <= self.as_of)
        return is_over and self.achieved is not None and self.achieved >= 100

    def missed_on(self, day: date) -> list[Target]:
        """Targets whose time is over by the day and that no value has reached."""
        most = max((statement.value for statement in self.series), default=None)
        over = [row for row in self.targets if row.due and PartialDate.parse(row.due).last() < day]
        return [row for row in over if most is None or most < row.value]

    def is_near(self, day: date) -> bool:
        """Whether a target is due, or what it speaks of takes place, within 90 days after the day."""
        dues = [PartialDate.parse(row.due) for row in self.targets if row.due]
        days = [on.first() for on in (*dues, *(statement.on for statement in self.series))]
        return any(day < first <= day + timedelta(days=NEAR_DAYS) for first in days)

    def stands_on(self, day: date | None) -> bool:
        """Whether no page may fold it away on the day."""
        return self.disagrees or bool(day and (self.missed_on(day) or self.is_near(day)))

    @property
    def whole(self) -> "Entry":
        """The topmost whole that it is a part of; itself, where it is no part."""
        entry = self
        while entry.parent and entry.parent.indicator.children_are_parts:
            entry = entry.parent
        return entry

    @property
    def share(self) -> Fraction | None:
        """As an exact percentage of the whole at the same time; of parts, and of wholes that have parts."""
        if self.whole is self and not (self.indicator.children_are_parts and self.children):
            return None
        same_time = self.latest and self.whole.latest and self.latest.on == self.whole.latest.on
        return amounts.rate(self.value, self.whole.value) if same_time else None

    @property
    def figure(self) -> ReportedFigure:
        """The newest printed value beside what its parts add up to, where they all are known."""
        parts = [child.value for child in self.children]
        known = self.indicator.children_are_parts and parts and self.value is not None and None not in parts
        total = sum(part for part in parts if part is not None) if known else self.value
        return ReportedFigure(total, self.value, len(parts))

    @property
    def computed(self) -> int | Decimal | None:
        """The sum of its parts, where that is another figure than the printed one."""
        return cast(int | Decimal | None, self.figure.computed) if self.figure.disagrees else None

    @property
    def disagrees(self) -> bool:
        return self.figure.disagrees or any(statement.disagrees for statement in self.series)

    def walk(self, depth: int = 0) -> "Iterator[tuple[Entry, int]]":
        yield self, depth
        for child in self.children:
            yield from child.walk(depth + 1)

    def leaves(self) -> "list[Entry]":
        return [entry for entry, _ in self.walk() if not entry.children]


def entries(
    measurements: Sequence[Measurement], targets: Sequence[Target], sources: Sequence[Source]
) -> list[Entry]:
    """The tree of the indicators that the newest source speaks of; their series reach back through the older ones.

    `sources` are newest first. For each time the newest source that gives it counts, alone.
    """
    if not sources:
        return []
    newest = sources[0]
    measured = grouped((row.indicator_id, row) for row in measurements)
    aimed = grouped((row.indicator_id, row) for row in targets)
    in_newest: list[Any] = [row for row in (*measurements, *targets) if row.source_id == newest.pk]
    found = {
        row.indicator_id: Entry(row.indicator, as_of=newest.as_of)
        for row in sorted(in_newest, key=lambda row: (row.indicator.order, row.indicator_id))
    }
    for key, entry in found.items():
        entry.series = _series(measured.get(key, []), sources)
        entry.targets = [row for row in aimed.get(key, []) if row.source_id == newest.pk]
    return _tree(found)


def _tree(found: dict[int, Entry]) -> list[Entry]:
    roots: list[Entry] = []
    for entry in found.values():
        entry.parent = found.get(entry.indicator.parent_id) if entry.indicator.parent_id else None
        (entry.parent.children if entry.parent else roots).append(entry)
    return roots


def _series(measurements: Iterable[Measurement], sources: Sequence[Source]) -> list[Statement]:
    ranks = {source.pk: rank for rank, source in enumerate(sources)}
    times: dict[str, list[Measurement]] = {}
    for row in sorted(measurements, key=lambda row: (ranks[row.source_id], row.pk)):
        same = times.setdefault(row.measured_on, [])
        if not same or same[0].source_id == row.source_id:
            same.append(row)
    as_of = {source.pk: str(source.as_of) for source in sources}
    statements = [
        _statement(same, as_of[same[0].source_id], str(sources[0].as_of)) for same in times.values()
    ]
    return sorted(statements, key=lambda statement: (statement.on.last(), statement.on.first()))


def _statement(same: Sequence[Measurement], base_date: str, newest_base_date: str) -> Statement:
    """Merge the measurements of one time in one source: the first counts, those that disagree are kept beside it."""
    first = same[0]
    on = PartialDate.parse(first.measured_on)
    is_base_date = first.measured_on == base_date == newest_base_date
    agreeing = [row for row in same if row.value == first.value]
    return Statement(
        on=on,
        when=first.measured_printed or (str(BASE_DATE) if is_base_date else on.in_text()),
        value=exact(first.value),
        printed=first.printed,
        places=tuple(dict.fromkeys(row.place for row in agreeing if row.place)),
        others=tuple((row.place, row.printed) for row in same if row.value != first.value),
        other_values=tuple((row.place, exact(row.value)) for row in same if row.value != first.value),
        key=first.pk,
    )


def flat(roots: Iterable[Entry]) -> list[Entry]:
    return [entry for root in roots for entry, _ in root.walk()]


@dataclass(frozen=True)
class TargetsSummary:
    """Counts of indicators, of those with a target, and of those that have reached it."""

    indicators: int = 0
    targets: int = 0
    reached: int = 0
    disagreeing: int = 0


def targets_summary(roots: Iterable[Entry]) -> TargetsSummary:
    known = flat(roots)
    return TargetsSummary(
        indicators=len(known),
        targets=sum(bool(entry.targets) for entry in known),
        reached=sum(entry.is_reached for entry in known),
        disagreeing=sum(entry.disagrees for entry in known),
    )


def of_project(roots: Iterable[Entry], project_id: int | None) -> list[Entry]:
    return [root for root in roots if root.indicator.project_id == project_id]
