"""The projects' chapter. Indicators hang on projects, so their figures are collected with them."""

from operator import attrgetter

from django.utils.translation import gettext_noop

from core.models import Source
from projects.models import Brief, Contact, Funding, Measurement, Milestone, Target

from ...chapter import Chapter, Printed
from ...editions.part import Watched
from . import changes, data, document, section, workbook
from .edition import ProjectPart

CHAPTER = Chapter(
    key="projects",
    scope=Source.Scope.PROJECTS,
    title=gettext_noop("주요 사업"),
    data=data.ProjectsData,
    assemble=data.assemble,
    compare=changes.compare,
    section=section.section,
    empty=data.ProjectsData(),
    blocks=document.blocks,
    printed_in=Printed("projects", "주요 현안 업무"),
    sheets=workbook.sheets,
    of_unit=data.of_unit,
    told_on=attrgetter("judged_on"),
    edition_part=ProjectPart(
        model=Brief,
        watched=(
            Watched(Brief, "project_id"),
            *(Watched(model, "brief__project_id") for model in (Contact, Funding, Milestone)),
            *(Watched(model, "indicator__project_id") for model in (Measurement, Target)),
        ),
    ),
)
