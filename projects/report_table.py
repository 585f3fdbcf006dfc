"""A project's report, line by line, as a table for its workbook."""

from collections.abc import Iterable, Iterator

from seoul_digital.lib.outline import parser
from seoul_digital.lib.outline.table import readable_lines
from seoul_digital.lib.tables import Column, Row, Table

from .detail import ProjectPage
from .models import Contact


def report_table(page: ProjectPage, contacts: Iterable[Contact], as_of) -> Table:
    """Texts as they are written, a line a row."""
    rows = [Row([part, line]) for part, line in _lines(page, contacts)]
    return Table("report", "보고 내용", [Column("구분"), Column("내용", width="wide")], rows, as_of=as_of)


def _lines(page: ProjectPage, contacts: Iterable[Contact]) -> Iterator[tuple[str, str]]:
    brief = page.brief
    if brief.strategy:
        yield "추진전략", brief.strategy.name
    for contact in contacts:
        yield contact.role, f"{contact.names} ☎{contact.phone}" if contact.phone else contact.names
    yield "목적", brief.purpose
    yield from _text("사업개요", brief.overview)
    yield from _text("추진실적", brief.achievements)
    yield "사업예산", brief.budget_printed
    yield from _text(brief.schedule_heading, page.schedule)


def _text(part: str, text: str) -> Iterator[tuple[str, str]]:
    for line in parser.print_text(parser.parse(text), readable_lines).split("\n"):
        if line:
            yield part, line
