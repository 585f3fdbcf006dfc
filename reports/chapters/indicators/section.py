"""What changed in the indicators."""

from django.utils.translation import gettext as _

from core.templatetags.language import with_facts
from seoul_digital.lib.tables import Cell, Column, Row, Table

from ...comparison.changes import Kind
from ...comparison.section import Section
from ...comparison.sentences import counted
from ...comparison.tables import ComparedDates, hidden_note, nothing
from .changes import IndicatorChange, IndicatorChanges
from .data import MeasuredFigure


def section(changes: IndicatorChanges, dates: ComparedDates) -> Section:
    return Section(sentence=sentence(changes), tables=[_table(changes, dates)])


def sentence(changes: IndicatorChanges) -> str:
    """How many indicators differ, and how many of these in their value."""
    values = sum(change.kind is Kind.CHANGED and bool(change.difference) for change in changes.indicators)
    counts = counted(changes.counts)
    if not values:
        return counts
    return _("%(counts)s 값이 바뀐 지표는 %(values)s개입니다.") % {"counts": counts, "values": values}


def _table(changes: IndicatorChanges, dates: ComparedDates) -> Table:
    columns = [
        Column(_("지표")),
        Column(_("단위")),
        *dates.columns("decimal", "signed"),
        *(Column(label, group=_("값의 때")) for label in dates.labels),
        Column(_("그 밖에 달라진 것")),
    ]
    rows = [_row(change, changes.name_of(change)) for change in changes.shown]
    notes = [hidden_note(changes.counts.same, "지표", "개")]
    return dates.table("indicators", _("달라진 지표"), columns, rows, notes=notes)


def _row(change: IndicatorChange, name: str) -> Row:
    kind = change.kind
    values = [_measured(change.old, kind is Kind.ADDED), _measured(change.new, kind is Kind.REMOVED)]
    difference = Cell(kind.word) if kind in (Kind.ADDED, Kind.REMOVED) else Cell(change.difference)
    whens = [figure.when if figure else "" for figure in (change.old, change.new)]
    more = [
        f"{field.label}: {field.before or nothing()} → {field.after or nothing()}"
        for field in (*change.fields, *change.revised)
    ]
    return Row([name, change.indicator.unit, *values, difference, *whens, "; ".join(more)])


def _measured(figure: MeasuredFigure | None, is_absent: bool) -> Cell:
    if figure is None:
        return Cell(nothing() if is_absent else None)
    lines = [
        with_facts(_("◆ %(place)s에는 %(printed)s"), place=other.place or _("다른 곳"), printed=other.printed)
        for other in figure.others
    ]
    return Cell(figure.value, printed=figure.printed, lines=lines, warn=bool(lines))
