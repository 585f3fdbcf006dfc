"""The workload's chapter, which the tests add to the report's: all that a chapter is lies in its folder."""

from core.models import Source
from departments.models import Duty

from ...chapter import Chapter
from ...editions.part import UnitPart, Watched
from . import changes, data, document, section, workbook

CHAPTER = Chapter(
    key="workload",
    scope=Source.Scope.DUTIES,
    title="업무 수",
    data=data.WorkloadData,
    empty=data.WorkloadData(),
    assemble=data.assemble,
    compare=changes.compare,
    section=section.section,
    blocks=document.blocks,
    sheets=workbook.sheets,
    edition_part=UnitPart(model=Duty, watched=(Watched(Duty, "department_id"),), unit="department_id"),
)
