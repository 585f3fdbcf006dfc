"""What is improbable of staff."""

from collections.abc import Iterator

from core.plausibility import register_plausibility
from seoul_digital.lib.hangul import postposition

from .models import Staffing, StaffingCount

TIMES, LEAST = 3, 10  # beyond so many times the posts, and at least so many heads more


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
    return number > other * TIMES and number - other >= LEAST
