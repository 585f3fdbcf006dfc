"""The managers' workbook: a sheet per part of the report, with live formulas. A function of the report alone."""

import io

from .chapters.expenditure import workbook as budgets
from .chapters.glossary import workbook as glossary
from .chapters.indicators import workbook as indicators
from .chapters.organisation import workbook as general
from .chapters.projects import project_sheets
from .chapters.projects import workbook as projects
from .comparison.workbook import changes
from .document import document_of
from .render.xlsx import origins, summary
from .render.xlsx.sheet import Workbook
from .report import Report
from .unit_report import of_unit

__all__ = ["to_xlsx", "unit_to_xlsx"]


def to_xlsx(report: Report, before: Report | None = None) -> bytes:
    """`before` is the report of the base date before, for what has changed since. The same bytes for the same reports."""
    return _written(report, report, before)


def unit_to_xlsx(report: Report, slug: str) -> bytes | None:
    """What the report says of a unit and of those below it; None where it says nothing."""
    part = of_unit(report, slug)
    return part and _written(part, report, None)


def _written(report: Report, whole: Report, before: Report | None) -> bytes:
    """`report` may be a part of the `whole`."""
    out = io.BytesIO()
    with Workbook(out, report, whole) as book:
        front = summary.begun(book)
        _fill(book, before)
        summary.fill(book, front)
    return out.getvalue()


def _fill(book: Workbook, before: Report | None):
    document = document_of(book.report)
    projects.plan(book)
    for write in (
        general.organisation,
        general.staffing,
        general.duties,
        budgets.revenue,
        budgets.expenditure,
        general.vision,
    ):
        write(book)
    projects.projects(book)
    projects.schedule(book)
    project_sheets.sections(book, document)
    indicators.indicators(book)
    glossary.glossary(book, document)
    if before:
        changes(book, before)
    origins.origins(book)
