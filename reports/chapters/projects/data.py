"""The vision's, the projects', the indicators' and the glossary's part of a report."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch

from core.models import Source as SourceRow
from departments.models import Department
from glossary.entries import definitions
from projects import data, indicators
from projects import models as rows
from projects.detail import schedule_text
from projects.progress import Standing, milestones_on
from seoul_digital.lib.periods import PartialDate

from ...report import (
    Contact,
    Funding,
    Indicator,
    Measured,
    Milestone,
    Name,
    OtherStatement,
    Project,
    Strategy,
    Target,
    Term,
    Vision,
)

SCOPE = SourceRow.Scope


def vision_of(snapshot) -> rows.Vision | None:
    places = rows.VisionStrategy.objects.select_related("strategy").order_by("order", "strategy__slug")
    visions = rows.Vision.objects.of(snapshot.source(SCOPE.VISION))
    return visions.prefetch_related("values", Prefetch("strategies", places)).first()


def vision(row: rows.Vision | None) -> Vision | None:
    return row and Vision(tuple(row.statement.splitlines()), tuple(value.name for value in row.values.all()))


def strategies(vision: rows.Vision | None, briefs: Iterable[rows.Brief]) -> tuple[Strategy, ...]:
    """Those of the vision in its order, then those that only projects name."""
    numbers = {place.strategy: place.order for place in vision.strategies.all()} if vision else {}
    found: dict[rows.Strategy, list[str]] = {strategy: [] for strategy in numbers}
    for brief in briefs:
        if brief.strategy:
            found.setdefault(brief.strategy, []).append(brief.project.slug)
    return tuple(
        Strategy(one.slug, one.name, numbers.get(one), tuple(projects)) for one, projects in found.items()
    )


def briefs_of(snapshot) -> list[rows.Brief]:
    contacts = rows.Contact.objects.select_related("department").order_by("order")
    briefs = rows.Brief.objects.of(snapshot.source(SCOPE.PROJECTS)).for_list()
    return list(briefs.with_milestones().with_fundings().prefetch_related(Prefetch("contacts", contacts)))


def project(brief: rows.Brief, as_of: date) -> Project:
    standings = milestones_on([brief], as_of)
    strategy = brief.strategy
    return Project(
        slug=brief.project.slug,
        number=brief.number,
        title=brief.title,
        title_in_vision=brief.title_in_vision,
        lead_department=_name(brief.lead_department),
        strategy=strategy and Name(strategy.slug, strategy.name),
        period=brief.period,
        contacts=tuple(map(_contact, brief.contacts.all())),
        purpose=brief.purpose,
        overview=brief.overview,
        achievements=brief.achievements,
        budget=brief.budget,
        budget_printed=brief.budget_printed,
        fundings=tuple(Funding(one.name, one.amount, one.printed) for one in brief.fundings.all()),
        schedule_heading=brief.schedule_heading,
        schedule=schedule_text(standings),
        milestones=tuple(map(_milestone, standings)),
    )


def _name(department: Department) -> Name:
    return Name(department.slug, department.name)


def _contact(row: rows.Contact) -> Contact:
    return Contact(row.role, row.names, row.phone, row.department and _name(row.department))


def _milestone(standing: Standing) -> Milestone:
    row = standing.milestone
    return Milestone(
        key=row.key,
        listing=row.listing,
        title=row.title,
        period=standing.period,
        printed=standing.printed,
        recorded=row.recorded,
        recorded_in=row.recorded_in,
        note=row.note,
        status=standing.status.key,
        status_word=standing.word,
        warn=standing.status.warn,
    )


def indicators_of(snapshot) -> tuple[Indicator, ...]:
    return tuple(one for root in data.indicators_of(snapshot) for one in _indicators(root, 0))


def _indicators(entry: indicators.Entry, level: int) -> Iterator[Indicator]:
    row = entry.indicator
    yield Indicator(
        slug=row.slug,
        name=row.name,
        kind=row.kind,
        unit=row.unit,
        level=level,
        parent=entry.parent.indicator.slug if entry.parent else "",
        project=row.project.slug if row.project else "",
        parts_add_up=row.children_are_parts,
        series=tuple(map(_measured, entry.series)),
        targets=tuple(map(_target, entry.targets)),
    )
    for child in entry.children:
        yield from _indicators(child, level + 1)


def _measured(said: indicators.Statement) -> Measured:
    values = [value for _, value in said.other_values]
    others = tuple(
        OtherStatement(place, printed, Decimal(value))
        for (place, printed), value in zip(said.others, values, strict=True)
    )
    return Measured(said.on, said.when, Decimal(said.value), said.printed, said.places, others)


def _target(row: rows.Target) -> Target:
    due = PartialDate.parse(row.due) if row.due else None
    return Target(due, Decimal(indicators.exact(row.value)), row.printed, row.place)


def glossary_of(snapshot) -> tuple[Term, ...]:
    return tuple(
        Term(
            slug=row.term.slug,
            name=row.term.name,
            heading=row.heading,
            text=row.text,
            english=row.term.english,
            abbreviation=row.term.abbreviation,
            page=row.page,
            page_printed=row.page_printed,
            forms=row.term.written_forms,
        )
        for row in definitions(snapshot)
    )
