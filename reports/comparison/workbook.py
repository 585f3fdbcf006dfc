"""변경사항: what the page that compares two reports says, its tables below each other, differences as formulas."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from seoul_digital.lib.tables import Table, day
from seoul_digital.lib.xlsx.export import Drawn

from ..render.xlsx.sheet import ReportSheet, Workbook
from ..report import Report
from .compare import compare
from .page import page_of

NAME = "변경사항"
NARROWEST, WIDEST, NAMES = 11, 20, 34
MOST = 100  # columns


def changes(book: Workbook, before: Report):
    page = page_of(compare(before, book.report))
    days = f"{day(before.as_of)} {before.bureau.name} → {day(book.report.as_of)} {book.report.bureau.name}"
    sheet = ReportSheet(
        book, "지난 보고 대비 변경사항", days, tab=NAME, about=f"{day(before.as_of)} 보고에서 달라진 것"
    )
    sheet.row += 1
    sections = [([page.summary] if page.summary.rows else [], page.rest)]
    for section in page.sections:
        tables = [table for table in (*section.tables, *section.files) if table.rows]
        sentence = [section.sentence] if section.sentence and tables else []
        sections.append((tables, [*sentence, *section.notes]))
    widths = _widths(sheet, [table for tables, _ in sections for table in tables])
    for tables, notes in sections:
        for table in tables:
            _draw(sheet, table, widths)
        for note in notes:
            sheet.note(note if note.startswith("※") else f"※ {note}", widths)
        sheet.row += bool(notes)
    sheet.close(widths, landscape=True)


def _widths(sheet: ReportSheet, tables: Sequence[Table]) -> list[float]:
    """Of the columns that all tables share: names may be long, the rest wraps."""
    columns = zip_longest(*(Drawn(sheet.book, sheet.sheet, table).widths() for table in tables), fillvalue=0)
    widest = [NAMES, *[WIDEST] * MOST]
    return [min(max(max(column), NARROWEST), most) for column, most in zip(columns, widest, strict=False)]


def _draw(sheet: ReportSheet, table: Table, widths: Sequence[float]):
    drawn = Drawn(sheet.book, sheet.sheet, replace(table, notes=()), sheet.row, is_live=True)
    drawn.write()
    drawn.fit(widths)
    sheet.row = drawn.end
    for note in table.notes:
        sheet.note(note, widths)
    sheet.row += 1
