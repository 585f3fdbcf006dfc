"""The part of a report that is about one unit and those below it."""

from dataclasses import replace
from functools import partial

from .chapter import UnitExtract
from .chapters import CHAPTERS
from .chapters.organisation.data import OrganisationData, units_below
from .document import chapters_of
from .report import Name, Report


def of_unit(report: Report, slug: str) -> Report | None:
    """Of each chapter what it has to say of the unit; None for a unit that the report has not."""
    organisation = report.get(OrganisationData) or OrganisationData()
    unit = next((unit for unit in organisation.units if unit.slug == slug), None)
    if unit is None:
        return None
    own = units_below(organisation, slug)
    part = replace(report, title=f"{unit.name} 업무보고", bureau=Name(slug, unit.name), chapters={})
    for chapter in CHAPTERS:
        data = report.chapters.get(chapter.key)
        if chapter.of_unit and data is not None:
            extract = UnitExtract(report, slug, own, partial(chapters_of, part))
            found = chapter.of_unit(data, extract)
            if found is not None and found != chapter.empty:
                part = replace(part, chapters={**part.chapters, chapter.key: found})
    return part
