"""Data of the project pages for one snapshot: briefs, the vision and the indicators' tree."""

from operator import attrgetter

from django.db.models import Value, prefetch_related_objects

from core.models import Source
from core.snapshot import Snapshot, cached_on_snapshot, remembered_on_snapshot

from .indicators.tree import Entry, entries
from .models import Brief, Contact, Measurement, Milestone, Project, Target, Vision, VisionStrategy

MILESTONE, PERSON = "1 milestone", "2 person"  # in their order in the text


@remembered_on_snapshot
def listed_briefs(snapshot: Snapshot) -> list[Brief]:
    """By number, each by itself."""
    return list(Brief.objects.of(snapshot.source(Source.Scope.PROJECTS)).for_list().with_budget_links())


@cached_on_snapshot
def briefs_of(snapshot: Snapshot) -> list[Brief]:
    """By number, with milestones and sources of money."""
    briefs = listed_briefs(snapshot)
    prefetch_related_objects(briefs, "milestones", "fundings")
    return briefs


@cached_on_snapshot
def lead_departments(snapshot: Snapshot) -> dict[int, str]:
    """The slug of the unit that leads each project, by the project's key."""
    return {brief.project_id: brief.lead_department.slug for brief in briefs_of(snapshot)}


@cached_on_snapshot
def briefs_with_words(snapshot: Snapshot) -> list[Brief]:
    """Briefs with their milestones and people, for their words."""
    briefs = Brief.objects.of(snapshot.source(Source.Scope.PROJECTS)).for_list().with_milestones()
    return list(briefs.prefetch_related("contacts"))


@remembered_on_snapshot
def lines_below(snapshot: Snapshot) -> dict[int, list[tuple[str, str, str, str]]]:
    """By brief, its milestones (kind, title, period, note) and then its people (kind, role, names, phone); one query."""
    source = snapshot.source(Source.Scope.PROJECTS)
    below = (
        Milestone.objects.filter(brief__source=source)
        .order_by()
        .values_list("brief_id", Value(MILESTONE), "order", "title", "period_printed", "note"),
        Contact.objects.filter(brief__source=source)
        .order_by()
        .values_list("brief_id", Value(PERSON), "order", "role", "names", "phone"),
    )
    lines: dict[int, list[tuple[str, str, str, str]]] = {}
    for brief, kind, _, *words in sorted(below[0].union(below[1], all=True), key=lambda row: row[:3]):
        lines.setdefault(brief, []).append((kind, *words))
    return lines


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
def vision_words(snapshot: Snapshot) -> list[tuple[str, str | None]]:
    """The vision's statement beside each of its values; one query, nothing without a vision."""
    visions = Vision.objects.of(snapshot.source(Source.Scope.VISION))
    return list(visions.order_by("values__order").values_list("statement", "values__name"))


@remembered_on_snapshot
def vision_of(snapshot: Snapshot) -> Vision | None:
    return Vision.objects.of(snapshot.source(Source.Scope.VISION)).whole().first()


def strategy_number(snapshot: Snapshot, brief: Brief) -> int | None:
    """As the vision in force numbers the project's strategy."""
    return strategy_numbers(snapshot).get(brief.strategy_id)


@remembered_on_snapshot
def strategy_numbers(snapshot: Snapshot) -> dict[int | None, int]:
    places = VisionStrategy.objects.filter(vision__source=snapshot.source(Source.Scope.VISION)).order_by(
        "-order"
    )
    return dict(places.values_list("strategy", "order"))


@remembered_on_snapshot
def contacts_of(snapshot: Snapshot) -> dict[int, list[Contact]]:
    """The people of each brief (key), in their order."""
    contacts: dict[int, list[Contact]] = {}
    for contact in Contact.objects.filter(brief__source=snapshot.source(Source.Scope.PROJECTS)).order_by(
        "order"
    ):
        contacts.setdefault(contact.brief_id, []).append(contact)
    return contacts


def indicators_of(snapshot: Snapshot, project: Project | None = None) -> list[Entry]:
    """The tree of all indicators in force, or of one project's; two queries."""
    measurements, targets = (
        [row for row in rows if project is None or row.indicator.project_id == project.pk]
        for rows in statements_by_model(snapshot)
    )
    return entries(measurements, targets, snapshot.sources_of(Source.Scope.INDICATORS))
