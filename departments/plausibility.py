"""What is improbable of staff."""

from collections.abc import Iterator

from core.plausibility import register_plausibility
from core.thresholds import register_threshold, thresholds
from seoul_digital.lib.hangul import postposition

from .models import Staffing, StaffingCount

TIMES = register_threshold(
    "heads-times-posts",
    "현원과 정원의 배율",
    3,
    "배",
    "현원이 정원의, 정원이 현원의 이 배율을 넘고 차이가 ‘현원과 정원의 차이’만큼이면 저장할 때 묻습니다.",
)
LEAST = register_threshold(
    "heads-beyond-posts", "현원과 정원의 차이", 10, "명", "차이가 이보다 작으면 배율이 커도 묻지 않습니다."
)


@register_plausibility("departments.staffing")
def heads_beyond_posts(staffing: Staffing) -> Iterator[str]:
    stored = {row.series.form_field: row.count for row in staffing.counts.all()} if staffing.pk else {}
    typed = {name: value for name, value in vars(staffing).items() if name.startswith("series_")}
    heads = sum(count or 0 for count in (stored | typed).values())
    if _is_beyond(heads, staffing.authorized):
        yield f"현원이 {heads:,}명인데 정원은 {staffing.authorized:,}명입니다."
    elif heads and _is_beyond(staffing.authorized, heads):
        yield f"정원이 {staffing.authorized:,}명인데 현원은 {heads:,}명입니다."


@register_plausibility("departments.staffingcount")
def count_beyond_posts(count: StaffingCount) -> Iterator[str]:
    posts = count.staffing.authorized
    if _is_beyond(count.count, posts):
        subject = postposition(str(count.series), ("이", "가"))
        yield f"{count.series}{subject} {count.count:,}명인데 {count.staffing.department}의 정원은 {posts:,}명입니다."


def _is_beyond(number: int, other: int) -> bool:
    limits = thresholds()
    return number > other * limits[TIMES] and number - other >= limits[LEAST]
