"""The staff's chapter."""

from django.utils.translation import gettext_noop

from core.models import Source
from departments.models import Staffing, StaffingCount

from ...chapter import Chapter
from ...editions.part import UnitPart, Watched
from ..printed import GENERAL
from . import changes, data, document, section, workbook

CHAPTER = Chapter(
    key="staffing",
    scope=Source.Scope.STAFFING,
    title=gettext_noop("인력"),
    data=data.StaffingData,
    assemble=data.assemble,
    compare=changes.compare,
    section=section.section,
    blocks=document.blocks,
    printed_in=GENERAL,
    sheets=workbook.sheets,
    of_unit=data.of_unit,
    edition_part=UnitPart(
        model=Staffing,
        watched=(
            Watched(Staffing, "department_id"),
            Watched(StaffingCount, "staffing__department_id"),
        ),
        unit="department_id",
        admin_filter="department__id__exact",
    ),
)
