"""The collection (취합) of an edition: every part with how far it is, and what is open in it. A fixed number of queries."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils import timezone

from core.models import Source
from core.snapshot import Snapshot
from departments.models import Department, User

from ..findings import Explained, errors_left, findings_of
from ..models import Edition, Submission
from ..models.published import digest
from .activity import PartChange, last_changes
from .contents import fingerprints
from .part import WHOLE, PastValue
from .parts import CollectedPart, Key, Parts, collected
from .snapshot import own_sources, reported_sources, snapshot_of
from .sources import EditionSources, sources_of

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
    """A part with what was done about it. `change` is a person's last one of its facts since the edition was opened, `version` the
    fingerprint of what it says now; `lacks` names what has not been delivered of it, `past` is what it says of an earlier day."""

    place: CollectedPart
    submission: Submission | None = None
    change: PartChange | None = None
    changed_by: User | None = None
    edit_url: str = ""
    version: str = ""
    lacks: str = ""
    past: list[PastValue] = field(default_factory=list)

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
        if self.stored == STATES.NOT_BEGUN or self.submission.version == self.version:
            return ""
        return f"{self.word} 뒤 고침"

    @property
    def hold_reason(self) -> str:
        """Why it is not handed in along with the unit's other parts, as a sentence."""
        if self.stored == STATES.RETURNED and not self.changed_since:
            return "반려된 뒤 고친 것이 없습니다."
        return f"아직 {self.lacks}입니다." if self.lacks else ""

    @property
    def is_confirmed(self) -> bool:
        """As it now stands."""
        return self.stored == STATES.CONFIRMED and not self.changed_since

    @property
    def version_token(self) -> str:
        """The mark of what is shown of it: its state and what it says."""
        return f"{self.stored} {self.version}"

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
    collection: "Collection | None" = field(default=None, repr=False, compare=False)

    @property
    def findings(self) -> list[Explained]:
        """Those that are open, of the unit and of units below it that have no row."""
        return self.collection.findings_by_unit.get(self.department.pk, []) if self.collection else []

    def in_column(self, part) -> list[PartCell]:
        return [cell for cell in self.cells if cell.place.column == part]

    @property
    def missing(self) -> list[PartCell]:
        return [cell for cell in self.cells if cell.is_missing]


@dataclass
class Collection:
    """`sources` are those that people write in; `of_edition` what becomes of the drafts by publishing."""

    edition: Edition
    snapshot: Snapshot
    parts: Parts
    sources: list[Source]
    rows: list[UnitParts]
    of_edition: EditionSources

    def __post_init__(self):
        for row in self.rows:
            row.collection = self

    @cached_property
    def findings(self) -> list[Explained]:
        """All on the edition's snapshot, those that hold included."""
        return findings_of(self.snapshot)

    @property
    def errors(self) -> list[Explained]:
        """What keeps it from being published; not what a source says that the edition only shows and does not bring."""
        brought = (*self.of_edition.drafts, *self.of_edition.deliveries)
        own = {"", *(source.scope for source in brought)}
        return [error for error in errors_left(self.findings) if error.finding.scope in own]

    @cached_property
    def findings_by_unit(self) -> dict[int, list[Explained]]:
        """Open ones by the key of their unit or, where it has no row, of the nearest one above that has; what is nobody's is the bureau's."""
        rows = {row.department.pk for row in self.rows}
        keys = {unit.slug: unit.department.pk for top in self.parts.tree for unit in top.walk()}
        found: dict[int, list[Explained]] = {}
        for explained in self.findings:
            if explained.is_open:
                unit = self.parts.nearest(keys.get(explained.finding.department), rows)
                found.setdefault(unit or self.rows[0].department.pk, []).append(explained)
        return found

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
        return [cell for cell in self.cells if not cell.is_confirmed]

    @property
    def lacking(self) -> list[PartCell]:
        """Parts of which something has not been delivered, handed in or not."""
        return [cell for cell in self.cells if cell.lacks]

    @property
    def past_count(self) -> int:
        """Values of an earlier day that nobody has kept or renewed."""
        return sum(len(cell.past) for cell in self.cells)

    def cell(self, key) -> PartCell | None:
        return next((cell for cell in self.cells if cell.place.key == key), None)


def days_left(edition, today: date | None = None) -> int:
    """Until the deadline, negative once it is past: the one thing that is told by today's clock."""
    return (edition.deadline - (today or timezone.localdate())).days


def collection_of(edition, snapshot: Snapshot | None = None) -> Collection:
    snapshot = snapshot or snapshot_of(edition)
    parts, of_edition = Parts(snapshot, edition.bureau), sources_of(edition, snapshot.executed_after)
    sources = [*own_sources(edition, snapshot), *of_edition.unwritten]
    changes = last_changes(sources, edition.created_at) if sources else {}
    stored = {row.key: row for row in edition.submissions.select_related("owner__department", "by")}
    known = _Known(
        sources,
        changes,
        stored,
        User.objects.in_bulk({change.user_id for change in changes.values()}),
        fingerprints(reported_sources(snapshot)),
        _lacking(snapshot),
        _past(snapshot),
    )
    rows = [UnitParts(unit, [known.cell(place) for place in places]) for unit, places in parts.by_unit]
    return Collection(edition, snapshot, parts, sources, rows, of_edition)


def _lacking(snapshot: Snapshot) -> dict[tuple[str, int], str]:
    """By chapter and unit what has not been delivered."""
    found: dict[tuple[str, int], str] = {}
    for chapter, part in collected():
        words, lacking = part.lacking(snapshot)
        found |= {(chapter.key, unit.pk): words for unit in lacking}
    return found


def _past(snapshot: Snapshot) -> dict[Key, list[PastValue]]:
    return {
        (chapter.key, subject): values
        for chapter, part in collected()
        for subject, values in part.past_values(snapshot).items()
    }


@dataclass
class _Known:
    """What is known of all parts."""

    sources: list[Source]
    changes: dict[Key, PartChange]
    stored: dict[tuple, Submission]
    people: dict[int, User]
    fingerprints: dict[Key, str]
    lacking: dict[tuple[str, int], str]
    past: dict[Key, list[PastValue]]

    def cell(self, place: CollectedPart) -> PartCell:
        known = [self.changes[key] for key in place.watched if key in self.changes]
        change = max(known, key=lambda change: change.at, default=None)
        return PartCell(
            place,
            self.stored.get(place.key),
            change,
            self.people.get(change.user_id or 0) if change else None,
            place.edit_url(self.sources),
            digest(
                "\n".join(self.fingerprints.get(key, "") for key in (*place.watched, (place.part, WHOLE)))
            ),
            self.lacking.get((place.part, place.department.pk), ""),
            [value for key in place.watched for value in self.past.get(key, ())],
        )
