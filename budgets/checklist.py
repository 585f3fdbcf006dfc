"""What the budget is held against before publishing."""

from collections.abc import Iterator

from core.checklist.rules import ChecklistItem, Draft, change_url, register_rule
from seoul_digital.lib.tables import day

from .expenditure.in_force import execution_sources
from .models import BudgetFigure

MOST_DAYS = 31


@register_rule("budgets.execution-old", f"보고 기준일보다 {MOST_DAYS}일 넘게 앞선 집행액")
def execution_old(draft: Draft) -> Iterator[ChecklistItem]:
    """By the newest delivery that tells of any; where none does, that is what the report lacks."""
    sources = execution_sources(draft.snapshot)
    executed = BudgetFigure.objects.filter(source__in=sources, committed__isnull=False).order_by()
    known = set(executed.values_list("source", flat=True).distinct())
    newest = next((source for source in sources if source.pk in known), None)
    as_of = draft.snapshot.as_of
    if newest and as_of and (days := (as_of - newest.as_of).days) > MOST_DAYS:
        words = f"{newest}: 집행액이 보고 기준일({day(as_of)})보다 {days:,}일 앞섭니다"
        yield ChecklistItem(words, change_url(newest))
