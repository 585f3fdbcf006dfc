"""What changed in the organisation, in sentences and tables."""

from collections.abc import Iterator
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.templatetags.language import join_facts, with_facts
from seoul_digital.lib.language.sentences import linked_number
from seoul_digital.lib.tables import Cell, Column, Row, Table, day

from ...comparison.section import Section
from ...comparison.sentences import same
from ...comparison.tables import ComparedDates, field_table, hidden_note
from .changes import ABOLISHED, MERGED, MOVED, NEW, RENAMED, SPLIT, OrganisationChanges, Untold


def _kinds() -> dict[str, tuple[str, str]]:
    """How many there are of a kind, and which."""
    return {
        NEW: (_("새로 생긴 부서 <b>{count}곳</b>"), _("새로 생긴 곳은 %(names)s입니다.")),
        ABOLISHED: (_("없어진 부서 <b>{count}곳</b>"), _("없어진 곳은 %(names)s입니다.")),
        RENAMED: (_("이름을 바꾼 부서 <b>{count}곳</b>"), _("이름을 바꾼 곳은 %(names)s입니다.")),
        MERGED: (_("합친 부서 <b>{count}곳</b>"), _("합친 곳은 %(names)s입니다.")),
        SPLIT: (_("나눈 부서 <b>{count}곳</b>"), _("나눈 곳은 %(names)s입니다.")),
        MOVED: (_("자리를 옮긴 부서 <b>{count}곳</b>"), _("자리를 옮긴 곳은 %(names)s입니다.")),
    }


def section(changes: OrganisationChanges, dates: ComparedDates) -> Section:
    tables = [
        _unit_table(changes, dates),
        _number_table(changes, dates),
        field_table("unit-words", _("원문에 적힌 말"), changes.fields, dates),
    ]
    notes = [untold(units, dates.before, dates.after) for units in changes.untold]
    return Section(sentence=sentence(changes), lead=list(lead(changes)), tables=tables, notes=notes)


def lead(changes: OrganisationChanges) -> Iterator[SafeString]:
    found = [(text, len(changes.of_kind(kind))) for kind, (text, _which) in _kinds().items()]
    parts = [(format_html(text, count=number),) for text, number in found if number]
    if parts:
        counted = format_html_join(", ", '<span class="nb">{}</span>', parts)
        yield format_html(_("<span>{parts}이 있습니다.</span>"), parts=counted)


def sentence(changes: OrganisationChanges) -> str:
    """Which units came, went or became others, those read and not told with how."""
    sentences = []
    for kind, (_count, text) in _kinds().items():
        names = [
            f"{unit.match.name}({unit.match.note})" if unit.match.note else unit.match.name
            for unit in changes.of_kind(kind)
        ]
        if names:
            sentences.append(with_facts(text, names=", ".join(names)))
    return join_facts(" ", sentences) or (
        _("부서의 이름과 자리는 그대로이고, 원문에 적힌 부서 수나 말이 달라졌습니다.")
        if changes.says_otherwise
        else same()
    )


def untold(kind: Untold, before: date, after: date) -> str:
    """Why units that only one report names are called neither new nor abolished."""
    named, other = (after, before) if kind.is_later else (before, after)
    first = _("※ %(kind)s %(count)s개(%(names)s)는 %(named)s 자료에만 이름이 나옵니다.")
    if kind.printed is None:
        new = _("%(other)s 자료는 %(kind)s의 이름을 적지 않아 새로 생겼는지 알 수 없습니다.")
        gone = _("%(other)s 자료는 %(kind)s의 이름을 적지 않아 없어졌는지 알 수 없습니다.")
    else:
        new = _(
            "%(other)s 자료는 %(kind)s의 수(%(printed)s개)만 적고 이름을 다 적지 않아 새로 생겼는지 알 수 없습니다."
        )
        gone = _(
            "%(other)s 자료는 %(kind)s의 수(%(printed)s개)만 적고 이름을 다 적지 않아 없어졌는지 알 수 없습니다."
        )
    values = {"kind": _(kind.kind_word), "count": len(kind.names), "names": ", ".join(kind.names)}
    values |= {
        "named": day(named),
        "other": day(other),
        "printed": linked_number(str(kind.printed), kind.fact),
    }
    texts = (first, new if kind.is_later else gone)
    return join_facts(" ", [with_facts(text, **values) for text in texts])


def _unit_table(changes: OrganisationChanges, dates: ComparedDates) -> Table:
    columns = [Column(label) for label in (_("부서"), _("변화"), _("종류"), _("상위 부서"), _("근거"))]
    rows = [
        Row([unit.match.name, unit.word, _(unit.kind_word), unit.parents, unit.match.note])
        for unit in changes.units
    ]
    return dates.table(
        "units", _("부서의 변화"), columns, rows, notes=[hidden_note(changes.same, "부서", "곳")]
    )


def _number_table(changes: OrganisationChanges, dates: ComparedDates) -> Table:
    columns = [Column(_("종류")), *dates.columns("count", "signed")]
    rows = []
    for number in changes.numbers:
        figure = number.figure
        # A number that a report does not state is unknown, not none.
        sides = [
            _("적히지 않음") if side is None else Cell(side, fact=fact)
            for side, fact in zip((figure.old, figure.new), figure.facts, strict=True)
        ]
        rows.append(Row([_(number.word), *sides, Cell(figure.difference, fact=figure.changed_fact)]))
    return dates.table("unit-numbers", _("원문에 적힌 부서 수"), columns, rows, _("개"))
