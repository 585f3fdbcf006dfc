"""The document of a report: its chapters in the order of the report, built once for all renderers. No request, no query."""

import re
from itertools import groupby

from .chapter import Chapter, DocumentSoFar, Printed
from .chapters import CHAPTERS
from .comparison.document import change_blocks
from .render.blocks import Document, DocumentChapter, HeadingBlock
from .report import Report
from .text_size import require_printable

ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
_NUMBER = re.compile(f"^[{ROMAN}]+[.\\s]\\s*")


def document_of(report: Report, before: Report | None = None, proof: str = "") -> Document:
    """`before` is the report of the base date before, for what has changed since; what has no content is left out. `proof` is
    printed on the cover.

    Raises ReportTooLargeError.
    """
    require_printable(report, before)
    chapters = chapters_of(report)
    if before:
        heading = HeadingBlock(1, "지난 보고 대비 변경사항", "chapter-changes", opens_page=True)
        chapters.append(DocumentChapter(heading, tuple(change_blocks(before, report))))
    cover = (report.title, report.bureau.name, report.as_of, report.date_printed)
    return Document(*cover, tuple(chapters), report.council_session, report.cover_notes, proof)


def chapters_of(report: Report) -> list[DocumentChapter]:
    """Chapters that are printed in the same numbered part stand next to each other in CHAPTERS."""
    done: list[DocumentChapter] = []
    number = 0
    for printed, group in groupby(
        [chapter for chapter in CHAPTERS if chapter.blocks],
        key=lambda chapter: chapter.printed_in or Printed(chapter.key, chapter.title),
    ):
        chapters, so_far = list(group), DocumentSoFar(report, tuple(done))
        blocks = tuple(
            block
            for chapter in chapters
            if chapter.key in report.chapters
            for block in chapter.blocks(report.chapters[chapter.key], so_far)
        )
        if blocks:
            number += printed.is_numbered
            done.append(DocumentChapter(_heading(report, printed, chapters[0], number), blocks))
    return done


def _heading(report: Report, printed: Printed, chapter: Chapter, number: int) -> HeadingBlock:
    """Called as its source calls it, but numbered as it stands here."""
    own = report.heading_of(chapter.scope) if printed.follows_source else ""
    mark = f"{ROMAN[number - 1]}." if printed.is_numbered else ""
    return HeadingBlock(
        1, _NUMBER.sub("", own) or printed.title, f"chapter-{printed.key}", mark, opens_page=True
    )
