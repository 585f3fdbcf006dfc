"""What the project pages read for one reading: briefs, the vision and the indicators' tree."""

from datetime import date

from departments.models import Source
from departments.reading import once

from .indicators import Entry, entries
from .models import Brief, Measurement, Project, Target, Vision, VisionStrategy


def date_of(reading, scope) -> date | None:
    """The base date of the scope's source, which may be older than the date asked for."""
    source = reading.source(scope)
    return source and source.as_of


@once
def briefs_of(reading) -> list[Brief]:
    """By number, with milestones and sources of money."""
    briefs = Brief.objects.of(reading.source(Source.Scope.PROJECTS))
    return list(briefs.for_list().with_milestones().with_fundings().with_budget_links())


@once
def briefs_with_words(reading) -> list[Brief]:
    """With all that has words of its own: milestones and people."""
    briefs = Brief.objects.of(reading.source(Source.Scope.PROJECTS)).for_list().with_milestones()
    return list(briefs.prefetch_related("contacts"))


@once
def statements_of(reading) -> list[Measurement | Target]:
    """What the newest source says of the indicators, measurements before targets."""
    source = reading.source(Source.Scope.INDICATORS)
    return [one for model in (Measurement, Target) for one in model.objects.of(source).with_indicators().order_by("pk")]


def vision_of(reading) -> Vision | None:
    return Vision.objects.of(reading.source(Source.Scope.VISION)).whole().first()


def strategy_number(reading, brief: Brief) -> int | None:
    """As the vision in force numbers the project's strategy."""
    places = VisionStrategy.objects.filter(vision__source=reading.source(Source.Scope.VISION), strategy=brief.strategy_id)
    return places.values_list("order", flat=True).first()


def indicators_of(reading, project: Project | None = None) -> list[Entry]:
    """The tree of all indicators in force, or of one project's; two queries."""
    sources = reading.sources_of(Source.Scope.INDICATORS)
    said = [model.objects.of_sources(sources).with_indicators() for model in (Measurement, Target)]
    measurements, targets = [query.of_project(project) if project else query for query in said]
    return entries(list(measurements), list(targets), sources)
