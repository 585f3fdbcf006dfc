"""용어: a term a row, its definition as text, and the project that it is about."""

from core.models import Source

from ...render.blocks import TermEntry
from ...render.xlsx.drawing import lines_of
from ...render.xlsx.sheet import BODY, ReportSheet, Workbook
from ..projects.workbook import sheet_names
from .data import GlossaryData

WIDTHS = [28, 90, 46]


def sheets(data: GlossaryData, book: Workbook):
    """Terms as the report's document prints them: there they know what they are about."""
    heading = book.report.heading_of(Source.Scope.GLOSSARY) or "용어 설명"
    sheet = ReportSheet(book, heading, tab="용어", about=heading)
    sheet.header(["용어", "뜻풀이", "다룬 사업"])
    for chapter in book.document:
        for block in chapter.blocks:
            if isinstance(block, TermEntry):
                _term(sheet, block)
    sheet.close(WIDTHS, landscape=True)


def _term(sheet: ReportSheet, term: TermEntry):
    text = "\n".join(lines_of(term.body))
    sheet.words(sheet.row, 0, term.heading, bold=True)
    sheet.words(sheet.row, 1, text)
    names = sheet_names(sheet.book.report)
    # Keys of a project's places begin with the project's own.
    slugs = [slug for slug in names if f"{term.target}-".startswith(f"project-{slug}-")]
    if slugs:
        sheet.link(sheet.row, 2, names[max(slugs, key=len)], term.target_title, **BODY, indent=1)
    else:
        sheet.words(sheet.row, 2, term.target_title)
    sheet.row += 1
