"""What changed in revenue, as a sentence and tables."""

from django.utils.translation import gettext as _

from seoul_digital.lib import amounts
from seoul_digital.lib.tables import Cell, Column, Row, Table

from ...comparison.changes import Kind
from ...comparison.money import MoneyChanges, MoneyLine
from ...comparison.section import Section
from ...comparison.tables import ComparedDates, figure_cells, hidden_note
from ..budget_section import budget_columns, printed_tables, sentence, shown_lines, years_label


def section(changes: MoneyChanges, dates: ComparedDates) -> Section:
    tables = [_table(changes, dates), *printed_tables("revenue", changes, dates)]
    return Section(sentence=sentence(changes, _("세입")), tables=tables)


def _table(changes: MoneyChanges, dates: ComparedDates) -> Table:
    rate = Column(_("증감률"), "signed_percent", years_label(changes))
    columns = [Column(_("구분")), *budget_columns(changes, dates), rate]
    rows = []
    for line in shown_lines(changes):
        cells = [line.name, *figure_cells(line.current, line.kind), _rate(line)]
        rows.append(Row(cells, max(line.level - 1, 0), line is changes.total))
    notes = [hidden_note(changes.counts.same, "과목", "개")]
    return dates.table("revenue", _("세입 예산현액의 변화"), columns, rows, _("천원, %"), notes)


def _rate(line: MoneyLine) -> Cell:
    if line.kind in (Kind.ADDED, Kind.REMOVED):
        return Cell(None)
    old, new = line.current.old, line.current.new
    return Cell(amounts.change_rate(new, old) if old else amounts.change_percent(new, old))
