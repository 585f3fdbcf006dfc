"""What an edition, or one part of it, says otherwise than the report before."""

import re
from collections.abc import Collection
from dataclasses import replace
from urllib.parse import urlencode

from django.urls import reverse

from core.snapshot import Snapshot
from seoul_digital.lib.tables import Row, Table, as_cell

from ...comparison.compare import compare
from ...comparison.page import ComparisonPage, page_of
from ...comparison.section import Section
from ...models import Edition
from ...report import Report
from ..parts import CollectedPart
from ..snapshot import reports_of

NUMBER = re.compile(r"^\d+\. ")  # before a project's title
BECAME = " → "  # between the names of a unit and the one that it became


def changes_page(before: Report, report: Report, is_linked: bool = True) -> ComparisonPage:
    """Projects lead to their pages on the later date, where readers can see it."""

    def project_url(slug: str) -> str:
        query = urlencode({"as_of": report.as_of})
        return f"{reverse('projects:detail', args=[slug])}?{query}" if is_linked else ""

    return page_of(compare(before, report, edits_only=True), project_url)


def section_of(edition: Edition, snapshot: Snapshot, place: CollectedPart) -> Section | None:
    """The chapter's section of the comparison, but of this part alone; None where there is nothing to compare with."""
    report, before = reports_of(edition, snapshot)
    if before is None:
        return None
    page = changes_page(before, report, is_linked=False)
    section = next(section for section in page.sections if section.slug == place.part)
    return section if place.request.is_whole else _narrowed(section, place.names)


def _is_of(names: Collection[str], label: str) -> bool:
    """By whole names: one may begin another, which is somebody else's."""
    return not set(names).isdisjoint([label, NUMBER.sub("", label), *label.split(BECAME)])


def _narrowed(section: Section, names: Collection[str]) -> Section:
    tables = [_rows_of(table, names) for table in section.tables]
    filled = [table for table in tables if table.rows]
    diffs = [diff for diff in section.diffs if _is_of(names, diff.title)]
    return replace(section, sentence="", tables=filled, files=(), diffs=diffs, notes=())


def _rows_of(table: Table, names: Collection[str]) -> Table:
    """The rows under the names, with those below them."""
    rows: list[Row] = []
    is_inside = False
    for row in table.rows:
        if not row.level or row.total:
            is_inside = _is_of(names, str(as_cell(row.cells[0]).value))
        if is_inside and not row.total:
            rows.append(row)
    return replace(table, rows=rows, notes=())
