"""Data of the project pages for one snapshot: briefs, the vision and the indicators' tree."""

from collections import defaultdict
from operator import attrgetter
from typing import Any

from core.models import Source
from core.models.rows_below import keep_rows_below
from core.snapshot import Snapshot, cached_on_snapshot, remembered_on_snapshot

from .indicators.tree import Entry, entries
from .models import Brief, Contact, Funding, Measurement, Milestone, Project, Target, Vision, VisionStrategy

MILESTONE, PERSON = "1 milestone", "2 person"  # in their order in the text


@remembered_on_snapshot
def listed_briefs(snapshot: Snapshot) -> list[Brief]:
    """By number, each by itself."""
    return list(Brief.objects.of(snapshot.source(Source.Scope.PROJECTS)).for_list().with_budget_links())


@cached_on_snapshot
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


@remembered_on_snapshot
def milestones_of(snapshot: Snapshot) -> dict[int, list[Milestone]]:
    """Of each brief (key), in their order."""
    return _by_brief(snapshot, Milestone.objects.all())


@remembered_on_snapshot
def fundings_of(snapshot: Snapshot) -> dict[int, list[Funding]]:
    """Its sources of money, likewise."""
    return _by_brief(snapshot, Funding.objects.all())


@remembered_on_snapshot
def contacts_of(snapshot: Snapshot) -> dict[int, list[Contact]]:
    """Its people with their units, likewise."""
    return _by_brief(snapshot, Contact.objects.select_related("department"))


def _by_brief(snapshot: Snapshot, rows: Any) -> dict[int, list[Any]]:
    source, below = snapshot.source(Source.Scope.PROJECTS), defaultdict[int, list[Any]](list)
    for row in rows.filter(brief__source=source).order_by("order", "pk") if source else ():
        below[row.brief_id].append(row)
    return dict(below)


@cached_on_snapshot
def lead_departments(snapshot: Snapshot) -> dict[int, str]:
    """The slug of the unit that leads each project, by the project's key."""
    return {brief.project_id: brief.lead_department.slug for brief in briefs_of(snapshot)}


@cached_on_snapshot
def briefs_with_words(snapshot: Snapshot) -> list[Brief]:
    """Briefs with their milestones and people, for their words."""
    briefs = listed_briefs(snapshot)
    _attach("milestones", milestones_of(snapshot), briefs)
    _attach("contacts", contacts_of(snapshot), briefs)
    return briefs


@cached_on_snapshot
def whole_briefs(snapshot: Snapshot) -> list[Brief]:
    """Briefs with all that stands below them."""
    briefs = briefs_of(snapshot)
    _attach("contacts", contacts_of(snapshot), briefs)
    return briefs


@cached_on_snapshot
def lines_below(snapshot: Snapshot) -> dict[int, list[tuple[str, str, str, str]]]:
    """By brief, its milestones (kind, title, period, note) and then its people (kind, role, names, phone)."""
    lines = defaultdict[int, list[tuple[str, str, str, str]]](list)
    for key, milestones in milestones_of(snapshot).items():
        lines[key] += [(MILESTONE, row.title, row.period_printed, row.note) for row in milestones]
    for key, people in contacts_of(snapshot).items():
        lines[key] += [(PERSON, row.role, row.names, row.phone) for row in people]
    return dict(lines)


@remembered_on_snapshot
def statements_by_model(snapshot: Snapshot) -> tuple[list[Measurement], list[Target]]:
    """Of every source, in the order of their indicators; two queries."""
    sources = snapshot.sources_of(Source.Scope.INDICATORS)
    measurements, targets = (
        list(model.objects.of_sources(sources).with_indicators()) for model in (Measurement, Target)
    )
    return measurements, targets


@cached_on_snapshot
def statements_of(snapshot: Snapshot) -> list[Measurement | Target]:
    """The newest source's measurements, then its targets."""
    source = snapshot.source(Source.Scope.INDICATORS)
    of_all = statements_by_model(snapshot) if source else ()
    return [
        row for rows in of_all for row in sorted(rows, key=attrgetter("pk")) if row.source_id == source.pk
    ]


@remembered_on_snapshot
def vision_of(snapshot: Snapshot) -> Vision | None:
    return Vision.objects.of(snapshot.source(Source.Scope.VISION)).whole().first()


def vision_words(snapshot: Snapshot) -> list[tuple[str, str]]:
    """The vision's statement beside each of its values; nothing without a vision."""
    vision = vision_of(snapshot)
    names = [value.name for value in vision.values.all()] if vision else []
    return [(vision.statement, name) for name in names or [""]] if vision else []


def strategy_number(snapshot: Snapshot, brief: Brief) -> int | None:
    """As the vision in force numbers the project's strategy."""
    return _strategy_numbers(snapshot).get(brief.strategy_id)


@remembered_on_snapshot
def _strategy_numbers(snapshot: Snapshot) -> dict[int | None, int]:
    """Without the vision itself, which a project's page does not show."""
    places = VisionStrategy.objects.filter(vision__source=snapshot.source(Source.Scope.VISION))
    return dict(places.order_by().values_list("strategy", "order"))


def indicators_of(snapshot: Snapshot, project: Project | None = None) -> list[Entry]:
    """The tree of all indicators in force, or of one project's; two queries."""
    measurements, targets = (
        [row for row in rows if project is None or row.indicator.project_id == project.pk]
        for rows in statements_by_model(snapshot)
    )
    return entries(measurements, targets, snapshot.sources_of(Source.Scope.INDICATORS))
