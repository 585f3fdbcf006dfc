"""The vision's chapter."""

from django.utils.translation import gettext_noop

from core.models import Source
from projects.models import Vision, VisionStrategy, VisionValue

from ...chapter import Chapter, Printed
from ...editions.part import BureauPart, Watched
from . import changes, data, document, section, workbook

CHAPTER = Chapter(
    key="vision",
    scope=Source.Scope.VISION,
    title=gettext_noop("비전·전략"),
    data=data.VisionData,
    assemble=data.assemble,
    compare=changes.compare,
    section=section.section,
    empty=data.VisionData(),
    blocks=document.blocks,
    printed_in=Printed("vision", "정책목표 및 추진전략"),
    sheets=workbook.sheets,
    of_unit=data.of_unit,
    edition_part=BureauPart(
        model=Vision,
        watched=(Watched(Vision), Watched(VisionValue), Watched(VisionStrategy)),
        column="duties",
    ),
)
