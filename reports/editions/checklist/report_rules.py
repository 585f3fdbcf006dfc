"""Rules on what the report says: findings, what is lacking, what cannot be printed."""

from typing import TYPE_CHECKING

from core.checklist.rules import ChecklistItem, register_rule
from core.integrity import Level, number_text

from ...chapters import CHAPTERS
from ...findings import Explained
from ...render.fonts import missing_glyphs
from ..edition_overview import part_url
from ..parts import lacking_words
from ..snapshot import confirmed_in_place
from .edition_rules import Items, edition_url
from .vanished import VANISHED

if TYPE_CHECKING:
    from ..publishing import Prepared

UNBOUND, STALE = "mention.unbound/", "mention.stale/"
LEFT = "설명하지 않은 오류가 {count}건 있어 발행할 수 없습니다."


def _items(prepared: "Prepared", found: list[Explained], with_reason: bool = False) -> Items:
    for explained in found:
        finding = explained.finding
        numbers = f" ({finding.hint})" if finding.id.startswith(UNBOUND) else ""
        if finding.difference is not None:
            (first, second), unit = finding.names, finding.unit
            numbers = f" ({first} {number_text(finding.printed)}{unit}, {second} {number_text(finding.computed)}{unit})"
        reason = f" 설명: {explained.explanation.reason}" if with_reason and explained.explanation else ""
        yield ChecklistItem(
            f"{finding.subject}: {finding.formula}{numbers}{reason}", edition_url(prepared, "findings")
        )


@register_rule("reports.errors", "설명하지 않은 오류", refusal=LEFT)
def errors(prepared: "Prepared") -> Items:
    return _items(prepared, prepared.errors)


@register_rule("reports.errors-explained", "설명을 달고 그대로 싣는 오류")
def errors_explained(prepared: "Prepared") -> Items:
    found = [row for row in prepared.collection.findings if row.explanation]
    return _items(prepared, [row for row in found if row.finding.level is Level.ERROR], with_reason=True)


@register_rule("reports.errors-of-sources", "이 회차가 가져오지 않은 자료 안의 오류")
def errors_of_sources(prepared: "Prepared") -> Items:
    """What an older source says wrong stops nothing: the edition shows it and does not bring it."""
    own = {row.finding.id for row in prepared.errors}
    found = [row for row in prepared.collection.findings if row.is_open]
    return _items(
        prepared,
        [row for row in found if row.finding.level is Level.ERROR and row.finding.id not in own],
    )


def _open_warnings(prepared: "Prepared") -> list[Explained]:
    return [row for row in prepared.collection.findings if row.is_open and row.finding.level is Level.WARNING]


def _of_kind(prepared: "Prepared", kind: str) -> Items:
    return _items(prepared, [row for row in _open_warnings(prepared) if row.finding.id.startswith(kind)])


@register_rule("reports.warnings", "설명하지 않은 주의")
def warnings(prepared: "Prepared") -> Items:
    """Those that no rule of their own heads."""
    found = _open_warnings(prepared)
    return _items(
        prepared, [row for row in found if not row.finding.id.startswith((VANISHED, UNBOUND, STALE))]
    )


@register_rule("reports.checks-vanished", "지난 보고에서는 했으나 이제 할 수 없는 점검")
def checks_vanished(prepared: "Prepared") -> Items:
    return _of_kind(prepared, VANISHED)


@register_rule("reports.numbers-unaccounted", "무엇을 말하는지 확인하지 않은 글의 수")
def numbers_unaccounted(prepared: "Prepared") -> Items:
    return _of_kind(prepared, UNBOUND)


@register_rule("reports.numbers-stale", "자료와 다른 글의 어림수")
def numbers_stale(prepared: "Prepared") -> Items:
    """Approximate ones; an exact number that its fact contradicts is an error."""
    return _of_kind(prepared, STALE)


@register_rule("reports.lacking", "제출되지 않은 것")
def lacking(prepared: "Prepared") -> Items:
    for words in lacking_words(prepared.snapshot):
        yield ChecklistItem(f"{words}: 표지와 문서에 그대로 적힙니다", edition_url(prepared, "edition"))


@register_rule("reports.confirmed-in-place", "기획 담당이 대신 확인한 부분")
def parts_confirmed_in_place(prepared: "Prepared") -> Items:
    for words in confirmed_in_place(prepared.edition):
        yield ChecklistItem(f"{words}: 표지에 적힙니다", edition_url(prepared, "events"))


@register_rule("reports.past-values", "유지하거나 새로 적지 않은 지난 값")
def past_values(prepared: "Prepared") -> Items:
    for cell in prepared.collection.cells:
        if cell.past:
            place = f"{cell.place.department.name} {cell.place.label}"
            words = f"{place}: 값 {len(cell.past):,}개가 제 날짜로 실립니다"
            yield ChecklistItem(words, part_url(prepared.edition, cell.place))


@register_rule("reports.glyphs", "글꼴에 없어 PDF에 □로 인쇄되는 글자")
def glyphs(prepared: "Prepared") -> Items:
    for glyph in missing_glyphs("".join(prepared.texts)).split():
        yield ChecklistItem(glyph, edition_url(prepared, "document"))


@register_rule("reports.chapter-lost", "지난 보고에는 있었으나 이번에는 없는 장")
def chapters_lost(prepared: "Prepared") -> Items:
    before = prepared.before.chapters if prepared.before else {}
    for chapter in CHAPTERS:
        if chapter.key in before and chapter.key not in prepared.report.chapters:
            words = f"‘{chapter.title}’ 장에 실을 자료가 없습니다"
            yield ChecklistItem(words, edition_url(prepared, "edition"))
