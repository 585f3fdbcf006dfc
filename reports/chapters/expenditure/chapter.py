"""The chapter of expenditure."""

from django.utils.translation import gettext_noop

from budgets.models import BudgetFigure
from core.models import Source

from ...chapter import Chapter
from ...editions.part import Watched
from ..printed import GENERAL
from . import changes, data, document, section, workbook
from .edition import ExpenditurePart

CHAPTER = Chapter(
    key="expenditure",
    scope=Source.Scope.EXPENDITURE,
    title=gettext_noop("세출"),
    data=data.ExpenditureData,
    assemble=data.assemble,
    compare=changes.compare,
    section=section.section,
    blocks=document.blocks,
    printed_in=GENERAL,
    sheets=workbook.sheets,
    of_unit=data.of_unit,
    edition_part=ExpenditurePart(
        label="예산",
        model=BudgetFigure,
        watched=(Watched(BudgetFigure, "line__department_id", comes_in_files=True),),
        unit="line__department_id",
        admin_filter="line__department__id__exact",
    ),
)
