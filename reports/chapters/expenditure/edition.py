"""What an edition collects of expenditure: each unit's lines, and what was executed of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from budgets.expenditure import execution
from core.snapshot import Snapshot
from departments.models import Department

from ...editions.part import UnitPart

NO_EXECUTION = "집행액 미제출"


@dataclass(frozen=True, kw_only=True)
class ExpenditurePart(UnitPart):
    def lacking(self, snapshot: Snapshot) -> tuple[str, Sequence[Department]]:
        summary = execution.summary(snapshot)
        unknown = [row.slug for row in summary.departments if row.committed is None] if summary else []
        return NO_EXECUTION, list(Department.objects.filter(slug__in=unknown)) if unknown else []
