"""The glossary's terms, in its order."""

from dataclasses import dataclass

from core.remembered.ahead import reading
from core.snapshot import Snapshot
from glossary.entries import definitions

from ...report import Report


@dataclass(frozen=True)
class TermRow:
    """`text` is 개조식; `page` the page of the report that the heading refers to; `forms` how the term is written in texts."""

    slug: str
    name: str
    heading: str
    text: str
    english: str = ""
    abbreviation: str = ""
    page: int | None = None
    page_printed: str = ""
    forms: tuple[str, ...] = ()


@dataclass(frozen=True)
class GlossaryData:
    terms: tuple[TermRow, ...] = ()


@reading(definitions)
def assemble(snapshot: Snapshot, report: Report) -> GlossaryData:
    return GlossaryData(
        tuple(
            TermRow(
                slug=row.term.slug,
                name=row.term.name,
                heading=row.heading,
                text=row.text,
                english=row.term.english,
                abbreviation=row.term.abbreviation,
                page=row.page,
                page_printed=row.page_printed,
                forms=row.term.written_forms,
            )
            for row in definitions(snapshot)
        )
    )
