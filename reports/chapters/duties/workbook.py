"""주요업무: what each unit is charged with, a duty a row."""

from core.models import Source

from ...render.xlsx.sheet import BODY, ReportSheet, Workbook
from .data import DutiesData

WIDTHS = [24, 84]


def sheets(data: DutiesData, book: Workbook):
    heading = book.report.heading_of(Source.Scope.DUTIES) or "부서별 주요업무"
    sheet = ReportSheet(book, heading, tab="주요업무", about=heading)
    sheet.header(["부서(기관)별", "주요업무"])
    look = {"bold": True, "align": "center", "valign": "top", "text_wrap": True, **BODY}
    for unit in data.units:
        if unit.texts:
            sheet.merged(sheet.row, 0, len(unit.texts), 1, unit.name, **look)
        for text in unit.texts:
            sheet.words(sheet.row, 1, text)
            sheet.row += 1
    sheet.close(WIDTHS)
