"""The glossary's chapter."""

from django.utils.translation import gettext_noop

from core.models import Source
from glossary.models import Definition

from ...chapter import Chapter, Printed
from ...editions.part import Watched
from . import changes, data, document, references, section, workbook
from .edition import TermsPart

CHAPTER = Chapter(
    key="glossary",
    scope=Source.Scope.GLOSSARY,
    title=gettext_noop("용어"),
    data=data.GlossaryData,
    assemble=data.assemble,
    compare=changes.compare,
    section=section.section,
    empty=data.GlossaryData(),
    blocks=document.blocks,
    printed_in=Printed("glossary", "용어 설명", is_numbered=False),
    sheets=workbook.sheets,
    of_unit=references.of_unit,
    edition_part=TermsPart(
        model=Definition, watched=(Watched(Definition, "term_id"),), unclaimed_of="projects"
    ),
)
