"""Data of the project pages for one snapshot: briefs, the vision and the indicators' tree."""

from collections import defaultdict
from operator import attrgetter
from typing import Any

from core.models import Source
from core.models.rows_below import keep_rows_below
from core.remembered.ahead import reading, rows_of_snapshot
from core.snapshot import Snapshot, cached_on_snapshot, remembered_on_snapshot

from .indicators.tree import Entry, entries
from .models import (
    Brief,
    Contact,
    Funding,
    Measurement,
    Milestone,
    Project,
    Target,
    Vision,
    VisionStrategy,
    VisionValue,
)

MILESTONE, PERSON = "1 milestone", "2 person"  # in their order in the text


@remembered_on_snapshot
@rows_of_snapshot
def listed_briefs(snapshot: Snapshot) -> Any:
    """By number, each by itself."""
    return Brief.objects.of(snapshot.source(Source.Scope.PROJECTS)).for_list().with_budget_links()


def _of_briefs(rows: Any) -> Any:
    @rows_of_snapshot
    def below(snapshot: Snapshot) -> Any:
        source = snapshot.source(Source.Scope.PROJECTS)
        return rows.filter(brief__source=source).order_by("order", "pk") if source else rows.none()

    return below


_milestones = _of_briefs(Milestone.objects.all())
_fundings = _of_briefs(Funding.objects.all())
_contacts = _of_briefs(Contact.objects.select_related("department"))


@remembered_on_snapshot
@reading(_milestones)
def milestones_of(snapshot: Snapshot) -> dict[int, list[Milestone]]:
    """Of each brief (key), in their order."""
    return _by_brief(_milestones(snapshot))


@remembered_on_snapshot
@reading(_fundings)
def fundings_of(snapshot: Snapshot) -> dict[int, list[Funding]]:
    """Its sources of money, likewise."""
    return _by_brief(_fundings(snapshot))


@remembered_on_snapshot
@reading(_contacts)
def contacts_of(snapshot: Snapshot) -> dict[int, list[Contact]]:
    """Its people with their units, likewise."""
    return _by_brief(_contacts(snapshot))


def _by_brief(rows: list[Any]) -> dict[int, list[Any]]:
    below = defaultdict[int, list[Any]](list)
    for row in rows:
        below[row.brief_id].append(row)
    return dict(below)


@cached_on_snapshot
@reading(listed_briefs, milestones_of, fundings_of)
def briefs_of(snapshot: Snapshot) -> list[Brief]:
    """By number, with milestones and sources of money."""
    briefs = listed_briefs(snapshot)
    _attach("milestones", milestones_of(snapshot), briefs)
    _attach("fundings", fundings_of(snapshot), briefs)
    return briefs


def _attach(name: str, below: dict[int, list[Any]], briefs: list[Brief]) -> None:
    for brief in briefs:
        rows = below.get(brief.pk, [])
        for row in rows:
            row.brief = brief
        keep_rows_below(brief, name, rows)


@cached_on_snapshot
@reading(briefs_of)
def lead_departments(snapshot: Snapshot) -> dict[int, str]:
    """The slug of the unit that leads each project, by the project's key."""
    return {brief.project_id: brief.lead_department.slug for brief in briefs_of(snapshot)}


@cached_on_snapshot
@reading(listed_briefs, milestones_of, contacts_of)
def briefs_with_words(snapshot: Snapshot) -> list[Brief]:
    """Briefs with their milestones and people, for their words."""
    briefs = listed_briefs(snapshot)
    _attach("milestones", milestones_of(snapshot), briefs)
    _attach("contacts", contacts_of(snapshot), briefs)
    return briefs


@cached_on_snapshot
@reading(briefs_of, contacts_of)
def whole_briefs(snapshot: Snapshot) -> list[Brief]:
    """Briefs with all that stands below them."""
    briefs = briefs_of(snapshot)
    _attach("contacts", contacts_of(snapshot), briefs)
    return briefs


@cached_on_snapshot
@reading(milestones_of, contacts_of)
def lines_below(snapshot: Snapshot) -> dict[int, list[tuple[str, str, str, str]]]:
    """By brief, its milestones (kind, title, period, note) and then its people (kind, role, names, phone)."""
    lines = defaultdict[int, list[tuple[str, str, str, str]]](list)
    for key, milestones in milestones_of(snapshot).items():
        lines[key] += [(MILESTONE, row.title, row.period_printed, row.note) for row in milestones]
    for key, people in contacts_of(snapshot).items():
        lines[key] += [(PERSON, row.role, row.names, row.phone) for row in people]
    return dict(lines)


@rows_of_snapshot
def _measurements(snapshot: Snapshot) -> Any:
    return Measurement.objects.of_sources(snapshot.sources_of(Source.Scope.INDICATORS)).with_indicators()


@rows_of_snapshot
def _targets(snapshot: Snapshot) -> Any:
    return Target.objects.of_sources(snapshot.sources_of(Source.Scope.INDICATORS)).with_indicators()


@remembered_on_snapshot
@reading(_measurements, _targets)
def statements_by_model(snapshot: Snapshot) -> tuple[list[Measurement], list[Target]]:
    """Of every source, in the order of their indicators."""
    return _measurements(snapshot), _targets(snapshot)


@cached_on_snapshot
@reading(statements_by_model)
def statements_of(snapshot: Snapshot) -> list[Measurement | Target]:
    """The newest source's measurements, then its targets."""
    source = snapshot.source(Source.Scope.INDICATORS)
    of_all = statements_by_model(snapshot) if source else ()
    return [
        row for rows in of_all for row in sorted(rows, key=attrgetter("pk")) if row.source_id == source.pk
    ]


@rows_of_snapshot
def _visions(snapshot: Snapshot) -> Any:
    return Vision.objects.of(snapshot.source(Source.Scope.VISION)).order_by()


@rows_of_snapshot
def _values(snapshot: Snapshot) -> Any:
    source = snapshot.source(Source.Scope.VISION)
    rows = VisionValue.objects.order_by("order")
    return rows.filter(vision__source=source) if source else rows.none()


@rows_of_snapshot
def _places(snapshot: Snapshot) -> Any:
    source = snapshot.source(Source.Scope.VISION)
    rows = VisionStrategy.objects.select_related("strategy").order_by("order", "strategy__slug")
    return rows.filter(vision__source=source) if source else rows.none()


@remembered_on_snapshot
@reading(_visions, _values, _places)
def vision_of(snapshot: Snapshot) -> Vision | None:
    """With its values and, in their order, its strategies."""
    for vision in _visions(snapshot):
        for name, rows in (("values", _values(snapshot)), ("strategies", _places(snapshot))):
            for row in rows:
                row.vision = vision
            keep_rows_below(vision, name, rows)
        return vision  # a source has one
    return None


def vision_words(snapshot: Snapshot) -> list[tuple[str, str]]:
    """The vision's statement beside each of its values; nothing without a vision."""
    vision = vision_of(snapshot)
    names = [value.name for value in vision.values.all()] if vision else []
    return [(vision.statement, name) for name in names or [""]] if vision else []


@rows_of_snapshot
def _numbers(snapshot: Snapshot) -> Any:
    places = VisionStrategy.objects.filter(vision__source=snapshot.source(Source.Scope.VISION))
    return places.order_by().values_list("strategy", "order")


@remembered_on_snapshot
@reading(_numbers)
def _strategy_numbers(snapshot: Snapshot) -> dict[int | None, int]:
    """Without the vision itself, which a project's page does not show."""
    return dict(_numbers(snapshot))


@reading(_strategy_numbers)
def strategy_number(snapshot: Snapshot, brief: Brief) -> int | None:
    """As the vision in force numbers the project's strategy."""
    return _strategy_numbers(snapshot).get(brief.strategy_id)


@reading(statements_by_model)
def indicators_of(snapshot: Snapshot, project: Project | None = None) -> list[Entry]:
    """The tree of all indicators in force, or of one project's."""
    measurements, targets = (
        [row for row in rows if project is None or row.indicator.project_id == project.pk]
        for rows in statements_by_model(snapshot)
    )
    return entries(measurements, targets, snapshot.sources_of(Source.Scope.INDICATORS))
