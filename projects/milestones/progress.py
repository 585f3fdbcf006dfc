"""Milestones with their status on a date, and their counts. No progress in percent is estimated."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from django.utils.translation import gettext as _

from core.grouping import grouped
from seoul_digital.lib.charts import Mark
from seoul_digital.lib.periods import PartialDate, Period

from ..models import Brief, Milestone
from . import status as statuses
from .status import Status, status_on
from .subjects import names_nothing, subject_of

NEAR_DAYS = 90


@dataclass(frozen=True)
class MilestoneStatus:
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
    def subject(self) -> str:
        """What it is of, in our words, where its title names nothing; the brief came `with_milestones`."""
        if not names_nothing(self.title):
            return ""
        return subject_of([step.title for step in self.brief.milestones.all()], self.brief.title)

    @property
    def full_title(self) -> str:
        subject = self.subject
        return f"{subject} ‘{self.title}’" if subject else self.title

    @property
    def printed(self) -> str:
        """The period as the report writes it; empty where it gives none."""
        return self.milestone.period_printed or self.period.printed()

    @property
    def word(self) -> str:
        return statuses.word(self.status, self.period)

    @property
    def anchor(self) -> str:
        """Its place in the addresses of pages."""
        return f"milestone-{self.brief.number}-{self.milestone.key}"

    @property
    def next(self) -> "Next | None":
        return next_of([self], self.on)

    @property
    def is_near(self) -> bool:
        """Whether it begins or ends within the next 90 days."""
        return self.next is not None and self.next.on.first() <= self.on + timedelta(days=NEAR_DAYS)

    @property
    def stands(self) -> bool:
        """Whether no page may fold it away."""
        return self.status.warn or self.is_near

    @property
    def mark(self) -> Mark:
        """For figures.gantt; a month or year keeps its whole length, and 연중 runs through the year of the date."""
        first, last = self.period.first(), self.period.last()
        if self.period.all_year:
            first, last = date(self.on.year, 1, 1), date(self.on.year, 12, 31)
        return Mark(self.full_title, self.status.glyph, first, last, self.printed)


def milestone_on(brief: Brief, milestone: Milestone, as_of: date) -> MilestoneStatus:
    period = milestone.period
    status = status_on(
        as_of,
        period,
        recorded=milestone.recorded,
        recorded_in=milestone.recorded_in,
        is_achievement=milestone.is_achievement,
    )
    return MilestoneStatus(as_of, brief, milestone, period, status)


def milestones_on(briefs: Iterable[Brief], as_of: date) -> list[MilestoneStatus]:
    """Every milestone of the briefs in their order; the briefs come from `Brief.objects.with_milestones()`."""
    return [milestone_on(brief, milestone, as_of) for brief in briefs for milestone in brief.milestones.all()]


@dataclass(frozen=True)
class Progress:
    """Counts of milestones by status; those to be looked at (`warn`) are counted under their status too."""

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


def progress_of(states: Sequence[MilestoneStatus]) -> Progress:
    counts = Counter(state.status.key for state in states)
    return Progress(**counts, warn=sum(state.status.warn for state in states))


def by_brief(states: Iterable[MilestoneStatus]) -> dict[int, list[MilestoneStatus]]:
    """Milestones under the id of their brief."""
    return grouped((state.brief.pk, state) for state in states)


def by_start(states: Iterable[MilestoneStatus]) -> list[MilestoneStatus]:
    """In the order of their beginnings, else of their ends; what has no time comes last, as the report orders it."""
    return sorted(states, key=lambda state: state.mark.first or state.mark.last or date.max)


class Timed(Protocol):
    """A milestone of a page or of a report."""

    @property
    def title(self) -> str: ...
    @property
    def period(self) -> Period: ...


@dataclass(frozen=True)
class Next:
    """The next event: a milestone begins (`시작`), ends (`끝`) or, given as one date, takes place. `state`: of the kind asked of."""

    on: PartialDate
    what: str
    state: Any


def next_of(states: Iterable[Timed], as_of: date) -> Next | None:
    """The first beginning or end after the date; a month that the date lies in has begun and is not to come."""
    coming = [end for state in states for end in _ends(state) if end.on.first() > as_of]
    return min(coming, key=lambda end: (end.on.first(), end.on.last()), default=None)


def _ends(state: Timed) -> Iterable[Next]:
    start, end = state.period.start, state.period.end
    if start and start == end:
        yield Next(start, "", state)
        return
    if start:
        yield Next(start, _("시작"), state)
    if end:
        yield Next(end, _("끝"), state)
