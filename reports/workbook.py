"""The managers' workbook: the sheets of each chapter, with live formulas. A function of the report alone."""

import io
from hashlib import sha256

from .chapters import CHAPTERS
from .comparison.workbook import changes
from .document import chapters_of
from .render.xlsx import origins, summary
from .render.xlsx.sheet import Workbook
from .report import Report
from .serial import to_json
from .text_size import require_printable
from .unit_report import of_unit


def to_xlsx(report: Report, before: Report | None = None, proof: str = "") -> bytes:
    """`before` is the report of the base date before, for what has changed since. `proof` is printed on its first sheet.
    The same bytes for the same reports.

    Raises ReportTooLargeError.
    """
    require_printable(report, before)
    return _written(report, report, before, proof)


def unit_to_xlsx(report: Report, slug: str) -> bytes | None:
    """What the report says of a unit and of those below it; None where it says nothing."""
    part = of_unit(report, slug)
    return _written(part, report, None) if part else None


def _written(report: Report, whole: Report, before: Report | None, proof: str = "") -> bytes:
    """`report` may be a part of the `whole`."""
    out = io.BytesIO()
    with Workbook(out, report, chapters_of(report), proof) as book:
        front = summary.begun(book)
        for chapter in CHAPTERS:
            if chapter.sheets and chapter.key in report.chapters:
                chapter.sheets(report.chapters[chapter.key], book)
        if before:
            changes(book, before)
        digest = sha256(to_json(whole).encode()).hexdigest()
        origins.origins(book, whole, digest, {chapter.scope: chapter.title for chapter in CHAPTERS})
        summary.fill(book, front)
    return out.getvalue()
