"""The duties' chapter."""

from django.utils.translation import gettext_noop

from core.models import Source
from departments.models import Duty

from ...chapter import Chapter
from ...editions.part import UnitPart, Watched
from ..printed import GENERAL
from . import changes, data, document, section, workbook

CHAPTER = Chapter(
    key="duties",
    scope=Source.Scope.DUTIES,
    title=gettext_noop("주요업무"),
    data=data.DutiesData,
    assemble=data.assemble,
    compare=changes.compare,
    section=section.section,
    empty=data.DutiesData(),
    blocks=document.blocks,
    printed_in=GENERAL,
    sheets=workbook.sheets,
    of_unit=data.of_unit,
    edition_part=UnitPart(
        model=Duty,
        watched=(Watched(Duty, "department_id"),),
        unit="department_id",
        admin_filter="department__id__exact",
    ),
)
