"""Puts a report together from what is in force for a reading, by the apps' own queries."""

from departments.models import Source as SourceRow

from . import budgets, departments, projects
from .report import Name, Report, Source


def assemble(reading, title: str = "", council_session: str = "") -> Report:
    """The report of the reading's bureau on its date; a fixed number of queries. The date must be known."""
    staffing, vision = departments.staffing_of(reading), projects.vision_of(reading)
    briefs = projects.briefs_of(reading)
    return Report(
        title=title or f"{reading.bureau.name} 업무보고",
        bureau=Name(reading.bureau.slug, reading.bureau.name),
        as_of=reading.as_of,
        sources=tuple(map(_source, _sources(reading))),
        units=(units := departments.units_of(reading)),
        unit_counts=departments.unit_counts_of(reading),
        foundations=departments.foundations_of(reading),
        successions=departments.successions_of({unit.slug for unit in units}),
        staffing=staffing,
        duties=departments.duties_of(reading, units),
        revenue=budgets.revenue_of(reading),
        expenditure=budgets.expenditure_of(reading),
        vision=projects.vision(vision),
        strategies=projects.strategies(vision, briefs),
        projects=tuple(projects.project(brief, reading.as_of) for brief in briefs),
        indicators=projects.indicators_of(reading),
        glossary=projects.glossary_of(reading),
        council_session=council_session,
    )


def _sources(reading) -> list[SourceRow]:
    """Newest first; of expenditure those of the fiscal year and of the one before."""
    years = {reading.fiscal_year, reading.fiscal_year - 1} if reading.fiscal_year else set()
    return [source for source in reading.in_force if source.fiscal_year is None or source.fiscal_year in years]


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
