"""The chapter of revenue, which is the bureau's as a whole."""

from django.utils.translation import gettext_noop

from budgets.models import RevenueFigure
from core.models import Source

from ...chapter import Chapter
from ...editions.part import BureauPart, Watched
from ..printed import GENERAL
from . import changes, data, document, section, workbook

CHAPTER = Chapter(
    key="revenue",
    scope=Source.Scope.REVENUE,
    title=gettext_noop("세입"),
    data=data.RevenueData,
    assemble=data.assemble,
    compare=changes.compare,
    section=section.section,
    blocks=document.blocks,
    printed_in=GENERAL,
    sheets=workbook.sheets,
    edition_part=BureauPart(
        model=RevenueFigure, watched=(Watched(RevenueFigure, comes_in_files=True),), column="expenditure"
    ),
)
