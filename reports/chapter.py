"""What the rest of reports/ asks of a chapter. `reports.chapters.CHAPTERS` lists them; nothing else knows one by name."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.snapshot import Snapshot

from .comparison.changes import ReportPair
from .comparison.section import Section
from .comparison.tables import ComparedDates
from .editions.part import EditionPart
from .render.blocks import Block, DocumentChapter
from .render.xlsx.sheet import Workbook
from .report import Report


@dataclass(frozen=True)
class Printed:
    """The part (Ⅰ, Ⅱ …) of the document that a chapter is printed in; neighbours that name the same one share it.

    `follows_source`: it is headed as the source is, where the source has a heading.
    """

    key: str
    title: str
    is_numbered: bool = True
    follows_source: bool = True


@dataclass(frozen=True)
class DocumentSoFar:
    """What a chapter is printed with: the whole report, and the parts of the document that stand before it."""

    report: Report
    chapters: Sequence[DocumentChapter] = ()


@dataclass(frozen=True)
class UnitExtract:
    """What a chapter's part about one unit is taken with: the whole report, the unit's slug, `own` with the slugs of those
    below it too, and `document`, which prints what the chapters before say of it."""

    report: Report
    slug: str
    own: frozenset[str]
    document: Callable[[], Sequence[DocumentChapter]]


@dataclass(frozen=True)
class Chapter:
    """A subject of the report with a source of its own. `key` names it in `Report.chapters`, in addresses and in files.

    - `data`: the dataclass of its values; `empty`: the values of a source that says nothing, None where there are none.
    - `assemble`: the values in force for a snapshot, from the report's cover; None without a source.
    - `compare`: from the values of two reports what changed, with `counts`; `section` shows it.
    - `blocks`: its part of the document, printed in `printed_in` or in a numbered part of its own.
    - `sheets`: writes its sheets of the workbook.
    - `edition_part`: what an edition collects of it.
    - `told_on`: the day of its values, where that is not their source's: the report's where it gives None.
    - `of_unit`: what it says of one unit; without it a unit's workbook has nothing of the chapter.
    """

    key: str
    scope: str
    title: str
    data: type
    assemble: Callable[[Snapshot, Report], Any]
    compare: Callable[[Any, Any, ReportPair], Any]
    section: Callable[[Any, ComparedDates], Section]
    empty: Any = None
    blocks: Callable[[Any, DocumentSoFar], Iterable[Block]] | None = None
    printed_in: Printed | None = None
    sheets: Callable[[Any, Workbook], None] | None = None
    of_unit: Callable[[Any, UnitExtract], Any] | None = None
    edition_part: EditionPart | None = None
    told_on: Callable[[Any], date | None] | None = None
