"""What projects are held against before publishing: their texts, their steps, their people."""

from collections.abc import Iterator
from typing import Any

from core.checklist.rules import ChecklistItem, Draft, change_url, register_rule
from core.models import Source
from seoul_digital.lib import hangul
from seoul_digital.lib.hangul import quoted
from seoul_digital.lib.tables import day

from ..data import briefs_of, vision_of
from ..models import Brief, Contact
from .progress import MilestoneStatus, milestones_on
from .status import PLANNED, UNDETERMINED


@register_rule("projects.achievements-empty", "추진실적이 비어 있는 사업")
def achievements_empty(draft: Draft) -> Iterator[ChecklistItem]:
    for brief in briefs_of(draft.snapshot):
        if not brief.achievements.strip():
            yield _item(brief, "추진실적이 없습니다")


@register_rule("projects.achievements-untouched", "지난 보고에서 고치지 않은 추진실적")
def achievements_untouched(draft: Draft) -> Iterator[ChecklistItem]:
    for brief, earlier in _pairs(draft):
        if brief.achievements.strip() and brief.achievements == earlier.achievements:
            yield _item(brief, f"추진실적이 지난 보고({day(earlier.source.as_of)})와 글자까지 같습니다")


@register_rule("projects.schedule-untouched", "지난 보고에서 고치지 않은 향후일정")
def schedule_untouched(draft: Draft) -> Iterator[ChecklistItem]:
    for brief, earlier in _pairs(draft):
        scheduled = _scheduled(brief)
        if scheduled and scheduled == _scheduled(earlier):
            heading = brief.get_schedule_heading_display()
            yield _item(brief, f"{quoted(heading, '이/가')} 지난 보고와 같습니다")


@register_rule("projects.schedule-overdue", "때가 지났는데 결과를 적지 않은 향후일정")
def schedule_overdue(draft: Draft) -> Iterator[ChecklistItem]:
    for step in _steps(draft):
        is_open = step.status.key in (UNDETERMINED, PLANNED)
        if is_open and not step.milestone.is_achievement and step.period.ends_before(step.on):
            yield _item(step.brief, f"‘{step.title}’({step.printed})의 때가 지났으나 결과가 없습니다")


@register_rule("projects.milestone-dropped", "결과를 적지 않고 빠진 향후일정")
def milestones_dropped(draft: Draft) -> Iterator[ChecklistItem]:
    """A step of the last report's schedule that is neither a step of this one nor in its words."""
    for brief, earlier in _pairs(draft):
        keys = {milestone.key for milestone in brief.milestones.all()}
        words = hangul.fold("\n".join([brief.achievements, *(row.title for row in brief.milestones.all())]))
        for milestone in earlier.milestones.all():
            is_kept = milestone.key in keys or hangul.fold(milestone.title) in words
            if not (milestone.is_achievement or is_kept):
                printed = milestone.period_printed or milestone.period.in_text() or "때가 적히지 않음"
                yield _item(brief, f"지난 보고의 ‘{milestone.title}’({printed})에 대한 말이 없습니다")


@register_rule("projects.achievement-to-come", "추진실적에 적혔으나 기준일 뒤에 시작하는 일")
def achievements_to_come(draft: Draft) -> Iterator[ChecklistItem]:
    for step in _steps(draft):
        if step.status.warn:
            yield _item(step.brief, f"기준일 뒤에 시작합니다: ‘{step.title}’({step.printed})")


@register_rule("projects.contact-missing", "담당자가 없는 사업")
def contacts_missing(draft: Draft) -> Iterator[ChecklistItem]:
    briefs = briefs_of(draft.snapshot)
    known = set(Contact.objects.filter(brief__in=briefs).order_by().values_list("brief", flat=True))
    for brief in briefs:
        if brief.pk not in known:
            yield _item(brief, "담당자가 적히지 않았습니다")


@register_rule("projects.strategy-missing", "추진전략에 들지 않은 사업")
def strategy_missing(draft: Draft) -> Iterator[ChecklistItem]:
    vision = vision_of(draft.snapshot)
    if vision and vision.strategies.all():
        for brief in briefs_of(draft.snapshot):
            if brief.strategy_id is None:
                yield _item(brief, "비전의 어느 추진전략에도 들지 않습니다")


def _item(brief: Brief, words: str) -> ChecklistItem:
    return ChecklistItem(f"{brief}: {words}", change_url(brief))


def _pairs(draft: Draft) -> Iterator[tuple[Brief, Brief]]:
    """Each brief that was written for this report, and the one of its project in the report before."""
    before = briefs_of(draft.snapshot_before) if draft.snapshot_before else []
    earlier = {brief.project_id: brief for brief in before}
    for brief in briefs_of(draft.snapshot):
        if brief.project_id in earlier:
            yield brief, earlier[brief.project_id]


def _scheduled(brief: Brief) -> list[tuple[Any, ...]]:
    return [
        (row.title, row.start, row.end, row.all_year, row.period_printed, row.note)
        for row in brief.milestones.all()
        if not row.is_achievement
    ]


def _steps(draft: Draft) -> list[MilestoneStatus]:
    on = draft.snapshot.judged_on(Source.Scope.PROJECTS)
    return milestones_on(briefs_of(draft.snapshot), on) if on else []
