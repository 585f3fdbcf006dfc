"""Where the budget went, as a Marimekko: width is the budget, height the rate of execution, so that area is money."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from seoul_digital.lib import amounts

from ..chapters.expenditure.data import MISSING, ExpenditureData, ExpenditureRow

WHOLE = Fraction(100)


@dataclass(frozen=True)
class MoneyColumn:
    """A department, or one of its accounts. `left`, `width` are shares of all budgets; `rate`, None where nothing is known of what
    was executed, is in %; `short` is the money that is missing to the pace of its day (`pace`, in %), `unexecuted` what is left of the
    budget. Amounts are in 원."""

    name: str
    budget: int
    rate: Fraction | None
    printed: str
    budget_text: str
    pace: Fraction | None = None
    short: int = 0
    short_text: str = ""
    unexecuted: int | None = None
    left: Fraction = Fraction(0)
    width: Fraction = Fraction(0)

    @property
    def is_behind(self) -> bool:
        return self.short > 0

    @property
    def gap(self) -> Fraction | None:
        """In %p."""
        return None if self.rate is None or self.pace is None else self.rate - self.pace

    @property
    def _place(self) -> tuple[int, Fraction]:
        """As on the home page: reached first, the most missing last, after them what is not known."""
        if self.rate is None:
            return 2, Fraction(-self.budget)
        return (1, Fraction(self.short)) if self.is_behind else (0, -self.rate)


def columns(data: ExpenditureData) -> list[MoneyColumn]:
    """Accounts where a department has some, else the department; what has no budget has no width and is left out."""
    split = {row.slug for row in data.rows if row.account}
    leaves = [
        row for row in data.rows if row.slug and (row.account or row.slug not in split) and _budget(row) > 0
    ]
    whole, left = sum(map(_budget, leaves)), 0
    made = []
    for column in sorted((_column(row, data) for row in leaves), key=lambda column: column._place):
        made.append(replace(column, left=Fraction(left, whole), width=Fraction(column.budget, whole)))
        left += column.budget
    return made


def _column(row: ExpenditureRow, data: ExpenditureData) -> MoneyColumn:
    # Of the day of what was executed; None where that is of several days.
    pace = None if row.is_mixed else amounts.pace(row.executed_on or data.as_of, data.fiscal_year)
    rate, executed = row.execution_rate, row.executed.number
    known = executed is not None and pace is not None
    whole = _budget(row) if row.executed_of is None else row.executed_of
    short = max(0, round(whole * pace - Fraction(executed))) if known else 0  # type: ignore[operator, arg-type]
    return MoneyColumn(
        name=f"{row.department} {row.name}" if row.account else row.name,
        budget=_budget(row),
        rate=None if rate.number is None else Fraction(rate.number),
        printed=MISSING if rate.number is None else rate.marked(amounts.percent),
        budget_text=amounts.won_text(_budget(row)).removesuffix(" 원"),
        pace=None if pace is None else pace * 100,
        short=short,
        short_text=amounts.won_text(short),
        unexecuted=None if executed is None else whole - int(executed),
    )


def _budget(row: ExpenditureRow) -> int:
    return int(row.current.number or 0)


def top(found: Sequence[MoneyColumn]) -> Fraction:
    """The end of the scale: 100 %, or the highest rate."""
    return max([WHOLE, *(column.rate for column in found if column.rate is not None)])
