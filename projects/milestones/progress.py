"""How far projects are: their milestones with their status on a date, counted. No progress in percent is ever guessed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from seoul_digital.lib.charts import Mark
from seoul_digital.lib.periods import PartialDate, Period

from ..models import Brief, Milestone
from . import status as statuses
from .status import Status, status_on


@dataclass(frozen=True)
class Standing:
    """A milestone with its status on the date `on`."""

    on: date
    brief: Brief
    milestone: Milestone
    period: Period
    status: Status

    @property
    def title(self) -> str:
        return self.milestone.title

    @property
    def printed(self) -> str:
        """The period as the report writes it; empty where it gives none."""
        return self.milestone.period_printed or self.period.printed()

    @property
    def word(self) -> str:
        return statuses.word(self.status, self.period)

    @property
    def mark(self) -> Mark:
        """For figures.gantt; a month or year keeps its whole length, and 연중 runs through the year of the date."""
        first, last = self.period.first(), self.period.last()
        if self.period.all_year:
            first, last = date(self.on.year, 1, 1), date(self.on.year, 12, 31)
        return Mark(self.title, self.status.glyph, first, last, self.printed)


def milestone_on(brief: Brief, milestone: Milestone, as_of: date) -> Standing:
    period = milestone.period
    status = status_on(
        as_of,
        period,
        recorded=milestone.recorded,
        recorded_in=milestone.recorded_in,
        is_achievement=milestone.is_achievement,
    )
    return Standing(as_of, brief, milestone, period, status)


def milestones_on(briefs: Iterable[Brief], as_of: date) -> list[Standing]:
    """Every milestone of the briefs in their order; the briefs come from `Brief.objects.with_milestones()`."""
    return [milestone_on(brief, milestone, as_of) for brief in briefs for milestone in brief.milestones.all()]


@dataclass(frozen=True)
class Progress:
    """How many milestones have each status; those to be looked at (`warn`) are counted under their status too."""

    done: int = 0
    in_progress: int = 0
    planned: int = 0
    undetermined: int = 0
    warn: int = 0

    @property
    def total(self) -> int:
        return self.done + self.in_progress + self.planned + self.undetermined

    def counts(self) -> list[tuple[str, int]]:
        """Status and number, in the order of pages, without those that there are none of."""
        return [(key, getattr(self, key)) for key in statuses.KEYS if getattr(self, key)]


def progress_of(standings: Sequence[Standing]) -> Progress:
    counts = Counter(standing.status.key for standing in standings)
    return Progress(**counts, warn=sum(standing.status.warn for standing in standings))


def by_brief(standings: Iterable[Standing]) -> dict[int, list[Standing]]:
    """Standings under the id of their brief."""
    groups: dict[int, list[Standing]] = {}
    for standing in standings:
        groups.setdefault(standing.brief.pk, []).append(standing)
    return groups


@dataclass(frozen=True)
class Next:
    """What comes up: a milestone begins (`시작`), ends (`끝`) or, given as one date, takes place."""

    on: PartialDate
    what: str
    standing: Standing


def next_of(standings: Iterable[Standing], as_of: date) -> Next | None:
    """The first beginning or end after the date; a month that the date lies in has begun and is not to come."""
    coming = [one for standing in standings for one in _ends(standing) if one.on.first() > as_of]
    return min(coming, key=lambda one: (one.on.first(), one.on.last()), default=None)


def _ends(standing: Standing) -> Iterable[Next]:
    start, end = standing.period.start, standing.period.end
    if start and start == end:
        yield Next(start, "", standing)
        return
    if start:
        yield Next(start, "시작", standing)
    if end:
        yield Next(end, "끝", standing)
