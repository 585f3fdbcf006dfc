"""What an edition, or one part of it, says otherwise than the report before."""

import re
from dataclasses import replace
from urllib.parse import urlencode

from django.urls import reverse

from core.models import Source
from glossary.entries import definitions
from seoul_digital.lib.tables import Table, as_cell

from ..comparison import page as compare_page
from ..comparison.compare import compare
from ..models import Submission
from ..report import Report
from .parts import WRITTEN_IN, Place
from .snapshot import reports_of

# Whose rows bear a unit, a project or a term.
NAMED = {
    Source.Scope.STAFFING,
    Source.Scope.DUTIES,
    Source.Scope.EXPENDITURE,
    Source.Scope.PROJECTS,
    Source.Scope.GLOSSARY,
}
NUMBER = re.compile(r"^\d+\. ")  # before a project's title
BECAME = " → "  # between the names of a unit and the one that it became


def changes_page(before: Report, report: Report, is_linked=True) -> compare_page.Page:
    """Projects lead to their pages on the later date, where readers can see it."""

    def project_url(slug):
        return (
            f"{reverse('projects:detail', args=[slug])}?{urlencode({'as_of': report.as_of})}"
            if is_linked
            else ""
        )

    return compare_page.page(compare(before, report), project_url)


def section_of(edition, snapshot, place: Place) -> compare_page.Section | None:
    """The part's subject as the page that compares two reports has it, but of this part alone; None where there is nothing to compare with."""
    report, before = reports_of(edition, snapshot)
    if before is None:
        return None
    scope = WRITTEN_IN[place.part][1]
    page = changes_page(before, report, is_linked=False)
    section = next(one for one in page.sections if one.slug == scope)
    is_whole = place.part == Submission.Part.TERMS and place.department.pk == edition.bureau_id
    return section if scope not in NAMED or is_whole else _narrowed(section, _names(snapshot, place))


def _names(snapshot, place: Place) -> set[str]:
    """What rows about the part are called."""
    if place.part == Submission.Part.TERMS:
        return {
            definition.heading for definition in definitions(snapshot) if definition.term_id in place.terms
        }
    return {place.title or place.department.name}


def _is_of(names: set[str], label: str) -> bool:
    """By whole names: one may begin another, which is somebody else's."""
    return not names.isdisjoint([label, NUMBER.sub("", label), *label.split(BECAME)])


def _narrowed(section, names):
    tables = [_rows_of(table, names) for table in section.tables]
    diffs = [one for one in section.diffs if _is_of(names, one.title)]
    return replace(
        section,
        sentence="",
        tables=[table for table in tables if table.rows],
        files=(),
        diffs=diffs,
        notes=(),
    )


def _rows_of(table: Table, names: set[str]) -> Table:
    """The rows under the names, with those below them."""
    rows, is_inside = [], False
    for row in table.rows:
        if not row.level or row.total:
            is_inside = _is_of(names, str(as_cell(row.cells[0]).value))
        if is_inside and not row.total:
            rows.append(row)
    return replace(table, rows=rows, notes=())
