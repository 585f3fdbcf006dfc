"""What changed in the workloads."""

from seoul_digital.lib.tables import Column, Row

from ...comparison.changes import Kind
from ...comparison.section import Section
from ...comparison.sentences import counted
from ...comparison.tables import ComparedDates
from .changes import WorkloadChanges


def section(changes: WorkloadChanges, dates: ComparedDates) -> Section:
    columns = [Column("부서"), *(Column(label, "count") for label in dates.labels)]
    rows = [
        Row([(new or old).name, old.duties if old else None, new.duties if new else None])
        for kind, (old, new) in changes.units
        if kind is not Kind.SAME
    ]
    table = dates.table("workload", "업무 수의 변화", columns, rows, "개")
    return Section(sentence=counted(changes.counts), tables=[table])
