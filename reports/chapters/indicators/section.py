"""What changed in the indicators."""

from seoul_digital.lib.tables import Cell, Column, Row, Table

from ...comparison.changes import Kind
from ...comparison.section import Section
from ...comparison.sentences import counted
from ...comparison.tables import NOTHING, ComparedDates, hidden_note
from .changes import IndicatorChange, IndicatorChanges
from .data import MeasuredFigure


def section(changes: IndicatorChanges, dates: ComparedDates) -> Section:
    return Section(sentence=sentence(changes), tables=[_table(changes, dates)])


def sentence(changes: IndicatorChanges) -> str:
    """How many indicators differ, and how many of these in their value."""
    values = sum(one.kind is Kind.CHANGED and bool(one.difference) for one in changes.indicators)
    return (
        f"{counted(changes.counts)} 값이 바뀐 지표는 {values}개입니다." if values else counted(changes.counts)
    )


def _table(changes: IndicatorChanges, dates: ComparedDates) -> Table:
    columns = [
        Column("지표"),
        Column("단위"),
        *dates.columns("decimal", "signed"),
        *(Column(label, group="값의 때") for label in dates.labels),
        Column("그 밖에 달라진 것"),
    ]
    rows = [_row(one, changes.name_of(one)) for one in changes.shown]
    return dates.table(
        "indicators", "달라진 지표", columns, rows, notes=[hidden_note(changes.counts.same, "지표", "개")]
    )


def _row(one: IndicatorChange, name: str) -> Row:
    values = [_measured(one.old, one.kind is Kind.ADDED), _measured(one.new, one.kind is Kind.REMOVED)]
    difference = Cell(one.kind.word) if one.kind in (Kind.ADDED, Kind.REMOVED) else Cell(one.difference)
    whens = [said.when if said else "" for said in (one.old, one.new)]
    more = [
        f"{field.label}: {field.before or NOTHING} → {field.after or NOTHING}"
        for field in (*one.fields, *one.revised)
    ]
    return Row([name, one.indicator.unit, *values, difference, *whens, "; ".join(more)])


def _measured(said: MeasuredFigure | None, is_absent: bool) -> Cell:
    if said is None:
        return Cell(NOTHING if is_absent else None)
    lines = [f"◆ {other.place or '다른 곳'}에는 {other.printed}" for other in said.others]
    return Cell(said.value, printed=said.printed, lines=lines, warn=bool(lines))
