"""What the organisation is held against before publishing."""

from collections.abc import Iterator

from core.checklist.rules import ChecklistItem, Draft, change_url, register_rule
from core.models import Source

from .models import Duty
from .organisation import units


@register_rule("departments.duties-missing", "주요업무가 없는 부서")
def duties_missing(draft: Draft) -> Iterator[ChecklistItem]:
    """Of divisions and offices, where others have some."""
    source = draft.snapshot.source(Source.Scope.DUTIES)
    known = set(Duty.objects.of(source).order_by().values_list("department", flat=True))
    if source is None or not known:
        return
    for top in units(draft.snapshot):
        for unit in top.own:
            if unit.department.pk not in known:
                yield ChecklistItem(f"{unit.name}: 주요업무가 적히지 않았습니다", change_url(source))
