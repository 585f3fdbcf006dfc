"""The part of a report that is about one unit and those below it."""

from collections.abc import Iterable
from dataclasses import replace

from .document import document_of
from .render import blocks
from .report import Expenditure, Name, Project, Report, Staffing, Stated, Strength, Term, Unit

MEASURES = ("authorized", "headcount", "variance", "general", "fixed_term", "management")


def of_unit(report: Report, slug: str) -> Report | None:
    """Staff, duties, budget and projects of the unit, with their indicators and terms; None for a unit that the report has not."""
    units = {unit.slug: unit for unit in report.units}
    if slug not in units:
        return None
    own = _with_those_below(report.units, slug)
    projects = tuple(one for one in report.projects if _concerns(one, own))
    known = {one.slug for one in projects}
    part = replace(
        report,
        title=f"{units[slug].name} 업무보고",
        bureau=Name(slug, units[slug].name),
        units=tuple(_lifted(units[one], units[slug]) for one in units if one in own),
        unit_counts=(),
        foundations=tuple(one for one in report.foundations if one.slug in own),
        staffing=_staffing(report.staffing, own),
        duties=tuple(one for one in report.duties if one.slug in own),
        revenue=None,
        expenditure=_expenditure(report.expenditure, own),
        vision=None,
        strategies=tuple(one for one in report.strategies if known & set(one.projects)),
        projects=projects,
        indicators=tuple(one for one in report.indicators if one.project in known),
    )
    return replace(part, glossary=_spoken(part))


def _with_those_below(units: Iterable[Unit], slug: str) -> set[str]:
    """A foundation that the unit supervises is none of its own; units stand in the order of the tree."""
    own = {slug}
    for unit in units:
        if unit.parent in own and unit.kind != "foundation":
            own.add(unit.slug)
    return own


def _concerns(project: Project, own: set[str]) -> bool:
    """Whether one of the units leads it or stands in its people line."""
    named = {contact.department.slug for contact in project.contacts if contact.department}
    return bool(own & {project.lead_department.slug, *named})


def _lifted(unit: Unit, top: Unit) -> Unit:
    return replace(unit, level=unit.level - top.level, parent="" if unit is top else unit.parent)


def _staffing(told: Staffing | None, own: set[str]) -> Staffing | None:
    units = tuple(one for one in told.units if one.slug in own) if told else ()
    return Staffing(_total(units), units) if units else None


def _total(units: tuple[Strength, ...]) -> Strength:
    sums = {measure: _sum(getattr(one, measure) for one in units) for measure in MEASURES}
    return Strength("", "계", **sums)


def _sum(figures: Iterable[Stated]) -> Stated:
    values = [figure.computed for figure in figures]
    return Stated(None if None in values else sum(values))


def _expenditure(told: Expenditure | None, own: set[str]) -> Expenditure | None:
    """Without a whole: that is the bureau's."""
    rows = tuple(row for row in told.rows if row.slug in own) if told else ()
    return replace(told, rows=rows) if rows else None


def _spoken(part: Report) -> tuple[Term, ...]:
    """The terms that its texts speak of."""
    terms = (
        block
        for chapter in document_of(part).chapters
        for block in chapter.blocks
        if isinstance(block, blocks.Term)
    )
    keys = {term.key for term in terms if term.target}
    return tuple(term for term in part.glossary if f"term-{term.slug}" in keys)
