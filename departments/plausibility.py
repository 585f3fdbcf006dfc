"""What is improbable of staff."""

from collections.abc import Iterator, Mapping

from core.models import Source
from core.plausibility.held_totals import HeldTotal, Move, register_held_totals
from core.plausibility.last_report import (
    LastRow,
    changed_fields,
    last_source,
    likely_slip,
    slip_doubts,
    slip_sentence,
    source_of,
    stored_values,
)
from core.plausibility.rules import register_plausibility, remembered
from core.plausibility.thresholds import register_threshold, thresholds
from seoul_digital.lib.hangul import postposition

from .models import JobSeries, Staffing, StaffingCount

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


@register_plausibility("departments.staffing")
def slips_of_staffing(staffing: Staffing) -> Iterator[str]:
    yield from slip_doubts(staffing, {"authorized": persons})
    if typed := changed_counts(staffing):
        yield from _slips_of_counts(staffing, typed)


def _slips_of_counts(staffing: Staffing, typed: Mapping[JobSeries, tuple[int, int]]) -> Iterator[str]:
    if (last := last_source(source_of(staffing))) is None:
        return
    of_unit = StaffingCount.objects.filter(staffing__source=last, staffing__department=staffing.department_id)
    known = dict(of_unit.values_list("series", "count"))
    for series, (_, new) in typed.items():
        old = known.get(series.pk)
        if old is not None and (slip := likely_slip(old, new)):
            yield slip_sentence(f"{series} {persons(new)}", LastRow(last, {}).says(persons(old)), slip)


@register_plausibility("departments.staffingcount")
def slips_of_a_count(count: StaffingCount) -> Iterator[str]:
    yield from slip_doubts(count, {"count": persons})


@register_held_totals("departments.staffing")
def totals_of_staffing(staffing: Staffing) -> Iterator[Move]:
    if (source := source_of(staffing)) is None:
        return
    if changed_fields(staffing, "authorized"):
        old = stored_values(staffing, "authorized").get("authorized", 0)
        yield HeldTotal("정원", Staffing, "authorized", source, (), persons), staffing.authorized - old
    for series, (old, new) in changed_counts(staffing).items():
        yield _heads(source, series), new - old


@register_held_totals("departments.staffingcount")
def totals_of_a_count(count: StaffingCount) -> Iterator[Move]:
    if (source := source_of(count)) and changed_fields(count, "count"):
        old = stored_values(count, "count").get("count", 0)
        yield _heads(source, count.series), count.count - old


def _heads(source: Source, series: JobSeries) -> HeldTotal:
    return HeldTotal(f"{series} 현원", StaffingCount, "count", source, (("series", series.pk),), persons)


def changed_counts(staffing: Staffing) -> dict[JobSeries, tuple[int, int]]:
    """The counts that a form or a file gives otherwise than they are stored: (stored, given) by series."""
    typed = {name: value for name, value in vars(staffing).items() if name.startswith("series_")}
    if not typed:
        return {}
    before = vars(staffing).get("stored_before", staffing)
    rows = before.counts.all() if before is not staffing and before else StaffingCount.objects.none()
    if before is staffing and staffing.pk:  # what the form holds may be changed already
        rows = StaffingCount.objects.filter(staffing=staffing.pk)
    stored = {row.series_id: row.count for row in rows}
    series = remembered(JobSeries, lambda: list(JobSeries.objects.all()))
    pairs = {kind: (stored.get(kind.pk, 0), typed.get(kind.form_field)) for kind in series}
    return {kind: (old, new) for kind, (old, new) in pairs.items() if new is not None and new != old}


def persons(number: int) -> str:
    return f"{number:,}명"
