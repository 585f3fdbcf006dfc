"""The indicators' chapter. The document prints them in the texts of the projects."""

from django.utils.translation import gettext_noop

from core.models import Source

from ...chapter import Chapter
from . import changes, data, section, workbook

CHAPTER = Chapter(
    key="indicators",
    scope=Source.Scope.INDICATORS,
    title=gettext_noop("지표"),
    data=data.IndicatorsData,
    assemble=data.assemble,
    compare=changes.compare,
    section=section.section,
    empty=data.IndicatorsData(),
    sheets=workbook.sheets,
    of_unit=data.of_unit,
)
