"""Milestones by time, for a phone: past, now, the next 90 days, later."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from . import status as statuses
from .progress import NEAR_DAYS, MilestoneStatus, by_start

PAST, NOW, NEAR, LATER = "past", "now", "near", "later"
PARTS = {statuses.DONE: PAST, statuses.IN_PROGRESS: NOW, statuses.PLANNED: LATER}


@dataclass(frozen=True)
class AgendaPart:
    name: str
    states: Sequence[MilestoneStatus]

    @property
    def stands(self) -> bool:
        """Whether no page may fold it away."""
        return any(state.stands for state in self.states)


def agenda_of(states: Iterable[MilestoneStatus]) -> list[AgendaPart]:
    """Every milestone once: what is near by its next date, the rest by its status and start; no empty part."""
    parts: dict[str, list[MilestoneStatus]] = {PAST: [], NOW: [], NEAR: [], LATER: []}
    for state in by_start(states):
        # What is undetermined is past once all of its period is.
        part = PARTS.get(state.status.key, PAST if state.period.ends_before(state.on) else NOW)
        parts[NEAR if state.is_near else part].append(state)
    parts[NEAR].sort(key=lambda state: state.next.on.first() if state.next else state.on)
    names = {
        PAST: _("지난 일"),
        NOW: _("지금 하는 일"),
        NEAR: _("기준일 뒤 %(days)s일") % {"days": NEAR_DAYS},
        LATER: _("그 뒤"),
    }
    return [AgendaPart(names[part], found) for part, found in parts.items() if found]
