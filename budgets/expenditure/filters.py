"""Filters of the expenditure page, from the query string, falling back safely."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.snapshot import Snapshot

from .execution import Execution, ExecutionSummary, account_summary, summary

PACES = {"": gettext_lazy("전체"), "behind": gettext_lazy("진도선 미달")}
ORDERS = {
    "": gettext_lazy("보고서 순"),
    "rate": gettext_lazy("집행률 낮은 순"),
    "size": gettext_lazy("예산현액 큰 순"),
}


@dataclass(frozen=True)
class ExpenditureChoice:
    """`accounts` are those that can be chosen, with their labels."""

    account: str = ""
    pace: str = ""
    order: str = ""
    accounts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_query(cls, parameters: Mapping[str, str], accounts: Mapping[str, str]) -> "ExpenditureChoice":
        options = {"account": accounts, "pace": PACES, "order": ORDERS}
        asked = {name: parameters.get(name, "") for name in options}
        known = {name: value if value in options[name] else "" for name, value in asked.items()}
        return cls(**known, accounts=accounts)

    @property
    def fields(self) -> list[tuple[str, str, Mapping[str, object], str]]:
        """Name, label, options and chosen value of each filter."""
        return [
            ("account", _("회계"), {"": _("전체"), **self.accounts}, self.account),
            ("pace", _("집행률"), PACES, self.pace),
            ("order", _("차례"), ORDERS, self.order),
        ]

    @property
    def is_any(self) -> bool:
        return bool(self.account or self.pace or self.order)

    def summary_of(self, snapshot: Snapshot) -> ExecutionSummary | None:
        """What the page is about: the whole, or what the reader chose of it."""
        whole = self.whole_of(snapshot)
        return self.narrow(whole) if whole else None

    def whole_of(self, snapshot: Snapshot) -> ExecutionSummary | None:
        """All departments of the account that was chosen."""
        return account_summary(snapshot, self.account) if self.account else summary(snapshot)

    def narrow(self, whole: ExecutionSummary) -> ExecutionSummary:
        """Departments below the pace, themselves or in one of their accounts, where those are asked for."""
        if not self.pace:
            return whole
        behind = [
            department
            for department in whole.departments
            if any(map(whole.is_behind, (department, *department.accounts)))
        ]
        return whole.only(behind, _("진도선 미달 부서"))

    def rows(self, shown: ExecutionSummary) -> list[Execution]:
        """The rows of the table under the total, in the order asked for: departments with their accounts."""
        departments = list(shown.departments)
        if self.order == "rate":
            departments.sort(key=lambda row: row.rate if row.rate is not None else 101)
        if self.order == "size":
            departments.sort(key=lambda row: -row.current)
        return [row for department in departments for row in (department, *department.accounts)]
