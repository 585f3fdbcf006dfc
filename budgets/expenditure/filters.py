"""Filters of the expenditure page, from the query string, falling back safely."""

from dataclasses import dataclass

from seoul_digital.lib.tables import is_behind

ACCOUNTS = {"": "전체", "general": "일반회계", "special": "특별회계"}
PACES = {"": "전체", "behind": "진도선 미달"}
ORDERS = {"": "보고서 순", "rate": "집행률 낮은 순", "size": "예산현액 큰 순"}


@dataclass(frozen=True)
class ExpenditureChoice:
    account: str = ""
    pace: str = ""
    order: str = ""

    @classmethod
    def from_query(cls, parameters):
        options = {"account": ACCOUNTS, "pace": PACES, "order": ORDERS}
        asked = {name: parameters.get(name, "") for name in options}
        return cls(**{name: value if value in options[name] else "" for name, value in asked.items()})

    @property
    def fields(self):
        """Name, label, options and chosen value of each filter."""
        return [
            ("account", "회계", ACCOUNTS, self.account),
            ("pace", "집행률", PACES, self.pace),
            ("order", "차례", ORDERS, self.order),
        ]

    @property
    def is_any(self):
        return bool(self.account or self.pace or self.order)

    def rows(self, summary):
        """The rows to show under the total: departments with their accounts, or accounts of one kind."""
        groups = [(department, *department.accounts) for department in summary.departments]
        if self.account:
            groups = [(row,) for group in groups for row in group if row.kind == self.account]
        if self.pace:
            groups = [group for group in groups if any(is_behind(row.rate, summary.pace) for row in group)]
        if self.order == "rate":
            groups.sort(key=lambda group: group[0].rate if group[0].rate is not None else 101)
        if self.order == "size":
            groups.sort(key=lambda group: -group[0].current)
        return [row for group in groups for row in group]
