"""What changed in expenditure, in sentences and tables."""

from collections.abc import Iterator

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from seoul_digital.lib import amounts
from seoul_digital.lib.hangul import with_particle
from seoul_digital.lib.tables import Column, Row, Table

from ...comparison.changes import Kind
from ...comparison.money import MoneyChanges
from ...comparison.section import Section
from ...comparison.tables import ComparedDates, figure_cells, hidden_note, succession_notes
from ..budget_section import budget_columns, printed_tables, sentence, shown_lines


def section(changes: MoneyChanges, dates: ComparedDates) -> Section:
    tables = [_table(changes, dates), *printed_tables("expenditure", changes, dates)]
    return Section(sentence=sentence(changes, _("세출")), lead=list(lead(changes)), tables=tables)


def lead(changes: MoneyChanges) -> Iterator[SafeString]:
    if changes.total.kind is Kind.SAME:
        return
    current = changes.total.current
    old, new = amounts.won_texts(current.old, current.new)
    rate = _rate_words(changes)
    if current.is_changed and rate:
        text = _("<span>세출 예산현액은 {old}에서 {new_as} 바뀌었고, {rate}.</span>")
    elif current.is_changed:
        text = _("<span>세출 예산현액은 {old}에서 {new_as} 바뀌었습니다.</span>")
    elif rate:
        text = _("<span>세출 예산현액은 {new_as} 같고, {rate}.</span>")
    else:
        text = _("<span>세출 예산현액은 {new_as} 같습니다.</span>")
    yield format_html(text, old=old, new=new, new_as=with_particle(new, "으로/로"), rate=rate or "")


def _rate_words(changes: MoneyChanges) -> SafeString | None:
    old, new = changes.total.rates
    if old is None or new is None:
        return None
    before, after = amounts.percent(old), amounts.percent(new)
    if before == after:  # as they are printed
        return format_html(_("집행률은 {after}로 같습니다"), after=after)
    text = _("집행률은 {before}에서 <b>{after}</b>가 되었습니다")
    return format_html(text, before=before, after=after)


def _table(changes: MoneyChanges, dates: ComparedDates) -> Table:
    columns = [
        Column(_("구분")),
        *budget_columns(changes, dates),
        *dates.columns("thousand", "signed_thousand", _("집행액(원인행위)")),
        *(Column(label, "percent", _("집행률")) for label in dates.labels),
        Column(_("차이(%p)"), "points", _("집행률")),
    ]
    rows = [
        Row(
            [
                line.name,
                *figure_cells(line.current, line.kind),
                *figure_cells(line.executed, line.kind),
                *line.rates,
                line.points,
            ],
            line.level,
            line is changes.total,
        )
        for line in shown_lines(changes)
    ]
    notes = [
        *succession_notes(line.match for line in changes.shown),
        hidden_note(changes.counts.same, "부서·회계", "줄"),
    ]
    return dates.table("expenditure", _("세출 예산과 집행의 변화"), columns, rows, _("천원, %, %p"), notes)
