"""What the home page asks of those who work on an open edition: their missing and returned parts, or the state of all."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.http import urlencode

from core.snapshot import Snapshot
from departments.models import Department
from reports.editions import words
from reports.editions.access import Access
from reports.editions.changes.edited_since import EditedSince, edited_since_publication
from reports.editions.collection import Collection, UnitParts, collection_of
from reports.editions.edition_overview import PartCellView, shown_cell, submittable
from reports.models import Edition

FINDINGS_SHOWN = 5


@dataclass(frozen=True)
class UnitTasks:
    """Of one unit: what was sent back, what else is missing, and what does not agree."""

    department: Department
    returned: list[PartCellView]
    missing: list[PartCellView]
    findings: list[Any]
    findings_url: str

    @property
    def submittable(self) -> list[PartCellView]:
        """What is handed in with one press."""
        return submittable((*self.returned, *self.missing))

    @property
    def more_findings(self) -> int:
        return max(len(self.findings) - FINDINGS_SHOWN, 0)


@dataclass(frozen=True)
class EditionTasks:
    """`units` are the reader's own with something to do; `leads` say how far all are, for planners."""

    edition: Edition
    url: str
    countdown: str
    deadline: str
    leads: list[str]
    units: list[UnitTasks]
    is_planner: bool


@dataclass(frozen=True)
class Tasks:
    editions: list[EditionTasks]
    edited: EditedSince | None


def tasks(snapshot: Snapshot, user: Any) -> Tasks | None:
    """None for those who only read."""
    if not user.is_staff:
        return None
    bureau: Any = snapshot.chosen
    access = Access(user, bureau)
    if not access.sees_unpublished:
        return None
    open_editions = Edition.objects.of_bureaus(Department.objects.lineage_of(bureau))
    found = open_editions.exclude(state=Edition.State.PUBLISHED).order_by("deadline", "pk")
    edited = edited_since_publication(bureau, snapshot) if access.is_planner else None
    return Tasks([_tasks_of(edition, snapshot, user) for edition in found], edited)


def _tasks_of(edition: Edition, snapshot: Snapshot, user: Any) -> EditionTasks:
    access, collection = Access(user, edition.bureau), collection_of(edition)
    own = [row for row in collection.rows if row.department.pk in user.unit_ids]
    units = [] if access.is_planner else list(_units(own, collection, access, snapshot))
    url, leads = snapshot.url("reports:edition", edition.pk), words.lead(collection)[1:]
    return EditionTasks(
        edition,
        url,
        words.countdown(edition),
        words.deadline_words(edition),
        leads if access.is_planner or not own else [],
        units,
        access.is_planner,
    )


def _units(
    rows: list[UnitParts], collection: Collection, access: Access, snapshot: Snapshot
) -> Iterator[UnitTasks]:
    edition = collection.edition
    for row in rows:
        missing = [shown_cell(cell, edition, access) for cell in row.missing]
        findings = snapshot.url("reports:findings", edition.pk)
        mark = "&" if "?" in findings else "?"
        yield UnitTasks(
            row.department,
            [row for row in missing if row.cell.note],
            [row for row in missing if not row.cell.note],
            [explained.finding for explained in row.findings],
            f"{findings}{mark}{urlencode({'department': row.department.slug})}",
        )
