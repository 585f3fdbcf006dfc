"""요약: the key figures by their names, what to look at, and the way to every sheet. Made first, filled last."""

from collections.abc import Sequence
from itertools import groupby

from seoul_digital.lib.tables import COMPUTED_MARK
from seoul_digital.lib.xlsx.writer import WARN

from .sheet import BODY, SUMMARY, Disagreement, KeyFigure, ReportSheet, Workbook, marked

WIDTHS = [16, 30, 20, 20, 26]


def begun(book: Workbook) -> ReportSheet:
    sheet = ReportSheet(book, book.report.title, f"{book.report.date_printed} 기준 · 간부용", tab=SUMMARY)
    if book.proof:
        sheet.note(f"※ {book.proof}")
    return sheet


def fill(book: Workbook, sheet: ReportSheet):
    for note in book.report.cover_notes:
        sheet.note(f"※ {note}")
    sheet.heading("주요 수치")
    sheet.header(["구분", "항목", "값", "단위", "자세히"], repeat=False)
    for tab, figures in groupby(book.key_figures, key=lambda figure: figure.place.sheet):
        for place, figure in enumerate(figures):
            _figure(sheet, "" if place else tab, figure)
    _disagreements(sheet, book.disagreements)
    sheet.row += 1
    sheet.heading("시트")
    for name, about in book.contents:
        sheet.link(sheet.row, 0, name, name, **BODY)
        sheet.merged(sheet.row, 1, 1, len(WIDTHS) - 1, about, **BODY, indent=1)
        sheet.row += 1
    sheet.close(WIDTHS)


def _figure(sheet: ReportSheet, subject: str, figure: KeyFigure):
    tab = figure.place.sheet
    sheet.text(sheet.row, 0, subject, **BODY, bold=True)
    sheet.words(sheet.row, 1, figure.label)
    sheet.value(sheet.row, 2, figure.place.value, figure.name, **BODY, bold=True, num_format=figure.form)
    sheet.words(sheet.row, 3, figure.unit)
    sheet.link(sheet.row, 4, tab, f"{tab} ›", **BODY, indent=1)
    sheet.row += 1


def _disagreements(sheet: ReportSheet, found: Sequence[Disagreement]):
    if not found:
        return
    sheet.row += 1
    sheet.heading(f"적힌 값과 계산한 값이 다른 것 {COMPUTED_MARK} {len(found)}건")
    sheet.header(["구분", "항목", "적힌 값", "계산한 값", "자세히"], repeat=False)
    for disagreement in found:
        printed, computed, form = disagreement.printed, disagreement.computed, disagreement.form
        tab, warning = printed.sheet, {"num_format": marked(form), "font_color": WARN}
        sheet.text(sheet.row, 0, tab, **BODY, bold=True)
        sheet.words(sheet.row, 1, disagreement.what)
        sheet.value(sheet.row, 2, printed.value, printed.full, **BODY, **warning)
        sheet.value(sheet.row, 3, computed.value, computed.full, **BODY, num_format=form)
        sheet.link(sheet.row, 4, tab, f"{tab} ›", **BODY, indent=1)
        sheet.row += 1
