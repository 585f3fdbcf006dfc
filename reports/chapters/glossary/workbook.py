"""용어: a term a row, its definition as text, and the project that it is about."""

from ...render.blocks import Document, Term
from ...render.xlsx.drawing import lines_of
from ...render.xlsx.sheet import BODY, Sheet, Workbook

WIDTHS = [28, 90, 46]


def glossary(book: Workbook, document: Document):
    """`document` is the report's own: its terms know what they are about."""
    if not book.report.glossary:
        return
    source = book.report.source("glossary")
    heading = (source and source.heading) or "용어 설명"
    sheet = Sheet(book, heading, tab="용어", about=heading)
    sheet.header(["용어", "뜻풀이", "다룬 사업"])
    for chapter in document.chapters:
        for block in chapter.blocks:
            if isinstance(block, Term):
                _term(sheet, block)
    sheet.close(WIDTHS, landscape=True)


def _term(sheet: Sheet, term: Term):
    text = "\n".join(lines_of(term.body))
    sheet.words(sheet.row, 0, term.heading, bold=True)
    sheet.words(sheet.row, 1, text)
    target = _sheet_of(sheet.book, term.target)
    if target:
        sheet.link(sheet.row, 2, target, term.target_title, **BODY, indent=1)
    else:
        sheet.words(sheet.row, 2, term.target_title)
    sheet.row += 1


def _sheet_of(book: Workbook, target: str) -> str:
    """Keys of a project's places begin with the project's own."""
    slugs = [
        slug
        for slug in book.project_sheets
        if target == f"project-{slug}" or target.startswith(f"project-{slug}-")
    ]
    return book.project_sheets[max(slugs, key=len)] if slugs else ""
