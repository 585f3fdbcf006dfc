"""Rules on the edition itself: its parts, its sources, its dates, and what stops it."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from core.checklist.rules import ChecklistItem, change_url, register_rule
from seoul_digital.lib.hangul import quoted
from seoul_digital.lib.tables import day

from ...models import Edition
from ...text_size import too_large
from ..changes.edited_since import edited_since_publication
from ..edition_overview import part_url
from ..opening import unpublished_before
from ..snapshot import last_published
from ..sources import BUDGET, named, outside

if TYPE_CHECKING:
    from ..publishing import Prepared

Items = Iterator[ChecklistItem]
UNCONFIRMED = "지금 내용대로 확인하지 않은 부분이 {count}개 있어 발행할 수 없습니다. 부서가 제출한 것을 확인하거나, 까닭을 적고 대신 확인하십시오."
TWICE = "같은 범위의 자료가 이 회차에 둘 이상 있습니다: {items}. 하나만 남기고 빼십시오."
MONTH = re.compile(r"(?P<year>20\d\d)\s?년(?:\s?(?P<month>\d{1,2})\s?월)?")


def edition_url(prepared: "Prepared", page: str) -> str:
    return reverse(f"reports:{page}", args=[prepared.edition.pk])


@register_rule("reports.unconfirmed", "확인하지 않은 부분", refusal=UNCONFIRMED)
def unconfirmed(prepared: "Prepared") -> Items:
    for cell in prepared.collection.unconfirmed:
        words = f"{cell.place.department.name} {cell.place.label}: {cell.changed_since or cell.word}"
        yield ChecklistItem(words, part_url(prepared.edition, cell.place))


@register_rule("reports.two-drafts", "같은 범위의 두 자료", refusal=TWICE)
def two_drafts(prepared: "Prepared") -> Items:
    for sources in prepared.collection.of_edition.conflicts:
        yield ChecklistItem(" / ".join(map(named, sources)), edition_url(prepared, "publish"))


@register_rule("reports.unit-unsettled", "단위를 확인하지 않은 예산 파일", refusal="{items}")
def unit_unsettled(prepared: "Prepared") -> Items:
    """Budget files whose amounts are far off the last ones', and nobody has said that their unit is right."""
    for source in prepared.drafts:
        file = getattr(source, "budget_import", None)
        if file and file.report.get("objection") and not file.options.get("accepted_unit"):
            words = f"예산 파일 ‘{source.document}’의 단위를 아직 확인하지 않았습니다. 예산 파일 화면에서 확인하거나 버리십시오."
            yield ChecklistItem(words, reverse("budgets:import", args=[file.pk]))


@register_rule("reports.too-large", "문서로 만들 수 없이 긴 글", refusal="{items}")
def texts_too_large(prepared: "Prepared") -> Items:
    if words := too_large(prepared.report):
        yield ChecklistItem(words, edition_url(prepared, "document"))


@register_rule("reports.drafts-outside", "이 회차에 넣지 않은 다른 초안")
def drafts_outside(prepared: "Prepared") -> Items:
    for source in outside(prepared.edition, prepared.snapshot.executed_after):
        who = source.brought_by.display_name if source.brought_by else "명령"
        words = f"{named(source)} ({who}): 발행해도 확정되지 않고 검토 대기로 남습니다"
        yield ChecklistItem(words, edition_url(prepared, "publish"))


@register_rule("reports.file-not-taken-over", "예산을 이어받지 않은 확정 파일")
def files_not_taken_over(prepared: "Prepared") -> Items:
    for source in prepared.collection.of_edition.not_taken_over:
        words = (
            f"{named(source)}: 이어받은 예산 초안을 그 사이 고쳐서 이 파일의 예산 대신 초안의 예산이 실립니다"
        )
        yield ChecklistItem(words, change_url(source))


@register_rule("reports.scope-unwritten", "쓴 것이 없어 싣지 않는 자료")
def scopes_unwritten(prepared: "Prepared") -> Items:
    for source in prepared.collection.of_edition.unwritten:
        yield ChecklistItem(f"{source}: 빈 초안 그대로입니다", change_url(source))


@register_rule("reports.scope-old", "기준일보다 앞선 자료로 싣는 범위")
def scopes_old(prepared: "Prepared") -> Items:
    """What the edition has no source of its own of; files of the budget have their days."""
    for source in prepared.snapshot.in_force:
        if source.scope not in BUDGET and source.as_of < prepared.edition.as_of:
            words = f"{source.get_scope_display()}: {day(source.as_of)} 기준 자료가 그대로 실립니다"
            yield ChecklistItem(words, change_url(source))


@register_rule("reports.correction-unexplained", "고친 까닭을 적지 않은 정정")
def correction_unexplained(prepared: "Prepared") -> Items:
    edition = prepared.edition
    earlier = Edition.objects.of_bureaus([edition.bureau]).published().filter(as_of=edition.as_of)
    if not edition.correction and (published := earlier.newest_first().first()):
        words = f"{quoted(published, '을/를')} 바로잡는 회차인데 무엇을 왜 고쳤는지 적지 않았습니다"
        yield ChecklistItem(words, edition_url(prepared, "edit"))


@register_rule("reports.title-of-another-time", "기준일과 다른 때를 말하는 제목")
def title_of_another_time(prepared: "Prepared") -> Items:
    as_of = prepared.edition.as_of
    for match in MONTH.finditer(prepared.edition.title):
        if (int(match["year"]), int(match["month"] or as_of.month)) != (as_of.year, as_of.month):
            words = f"제목에는 ‘{match[0]}’, 기준일은 {day(as_of)}입니다"
            yield ChecklistItem(words, edition_url(prepared, "edit"))


@register_rule("reports.session-missing", "적지 않은 의회 회기")
def session_missing(prepared: "Prepared") -> Items:
    if not prepared.edition.council_session:
        yield ChecklistItem("표지에 인쇄할 의회 회기가 없습니다", edition_url(prepared, "edit"))


@register_rule("reports.date-to-come", "아직 오지 않은 기준일")
def date_to_come(prepared: "Prepared") -> Items:
    as_of = prepared.edition.as_of
    if as_of > timezone.localdate():
        words = f"기준일({day(as_of)})이 오기 전에 발행합니다. 일정의 상태는 그날로 적힙니다"
        yield ChecklistItem(words, edition_url(prepared, "edition"))


@register_rule("reports.earlier-edition-open", "발행하지 않은 앞의 회차")
def earlier_edition_open(prepared: "Prepared") -> Items:
    if earlier := unpublished_before(prepared.edition):
        words = f"{quoted(earlier, '이/가')} 아직 발행되지 않아 그 초안은 이 회차에 없습니다"
        yield ChecklistItem(words, reverse("reports:edition", args=[earlier.pk]))


@register_rule("reports.later-edition-published", "이미 발행한 뒤의 회차")
def later_edition_published(prepared: "Prepared") -> Items:
    edition = prepared.edition
    later = Edition.objects.of_bureaus([edition.bureau]).published().filter(as_of__gt=edition.as_of)
    for other in later.newest_first():
        words = f"{quoted(other, '을/를')} 이미 발행했습니다. 읽는 이에게는 그 기준일이 먼저 보입니다"
        yield ChecklistItem(words, reverse("reports:edition", args=[other.pk]))


@register_rule("reports.edited-since", "지난 발행 뒤에 고친 확정 자료")
def edited_since(prepared: "Prepared") -> Items:
    """The report before is compared as it was handed out."""
    edited = last_published(prepared.edition) and edited_since_publication(
        prepared.edition.bureau, prepared.snapshot
    )
    if edited:
        words = f"이미 확정한 자료에 고친 것이 {edited.count:,}건 있어, 지난 발행본과 지금 값이 다릅니다"
        yield ChecklistItem(words, edition_url(prepared, "edition"))
