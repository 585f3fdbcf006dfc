"""What changed in the duties, unit by unit."""

from ...comparison.section import DiffGroup, Section
from ...comparison.sentences import counted
from ...comparison.tables import ComparedDates, diff_table
from .changes import DutyChanges


def section(changes: DutyChanges, dates: ComparedDates) -> Section:
    texts = [(unit.name, unit.diff) for unit in changes.shown]
    file = diff_table("duties", "달라진 주요업무", "부서", texts, dates)
    diffs = [DiffGroup(name, [diff]) for name, diff in texts]
    return Section(sentence=counted(changes.counts), files=[file], diffs=diffs)
