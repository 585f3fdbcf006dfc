"""Which parts an edition has: what its units figure in, by unit in the order of the tree, and what is the bureau's own."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Model
from django.urls import reverse

from core.models import Source
from core.snapshot import Snapshot
from departments.models import Department
from departments.organisation import Unit, units
from projects.models import Project

from ..chapter import Chapter
from ..chapters import CHAPTERS
from .part import EditionPart, PartRequest, Requested

Key = tuple[str, int | None]  # a chapter's key, and the unit, the project, the term that its rows are about


def collected() -> list[tuple[Chapter, EditionPart]]:
    """The chapters that an edition collects, in the report's order."""
    return [(chapter, chapter.edition_part) for chapter in CHAPTERS if chapter.edition_part]


def labels() -> dict[str, str]:
    """What the parts are called, by key."""
    return {chapter.key: part.label or chapter.title for chapter, part in collected()}


def columns() -> dict[str, str]:
    """The columns of the grid with their labels: the parts that do not stand in another's."""
    own = {chapter.key for chapter, part in collected() if not part.column}
    return {key: label for key, label in labels().items() if key in own}


def lacking_words(snapshot: Snapshot) -> list[str]:
    """`집행액 미제출(데이터센터)`: what has not been delivered of the parts, and by whom, where not by all."""
    own = [unit.department for top in units(snapshot) for unit in top.own]
    found = []
    for _, part in collected():
        words, lacking = part.lacking(snapshot)
        if lacking:
            names = [unit.name for unit in own if unit in lacking]
            found.append(words if len(names) in (0, len(own)) else f"{words}({', '.join(names)})")
    return found


@dataclass(frozen=True)
class CollectedPart:
    """A part of a unit; of the projects' chapter each project is one."""

    department: Department
    chapter: Chapter
    request: PartRequest

    @property
    def part(self) -> str:
        return self.chapter.key

    @property
    def project(self) -> Project | None:
        return self.request.project

    @property
    def key(self) -> tuple[int, str, int | None]:
        return self.department.pk, self.part, self.project.pk if self.project else None

    @property
    def label(self) -> str:
        return self.request.title or self.chapter.edition_part.label or self.chapter.title

    @property
    def column(self) -> str:
        return self.chapter.edition_part.column or self.part

    @property
    def names(self) -> set[str]:
        """What rows about it are called in a comparison."""
        return set(self.request.names) or {self.department.name}

    @property
    def watched(self) -> list[Key]:
        """Under which keys `activity` knows its changes."""
        keys: list[Key] = [(self.part, subject) for subject in self.request.subjects]
        other = self.chapter.edition_part.unclaimed_of
        return [*keys, (other, None)] if other and self.request.is_whole else keys

    @property
    def model(self) -> type[Model]:
        return self.chapter.edition_part.model

    def edit_url(self, sources: Sequence[Source]) -> str:
        """Where it is written in admin: of the sources (the edition's own) the newest of its scope; '' where there is none."""
        source = next((source for source in sources if source.scope == self.chapter.scope), None)
        base = f"admin:{self.model._meta.app_label}_{self.model._meta.model_name}"
        if source is None:
            return ""
        if self.request.row:
            return reverse(f"{base}_change", args=[self.request.row])
        filtered = self.chapter.edition_part.admin_filter
        narrow = {filtered: self.department.pk} if filtered else {}
        return f"{reverse(f'{base}_changelist')}?{urlencode({'source__id__exact': source.pk, **narrow})}"


@dataclass
class Parts:
    """Of one edition's snapshot. `parents` lead from a unit's key to the one above it."""

    snapshot: Snapshot
    bureau: Department
    tree: list[Unit] = field(init=False)

    def __post_init__(self):
        self.tree = units(self.snapshot)

    @cached_property
    def parents(self) -> dict[int, int]:
        return {
            child.department.pk: unit.department.pk
            for top in self.tree
            for unit in top.walk()
            for child in unit.children
        }

    def nearest(self, unit: int | None, known: Container[int]) -> int | None:
        """The unit or the nearest one above it that is known; None where none is."""
        while unit is not None and unit not in known:
            unit = self.parents.get(unit)
        return unit

    @cached_property
    def by_unit(self) -> list[tuple[Department, list[CollectedPart]]]:
        """The bureau's own row first; units that nothing is asked of are left out."""
        found = self._requests()
        walked = [unit.department for top in self.tree for unit in top.walk()]
        placed = [self.bureau, *(unit for unit in walked if unit.pk != self.bureau.pk)]
        lost = Department.objects.filter(pk__in=found.keys() - {unit.pk for unit in placed})
        return [
            (unit, [CollectedPart(unit, *asked) for asked in found[unit.pk]])
            for unit in (*placed, *lost)
            if unit.pk in found
        ]

    def _requests(self) -> dict[int, list[tuple[Chapter, PartRequest]]]:
        """What each unit is asked for; of the divisions and offices every part, whether it is there or not."""
        own = frozenset(unit.department.pk for top in self.tree for unit in top.own)
        asked = Requested(self.snapshot, self.bureau, own)
        found: dict[int, list[tuple[Chapter, PartRequest]]] = {}
        for chapter, part in collected():
            for unit, requests in part.requests(asked, chapter.scope).items():
                found.setdefault(unit, []).extend((chapter, request) for request in requests)
        return found
