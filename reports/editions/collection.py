"""The collection (취합) of an edition: every part with how far it is, and what is open in it. A fixed number of queries."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils import timezone

from core.models import Source
from core.snapshot import Snapshot
from departments.models import Department, User

from ..findings import Explained, findings_of
from ..models import Edition, Submission
from .activity import PartChange, last_changes
from .parts import CollectedPart, Parts
from .snapshot import own_sources, snapshot_of

STATES = Submission.State
DRAFTING = "drafting"
# In the order of the work; the key of the glyph and the word.
SHOWN = {
    STATES.NOT_BEGUN: ("planned", "시작 전"),
    DRAFTING: ("undetermined", "작성 중"),
    STATES.RETURNED: ("warn", "반려"),
    STATES.SUBMITTED: ("in_progress", "제출"),
    STATES.CONFIRMED: ("done", "확인"),
}
MISSING = {STATES.NOT_BEGUN, DRAFTING, STATES.RETURNED}


@dataclass
class PartCell:
    """A part with what was done about it. `change` is a person's last one of its facts since the edition was opened."""

    place: CollectedPart
    submission: Submission | None = None
    change: PartChange | None = None
    changed_by: User | None = None
    edit_url: str = ""

    @property
    def stored(self) -> str:
        return self.submission.state if self.submission else STATES.NOT_BEGUN

    @property
    def state(self) -> str:
        """That somebody writes is told by history, not by a button."""
        return DRAFTING if self.stored == STATES.NOT_BEGUN and self.change else self.stored

    @property
    def glyph(self) -> str:
        return SHOWN[self.state][0]

    @property
    def word(self) -> str:
        return SHOWN[self.state][1]

    @property
    def is_missing(self) -> bool:
        return self.state in MISSING

    @property
    def changed_since(self) -> str:
        """`제출 뒤 고침`: the facts are others than those that were handed in, returned or confirmed."""
        if self.stored == STATES.NOT_BEGUN or not (self.change and self.submission.at):
            return ""
        return f"{self.word} 뒤 고침" if self.change.at > self.submission.at else ""

    @property
    def version_token(self) -> str:
        """The mark of what is shown of it: its state and its last change."""
        return f"{self.stored} {self.change.at.isoformat()}" if self.change else self.stored

    @property
    def owner(self) -> User | None:
        return self.submission.owner if self.submission else None

    @property
    def note(self) -> str:
        """Why it was returned."""
        return self.submission.note if self.submission and self.stored == STATES.RETURNED else ""


@dataclass
class UnitParts:
    department: Department
    cells: list[PartCell]
    findings: list[Explained] = field(default_factory=list)

    def in_column(self, part) -> list[PartCell]:
        return [cell for cell in self.cells if cell.place.column == part]

    @property
    def missing(self) -> list[PartCell]:
        return [cell for cell in self.cells if cell.is_missing]


@dataclass
class Collection:
    """`findings` are all on the edition's snapshot, those that hold included."""

    edition: Edition
    snapshot: Snapshot
    parts: Parts
    sources: list[Source]
    rows: list[UnitParts]
    findings: list[Explained]

    @property
    def cells(self) -> list[PartCell]:
        return [cell for row in self.rows for cell in row.cells]

    @cached_property
    def counts(self) -> Counter:
        return Counter(cell.state for cell in self.cells)

    @property
    def missing(self) -> list[UnitParts]:
        return [row for row in self.rows if row.missing]

    @property
    def unconfirmed(self) -> list[PartCell]:
        """What was changed after it was confirmed included: nobody has looked at it as it is."""
        return [cell for cell in self.cells if cell.state != STATES.CONFIRMED or cell.changed_since]

    @property
    def drafts(self) -> list[Source]:
        return [source for source in self.sources if source.state == Source.State.DRAFT]

    def cell(self, key) -> PartCell | None:
        return next((cell for cell in self.cells if cell.place.key == key), None)


def days_left(edition, today: date | None = None) -> int:
    """Until the deadline, negative once it is past: the one thing that is told by today's clock."""
    return (edition.deadline - (today or timezone.localdate())).days


def collection_of(edition) -> Collection:
    snapshot = snapshot_of(edition)
    parts, sources = Parts(snapshot, edition.bureau), own_sources(edition, snapshot)
    changes = last_changes(sources, edition.created_at) if sources else {}
    stored = {
        (row.department_id, row.part, row.project_id): row
        for row in edition.submissions.select_related("owner__department", "by")
    }
    people = User.objects.in_bulk({change.user_id for change in changes.values()})
    rows = [
        UnitParts(unit, [_cell(place, stored, changes, people, sources) for place in places])
        for unit, places in parts.by_unit
    ]
    found = findings_of(snapshot)
    _hand_out(found, rows, parts)
    return Collection(edition, snapshot, parts, sources, rows, found)


def _cell(place, stored, changes, people, sources):
    known = [changes[key] for key in place.watched if key in changes]
    change = max(known, key=lambda change: change.at, default=None)
    changed_by = people.get(change.user_id) if change else None
    return PartCell(place, stored.get(place.key), change, changed_by, place.edit_url(sources))


def _hand_out(found, rows, parts):
    """Open findings to the rows of their units or, where a unit has none, of the nearest one above; what is nobody's is the bureau's."""
    by_key = {row.department.pk: row for row in rows}
    keys = {unit.slug: unit.department.pk for top in parts.tree for unit in top.walk()}
    for explained in found:
        if explained.is_open:
            unit = parts.nearest(keys.get(explained.finding.department), by_key)
            by_key.get(unit, rows[0]).findings.append(explained)
