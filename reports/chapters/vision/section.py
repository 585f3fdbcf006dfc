"""What changed in the vision."""

from django.utils.translation import gettext as _

from ...comparison.section import Section
from ...comparison.sentences import counted
from ...comparison.tables import ComparedDates, field_table
from .changes import VisionChanges


def section(changes: VisionChanges, dates: ComparedDates) -> Section:
    table = field_table("vision", _("비전·전략의 변화"), changes.fields, dates)
    return Section(sentence=counted(changes.counts), tables=[table])
