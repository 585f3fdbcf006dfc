"""What an edition, or one part of it, says otherwise than the report before."""

from dataclasses import replace
from urllib.parse import urlencode

from django.urls import reverse

from departments.models import Source
from seoul_digital.tables import Table, as_cell

from .. import compare_page
from ..assembly import Report
from ..comparison import compare
from .parts import WRITTEN_IN, Place
from .reading import reports_of

NAMED = {Source.Scope.STAFFING, Source.Scope.DUTIES, Source.Scope.EXPENDITURE, Source.Scope.PROJECTS}  # whose rows bear a unit or project


def changes_page(before: Report, report: Report, is_linked=True) -> compare_page.Page:
    """Projects lead to their pages on the later date, where readers can see it."""

    def project_url(slug):
        return f"{reverse('projects:detail', args=[slug])}?{urlencode({'as_of': report.as_of})}" if is_linked else ""

    return compare_page.page(compare(before, report), project_url)


def section_of(edition, reading, place: Place) -> compare_page.Section | None:
    """The part's subject as the page that compares two reports has it, but of this part alone; None where there is nothing to compare with."""
    report, before = reports_of(edition, reading)
    if before is None:
        return None
    scope = WRITTEN_IN[place.part][1]
    page = changes_page(before, report, is_linked=False)
    section = next(one for one in page.sections if one.slug == scope)
    return _narrowed(section, place.title or place.department.name) if scope in NAMED else section


def _narrowed(section, name):
    tables = [_rows_of(table, name) for table in section.tables]
    diffs = [one for one in section.diffs if name in one.title]
    return replace(section, sentence="", tables=[table for table in tables if table.rows], files=(), diffs=diffs, notes=())


def _rows_of(table: Table, name: str) -> Table:
    """The rows under the name, with those below them."""
    rows, is_inside = [], False
    for row in table.rows:
        if not row.level or row.total:
            is_inside = name in str(as_cell(row.cells[0]).value)
        if is_inside and not row.total:
            rows.append(row)
    return replace(table, rows=rows, notes=())
