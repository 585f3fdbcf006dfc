"""Which parts an edition has: what its units figure in, by unit in the order of the tree, and what is the bureau's own."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Model
from django.urls import reverse

from budgets.models import BudgetFigure, RevenueFigure
from core.models import Source
from core.snapshot import Snapshot
from departments.models import Department, Duty, Placement, Staffing
from departments.organisation import Unit, units
from glossary.entries import definitions
from glossary.linking import Entry, Finder
from glossary.models import Definition
from projects.models import Brief, Project, Vision
from projects.search import words_of_briefs

from ..models import Submission
from .activity import WHOLE, Key

Part = Submission.Part
OF_A_UNIT = (Part.STAFFING, Part.DUTIES, Part.BUDGET, Part.PROJECT, Part.TERMS)
OF_THE_BUREAU = (Part.ORGANISATION, Part.VISION, Part.REVENUE, Part.TERMS)
# Where the parts of the bureau's own row stand in the grid.
COLUMN_OF = {Part.ORGANISATION: Part.STAFFING, Part.VISION: Part.DUTIES, Part.REVENUE: Part.BUDGET}
# The model that each part is written in, its scope, and how the list in admin is narrowed to one unit.
WRITTEN_IN: dict[str, tuple[type[Model], str, str]] = {
    Part.STAFFING: (Staffing, Source.Scope.STAFFING, "department__id__exact"),
    Part.DUTIES: (Duty, Source.Scope.DUTIES, "department__id__exact"),
    Part.BUDGET: (BudgetFigure, Source.Scope.EXPENDITURE, "line__department__id__exact"),
    Part.PROJECT: (Brief, Source.Scope.PROJECTS, ""),
    Part.TERMS: (Definition, Source.Scope.GLOSSARY, ""),
    Part.ORGANISATION: (Placement, Source.Scope.ORGANISATION, ""),
    Part.REVENUE: (RevenueFigure, Source.Scope.REVENUE, ""),
    Part.VISION: (Vision, Source.Scope.VISION, ""),
}


@dataclass(frozen=True)
class Place:
    """A part of a unit; `project` for one of its projects, `terms` the keys of the terms that the unit's projects speak of."""

    department: Department
    part: str
    project: Project | None = None
    title: str = ""
    brief: int | None = None
    terms: tuple[int, ...] = ()

    @property
    def key(self) -> tuple[int, str, int | None]:
        return self.department.pk, self.part, self.project and self.project.pk

    @property
    def label(self) -> str:
        return self.title or str(Part(self.part).label)

    @property
    def column(self) -> str:
        return COLUMN_OF.get(self.part, self.part)

    @property
    def watched(self) -> list[Key]:
        """Under which keys `activity` knows its changes."""
        if self.part == Part.TERMS:
            return [(self.part, term) for term in self.terms]
        if self.part in COLUMN_OF:
            return [(self.part, WHOLE)]
        return [(self.part, self.project.pk if self.project else self.department.pk)]

    def model(self) -> type[Model]:
        return WRITTEN_IN[self.part][0]

    def edit_url(self, sources) -> str:
        """Where it is written in admin: of the sources (the edition's own) the newest of its scope; '' where there is none."""
        model, scope, narrowed = WRITTEN_IN[self.part]
        source = next((one for one in sources if one.scope == scope), None)
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        if source is None:
            return ""
        if self.brief:
            return reverse(f"{base}_change", args=[self.brief])
        narrow = {narrowed: self.department.pk} if narrowed else {}
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

    @cached_property
    def by_unit(self) -> list[tuple[Department, list[Place]]]:
        """The bureau's own row first; units that nothing is asked of are left out."""
        found = self._figuring()
        ordered = [
            unit.department
            for top in self.tree
            for unit in top.walk()
            if unit.department.pk != self.bureau.pk
        ]
        placed = {unit.pk for unit in ordered} | {self.bureau.pk}
        lost = Department.objects.filter(pk__in={unit for names in found.values() for unit in names} - placed)
        rows = [(self.bureau, list(self._of_the_bureau(found)))]
        rows += [(unit, list(self._of_unit(unit, found))) for unit in (*ordered, *lost)]
        return [(unit, places) for unit, places in rows if places]

    @cached_property
    def _right_below(self) -> set[int]:
        """The divisions and offices, of whom every part is asked for, whether it is there or not."""
        return {unit.department.pk for top in self.tree for unit in top.own}

    def _figuring(self) -> dict[str, set[int]]:
        """The units that each part's facts name."""
        snapshot, scope = self.snapshot, Source.Scope
        spending = [
            one for one in snapshot.sources_of(scope.EXPENDITURE) if one.fiscal_year == snapshot.fiscal_year
        ]
        figures = BudgetFigure.objects.filter(source__in=spending).order_by()
        return {
            Part.STAFFING: set(
                Staffing.objects.of(snapshot.source(scope.STAFFING)).values_list("department_id", flat=True)
            ),
            Part.DUTIES: set(
                Duty.objects.of(snapshot.source(scope.DUTIES)).values_list("department_id", flat=True)
            ),
            Part.BUDGET: set(figures.values_list("line__department_id", flat=True).distinct()),
            Part.PROJECT: set(self._briefs),
        }

    def _of_unit(self, unit, found) -> Iterator[Place]:
        for part in (Part.STAFFING, Part.DUTIES, Part.BUDGET):
            if unit.pk in self._right_below or unit.pk in found[part]:
                yield Place(unit, part)
        for brief, _ in self._briefs.get(unit.pk, ()):
            yield Place(unit, Part.PROJECT, brief.project, brief.title, brief.pk)
        if terms := self._terms.get(unit.pk):
            yield Place(unit, Part.TERMS, terms=tuple(sorted(terms)))

    def _of_the_bureau(self, found) -> Iterator[Place]:
        for place in self._of_unit(self.bureau, found):
            if place.part not in OF_THE_BUREAU:
                yield place
        every = tuple(sorted(definition.term_id for definition in definitions(self.snapshot)))
        yield from (
            Place(self.bureau, part, terms=every if part == Part.TERMS else ()) for part in OF_THE_BUREAU
        )

    @cached_property
    def _briefs(self) -> dict[int, list[tuple[Brief, str]]]:
        """By the unit that leads, with every word of it."""
        led: dict[int, list[tuple[Brief, str]]] = {}
        for brief, words in words_of_briefs(self.snapshot):
            led.setdefault(brief.lead_department_id, []).append((brief, words))
        return led

    @cached_property
    def _terms(self) -> dict[int, set[int]]:
        """The terms that the projects of each unit speak of."""
        told = definitions(self.snapshot)
        keys = {definition.term.slug: definition.term_id for definition in told}
        finder = Finder([Entry(one.term.slug, one.term.name, one.term.written_forms) for one in told])
        said = {unit: "\n".join(words for _, words in briefs) for unit, briefs in self._briefs.items()}
        return {
            unit: {keys[entry.slug] for _, _, entry in finder.find(words)} for unit, words in said.items()
        }
