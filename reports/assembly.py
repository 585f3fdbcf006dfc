"""Puts a report together from what is in force for a snapshot, by the apps' own queries."""

from core.models import Source as SourceRow

from .chapters.expenditure import data as budgets
from .chapters.organisation import data as departments
from .chapters.projects import data as projects
from .report import Name, Report, Source


def assemble(snapshot, title: str = "", council_session: str = "") -> Report:
    """The report of the snapshot's bureau on its date; a fixed number of queries. The date must be known."""
    staffing, vision = departments.staffing_of(snapshot), projects.vision_of(snapshot)
    briefs = projects.briefs_of(snapshot)
    return Report(
        title=title or f"{snapshot.bureau.name} 업무보고",
        bureau=Name(snapshot.bureau.slug, snapshot.bureau.name),
        as_of=snapshot.as_of,
        sources=tuple(map(_source, _sources(snapshot))),
        units=(units := departments.units_of(snapshot)),
        unit_counts=departments.unit_counts_of(snapshot),
        foundations=departments.foundations_of(snapshot),
        successions=departments.successions_of({unit.slug for unit in units}),
        staffing=staffing,
        duties=departments.duties_of(snapshot, units),
        revenue=budgets.revenue_of(snapshot),
        expenditure=budgets.expenditure_of(snapshot),
        vision=projects.vision(vision),
        strategies=projects.strategies(vision, briefs),
        projects=tuple(projects.project(brief, snapshot.as_of) for brief in briefs),
        indicators=projects.indicators_of(snapshot),
        glossary=projects.glossary_of(snapshot),
        council_session=council_session,
    )


def _sources(snapshot) -> list[SourceRow]:
    """Newest first; of expenditure those of the fiscal year and of the one before."""
    years = {snapshot.fiscal_year, snapshot.fiscal_year - 1} if snapshot.fiscal_year else set()
    return [
        source for source in snapshot.in_force if source.fiscal_year is None or source.fiscal_year in years
    ]


def _source(row: SourceRow) -> Source:
    return Source(
        slug=row.slug,
        scope=str(row.scope),
        as_of=row.as_of,
        document=row.document,
        heading=row.heading,
        unit=row.unit,
        notes=row.note_lines,
        fiscal_year=row.fiscal_year,
        budget_kind=str(row.budget_kind),
    )
