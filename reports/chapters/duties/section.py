"""What changed in the duties, unit by unit."""

from django.utils.translation import gettext as _

from ...comparison.section import DiffGroup, Section
from ...comparison.sentences import counted
from ...comparison.tables import ComparedDates, diff_table
from .changes import DutyChanges


def section(changes: DutyChanges, dates: ComparedDates) -> Section:
    texts = [(unit.name, unit.diff) for unit in changes.shown]
    file = diff_table("duties", _("달라진 주요업무"), _("부서"), texts, dates)
    diffs = [DiffGroup(name, [diff]) for name, diff in texts]
    return Section(sentence=counted(changes.counts), files=[file], diffs=diffs)
