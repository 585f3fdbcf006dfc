"""A project's page, from its brief, its milestones and the other briefs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from core.mentions.linking import StatedNumber, stated_numbers
from core.snapshot import Snapshot
from seoul_digital.lib.number_tokens import number_tokens

from . import sentences
from .budget import Budgets, budgets_of
from .milestones.progress import MilestoneStatus, next_of, progress_of
from .models import Brief


@dataclass(frozen=True)
class ProjectPage:
    """`briefs` are all of the source by number, with their sources of money."""

    brief: Brief
    briefs: Sequence[Brief]
    states: Sequence[MilestoneStatus]
    as_of: date

    @property
    def lead(self) -> SafeString:
        return sentences.detail_lead(progress_of(self.states), next_of(self.states, self.as_of), [self.brief])

    @property
    def title_sentence(self) -> str:
        return sentences.title_sentence(self.brief)

    @property
    def schedule(self) -> str:
        return schedule_text(self.states)

    def numbers(self, snapshot: Snapshot) -> dict[str, list[StatedNumber]]:
        """Those of each of its texts with what they state, of the schedule the times of steps too."""
        steps = [state for state in self.states if not state.milestone.is_achievement]
        found = stated_numbers(snapshot, [self.brief, *(state.milestone for state in steps)])
        schedule: list[StatedNumber] = []
        for state in steps:
            row = state.milestone
            step = f"milestone:{self.brief.project.slug}/{row.key}" if row.is_dated else ""
            times = [(token.printed, step) for token in number_tokens(state.printed)][:1]
            schedule += [*found.get((row, "title"), ()), *times, *found.get((row, "note"), ())]
        texts = {field: found.get((self.brief, field), []) for field in ("overview", "achievements")}
        return texts | {"schedule": schedule}

    @property
    def budgets(self) -> Budgets:
        return budgets_of(self.briefs)

    @property
    def budget_sentence(self) -> str:
        return sentences.budget_sentence(self.brief, self.budgets)

    @property
    def before(self) -> Brief | None:
        return self._neighbour(-1)

    @property
    def after(self) -> Brief | None:
        return self._neighbour(1)

    def _neighbour(self, step: int) -> Brief | None:
        place = self.briefs.index(self.brief) + step
        return self.briefs[place] if 0 <= place < len(self.briefs) else None


def schedule_text(states: Sequence[MilestoneStatus]) -> str:
    """The schedule as the report has it, as 개조식 text: `ㅇ title : period`, with the lines below it."""
    lines = []
    for state in states:
        if not state.milestone.is_achievement:
            lines.append(f"ㅇ {state.title} : {state.printed}" if state.printed else f"ㅇ {state.title}")
            lines += filter(None, [state.milestone.note])
    return "\n".join(lines)
