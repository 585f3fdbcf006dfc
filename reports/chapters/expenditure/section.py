"""What changed in expenditure, in sentences and tables."""

from collections.abc import Iterator

from django.utils.html import format_html
from django.utils.safestring import SafeString

from seoul_digital.lib import amounts
from seoul_digital.lib.hangul import postposition, with_particle
from seoul_digital.lib.tables import Column, Row, Table

from ...comparison.changes import Kind
from ...comparison.money import MoneyChanges
from ...comparison.section import Section
from ...comparison.tables import ComparedDates, figure_cells, hidden_note, succession_notes
from ..budget_section import budget_columns, corrected_table, rates_table, sentence, shown_lines


def section(changes: MoneyChanges, dates: ComparedDates) -> Section:
    tables = [
        _table(changes, dates),
        rates_table("expenditure-rates", changes, dates),
        corrected_table("expenditure-previous", changes, dates),
    ]
    return Section(sentence=sentence(changes, "세출"), lead=list(lead(changes)), tables=tables)


def lead(changes: MoneyChanges) -> Iterator[SafeString]:
    if changes.total.kind is Kind.SAME:
        return
    current = changes.total.current
    old, new = amounts.won_texts(current.old, current.new)
    new = with_particle(new, "으로/로")
    moved = f"{old}에서 {new} 바뀌었" if current.is_changed else f"{new} 같"
    if rate := _rate_words(changes):
        yield format_html("<span>세출 예산현액은 {}고, {}.</span>", moved, rate)
    else:
        yield format_html("<span>세출 예산현액은 {}습니다.</span>", moved)


def _rate_words(changes: MoneyChanges) -> SafeString | None:
    old, new = changes.total.rates
    if old is None or new is None:
        return None
    before, after = amounts.percent(old), amounts.percent(new)
    if before == after:  # as they are printed
        return format_html("집행률은 {}{} 같습니다", after, postposition("%", ("으로", "로")))
    return format_html(
        "집행률은 {}에서 <b>{}</b>{} 되었습니다", before, after, postposition("%", ("이", "가"))
    )


def _table(changes: MoneyChanges, dates: ComparedDates) -> Table:
    columns = [
        Column("구분"),
        *budget_columns(changes, dates),
        *dates.columns("thousand", "signed_thousand", "집행액(원인행위)"),
        *(Column(label, "percent", "집행률") for label in dates.labels),
        Column("차이(%p)", "points", "집행률"),
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
    return dates.table("expenditure", "세출 예산과 집행의 변화", columns, rows, "천원, %, %p", notes)
