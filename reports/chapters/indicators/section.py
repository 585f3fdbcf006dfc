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
    values = sum(change.kind is Kind.CHANGED and bool(change.difference) for change in changes.indicators)
    counts = counted(changes.counts)
    return f"{counts} 값이 바뀐 지표는 {values}개입니다." if values else counts


def _table(changes: IndicatorChanges, dates: ComparedDates) -> Table:
    columns = [
        Column("지표"),
        Column("단위"),
        *dates.columns("decimal", "signed"),
        *(Column(label, group="값의 때") for label in dates.labels),
        Column("그 밖에 달라진 것"),
    ]
    rows = [_row(change, changes.name_of(change)) for change in changes.shown]
    notes = [hidden_note(changes.counts.same, "지표", "개")]
    return dates.table("indicators", "달라진 지표", columns, rows, notes=notes)


def _row(change: IndicatorChange, name: str) -> Row:
    kind = change.kind
    values = [_measured(change.old, kind is Kind.ADDED), _measured(change.new, kind is Kind.REMOVED)]
    difference = Cell(kind.word) if kind in (Kind.ADDED, Kind.REMOVED) else Cell(change.difference)
    whens = [figure.when if figure else "" for figure in (change.old, change.new)]
    more = [
        f"{field.label}: {field.before or NOTHING} → {field.after or NOTHING}"
        for field in (*change.fields, *change.revised)
    ]
    return Row([name, change.indicator.unit, *values, difference, *whens, "; ".join(more)])


def _measured(figure: MeasuredFigure | None, is_absent: bool) -> Cell:
    if figure is None:
        return Cell(NOTHING if is_absent else None)
    lines = [f"◆ {other.place or '다른 곳'}에는 {other.printed}" for other in figure.others]
    return Cell(figure.value, printed=figure.printed, lines=lines, warn=bool(lines))
