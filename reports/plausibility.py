"""What is improbable of an edition."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from core.plausibility.rules import register_plausibility
from core.plausibility.thresholds import register_threshold, thresholds
from seoul_digital.lib import tables

from .models import Edition

FARTHEST = 36_500  # days; beyond them calendars end
FAR = register_threshold(
    "base-date-ahead",
    "기준일이 오늘보다 먼 날수",
    183,
    "일",
    "회차의 기준일이 이보다 뒤이면 저장할 때 묻습니다.",
)


@register_plausibility("reports.edition")
def deadline_before_base_date(edition: Edition) -> Iterator[str]:
    if edition.deadline < edition.as_of:
        yield f"제출 마감({tables.day(edition.deadline)})이 기준일({tables.day(edition.as_of)})보다 앞섭니다."


@register_plausibility("reports.edition")
def base_date_far_ahead(edition: Edition) -> Iterator[str]:
    days = min(int(thresholds()[FAR]), FARTHEST)
    if edition.as_of > timezone.localdate() + timedelta(days=days):
        yield f"기준일({tables.day(edition.as_of)})이 오늘부터 {days}일 넘게 뒤입니다."
