"""The organisation's chapter."""

from django.utils.translation import gettext_noop

from core.models import Source
from departments.models import FoundationProfile, Placement

from ...chapter import Chapter
from ...editions.part import BureauPart, Watched
from ..printed import GENERAL
from . import changes, data, document, section, workbook

CHAPTER = Chapter(
    key="organisation",
    scope=Source.Scope.ORGANISATION,
    title=gettext_noop("조직"),
    data=data.OrganisationData,
    assemble=data.assemble,
    compare=changes.compare,
    section=section.section,
    empty=data.OrganisationData(),
    blocks=document.blocks,
    printed_in=GENERAL,
    sheets=workbook.sheets,
    of_unit=data.of_unit,
    edition_part=BureauPart(
        model=Placement, watched=(Watched(Placement), Watched(FoundationProfile)), column="staffing"
    ),
)
