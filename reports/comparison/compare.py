"""What changed between two reports. Functions of the reports alone: a frozen edition and a live date compare alike."""

from collections.abc import Callable
from dataclasses import dataclass

from ..chapters.glossary.changes import (
    DutyChanges,
    GlossaryChanges,
    VisionChanges,
    compare_duties,
    compare_glossary,
    compare_vision,
)
from ..chapters.indicators.changes import IndicatorChanges, compare_indicators
from ..chapters.organisation.changes import OrganisationChanges, compare_organisation
from ..chapters.projects.changes import ProjectChanges, compare_projects
from ..chapters.staffing.changes import StaffingChanges, compare_staffing
from ..report import Report
from .money import MoneyChanges, compare_expenditure, compare_revenue


@dataclass(frozen=True)
class Comparison:
    """A subject is None where one of the reports has no source for it, so that there is nothing to compare."""

    before: Report
    after: Report
    organisation: OrganisationChanges | None = None
    staffing: StaffingChanges | None = None
    duties: DutyChanges | None = None
    revenue: MoneyChanges | None = None
    expenditure: MoneyChanges | None = None
    vision: VisionChanges | None = None
    projects: ProjectChanges | None = None
    indicators: IndicatorChanges | None = None
    glossary: GlossaryChanges | None = None


def compare(before: Report, after: Report) -> Comparison:
    """From the earlier report to the later one."""
    # A frozen report cannot know of successions that came after it.
    successions = tuple(dict.fromkeys((*after.successions, *before.successions)))

    def both(scope: str, compared: Callable, *more):
        """The part of either report that bears its scope's name."""
        parts = getattr(before, scope), getattr(after, scope)
        told = before.source(scope) and after.source(scope) and None not in parts
        return compared(*parts, *more) if told else None

    def whole(scope: str, compared: Callable, *more):
        return compared(before, after, *more) if before.source(scope) and after.source(scope) else None

    return Comparison(
        before=before,
        after=after,
        organisation=whole("organisation", compare_organisation, successions),
        staffing=both("staffing", compare_staffing, successions),
        duties=both("duties", compare_duties, successions),
        revenue=both("revenue", compare_revenue),
        expenditure=both("expenditure", compare_expenditure, successions),
        vision=whole("vision", compare_vision),
        projects=both("projects", compare_projects),
        indicators=both("indicators", compare_indicators),
        glossary=both("glossary", compare_glossary),
    )
