"""What the pages of editions say in sentences, and their tables."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from seoul_digital.lib.tables import Cell as TableCell
from seoul_digital.lib.tables import Column, Row, Table, day

from ..models import Edition, EditionEvent
from .collection import SHOWN, STATES, Collection, days_left
from .parts import labels, lacking_words
from .people import deliverers


def countdown(edition) -> str:
    """`D-3`, on the last day `D-day`, past it `D+2`."""
    left = days_left(edition)
    return f"D-{left}" if left > 0 else "D-day" if left == 0 else f"D+{-left}"


def deadline_words(edition) -> str:
    left = days_left(edition)
    if left > 0:
        return f"제출 마감 {day(edition.deadline)}까지 {left:,}일 남았습니다."
    if left < 0:
        return f"제출 마감({day(edition.deadline)}) 뒤 {-left:,}일이 지났습니다."
    return f"오늘({day(edition.deadline)})이 제출 마감입니다."


def lead(collection: Collection) -> list[str]:
    counts, total = collection.counts, len(collection.cells)
    missing = sum(len(row.missing) for row in collection.missing)
    edition = collection.edition
    if edition.state == Edition.State.OPEN:
        progress = f"{total}개 부분을 받을 준비를 하고 있습니다."
    elif not missing and counts[STATES.CONFIRMED] == total:
        progress = f"{total}개 부분을 모두 확인했습니다."
    elif not missing:
        progress = f"{total}개 부분이 모두 들어왔고, {counts[STATES.CONFIRMED]}개를 확인했습니다."
    else:
        units = len(collection.missing)
        progress = f"{total}개 부분 가운데 {counts[STATES.CONFIRMED]}개를 확인했고, {units}개 부서의 {missing}개가 아직 들어오지 않았습니다."
    touched = sum(cell.state == STATES.CONFIRMED for cell in collection.unconfirmed)
    more = [f"확인한 뒤 고친 부분이 {touched}개 있습니다."] if touched else []
    return [deadline_words(edition), progress, *more]


def tiles(collection: Collection) -> list[tuple[str, str, int]]:
    """(glyph, word, number) of every state, in the order of the work."""
    return [(glyph, word, collection.counts[state]) for state, (glyph, word) in SHOWN.items()]


def editions_table(editions: Iterable[Edition], url_of) -> Table:
    columns = [Column(_("회차")), Column(_("의회 회기"))]
    columns += [Column(_("기준일"), "date"), Column(_("제출 마감"), "date"), Column(_("단계"))]
    columns += [Column(_("제출"), "count"), Column(pgettext("edition", "확인"), "count")]
    rows = [_edition_row(edition, url_of(edition)) for edition in editions]
    empty = _("아직 연 회차가 없습니다.")
    return Table("editions", _("업무보고 회차"), columns, rows, unit="개", caption_hidden=True, empty=empty)


def _edition_row(edition, url):
    left = [] if edition.is_published else [countdown(edition)]
    numbers = [None, None] if edition.is_published else [edition.submitted, edition.confirmed]
    deadline = TableCell(edition.deadline, lines=left)
    names = (edition.label, edition.council_session, edition.as_of, deadline, _(edition.get_state_display()))
    return Row([*names, *numbers], href=url)


def missing_table(collection: Collection, staff) -> Table:
    """Who has not delivered: a row a part."""
    columns = [Column(label) for label in ("부서", "부분", "상태", "맡은 사람", "마지막 고침", "의견")]
    rows = [
        Row(
            [
                *(cell.place.department.name, cell.place.label, cell.word),
                ", ".join(user.display_name for user in deliverers(cell, staff)),
                *(changed_words(cell), cell.note),
            ]
        )
        for row in collection.missing
        for cell in row.missing
    ]
    edition, empty = collection.edition, "모두 들어왔습니다."
    notes = [deadline_words(edition), *lacking_words(collection.snapshot)]
    return Table(
        "missing", "들어오지 않은 부분", columns, rows, as_of=edition.as_of, notes=notes, empty=empty
    )


def changed_words(cell) -> str:
    """`11. 3. 14:05 김하나`"""
    if not cell.change:
        return ""
    at = timezone.localtime(cell.change.at)
    name = cell.changed_by.display_name if cell.changed_by else cell.change.user_name
    return f"{at.month}. {at.day}. {at:%H:%M} {name}".strip()


def event_words(event: EditionEvent) -> str:
    """`데이터센터 인력: 제출 → 반려`"""
    what = ""
    if event.department:
        part = event.project.name if event.project else labels().get(event.part, event.part)
        what = f"{event.department.name} {part}"
    if event.kind == EditionEvent.Kind.SUBMISSION:
        return f"{what}: {_state_word(event.before)} → {_state_word(event.after)}"
    if event.kind == EditionEvent.Kind.OWNER:
        return f"{what}: 맡은 사람 {event.note}"
    if event.kind == EditionEvent.Kind.KEPT:
        return f"{what}: 지난 값을 유지함"
    if event.kind == EditionEvent.Kind.STATE and event.before:
        states = dict(Edition.State.choices)
        return f"{states[event.before]} → {states[event.after]}"
    return event.get_kind_display()


def event_note(event: EditionEvent) -> str:
    if event.kind == EditionEvent.Kind.OWNER:
        return ""
    confirmed = f"지난 보고와 다른 값 {event.held_count}가지를 확인함" if event.held_count else ""
    return "\n".join(filter(None, [event.note, confirmed]))


def _state_word(state):
    return SHOWN[state][1] if state in SHOWN else ""
