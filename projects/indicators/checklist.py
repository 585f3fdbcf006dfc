"""What indicators are held against before publishing."""

from collections.abc import Iterator

from core.checklist.rules import ChecklistItem, Draft, change_url, register_rule
from core.models import Source
from seoul_digital.lib.periods import PartialDate

from ..data import indicators_of
from .tree import flat


@register_rule("projects.target-passed", "기한이 지났는데 이르지 못한 목표")
def targets_passed(draft: Draft) -> Iterator[ChecklistItem]:
    on = draft.snapshot.judged_on(Source.Scope.INDICATORS)
    if on is None:
        return
    for entry in flat(indicators_of(draft.snapshot)):
        for target in entry.missed_on(on):
            newest = f"가장 새로운 값 {entry.latest.printed}" if entry.latest else "값 없음"
            due = PartialDate.parse(target.due).in_text()
            words = f"{entry.indicator}: 목표 {target.printed}의 기한({due})이 지났습니다 ({newest})"
            yield ChecklistItem(words, change_url(target))
