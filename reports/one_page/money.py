"""Where the budget went, as a Marimekko: width is the budget, height the rate of execution, so that area is money."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from seoul_digital.lib import amounts

from ..chapters.expenditure.data import MISSING, ExpenditureData, ExpenditureRow

WHOLE = Fraction(100)


@dataclass(frozen=True)
class Column:
    """A department, or one of its accounts. `left`, `width` are shares of all budgets; `rate`, None where nothing is known of what
    was executed, is in %; `short` is the money that is missing to the pace of its day (`pace`, in %). Amounts are in 원."""

    name: str
    budget: int
    left: Fraction
    width: Fraction
    rate: Fraction | None
    printed: str
    budget_text: str
    pace: Fraction | None = None
    short: int = 0
    short_text: str = ""

    @property
    def is_behind(self) -> bool:
        return self.short > 0


def columns(data: ExpenditureData) -> list[Column]:
    """Accounts where a department has some, else the department: the highest rate first, what has none last; what has no budget
    has no width and is left out."""
    split = {row.slug for row in data.rows if row.account}
    leaves = [
        row for row in data.rows if row.slug and (row.account or row.slug not in split) and _budget(row) > 0
    ]
    whole, left = sum(map(_budget, leaves)), 0
    made = []
    for row in sorted(leaves, key=lambda row: -(row.execution_rate.number or 0)):
        made.append(_column(row, Fraction(left, whole), Fraction(_budget(row), whole), _pace(row, data)))
        left += _budget(row)
    return made


def _pace(row: ExpenditureRow, data: ExpenditureData) -> Fraction | None:
    """Of the day of what was executed; None where that is of several days."""
    return None if row.is_mixed else amounts.pace(row.executed_on or data.as_of, data.fiscal_year)


def _column(row: ExpenditureRow, left: Fraction, width: Fraction, pace: Fraction | None) -> Column:
    rate, executed = row.execution_rate, row.executed.number
    known = executed is not None and pace is not None
    whole = _budget(row) if row.executed_of is None else row.executed_of
    short = max(0, round(whole * pace - Fraction(executed))) if known else 0  # type: ignore[operator, arg-type]
    return Column(
        name=f"{row.department} {row.name}" if row.account else row.name,
        budget=_budget(row),
        left=left,
        width=width,
        rate=None if rate.number is None else Fraction(rate.number),
        printed=MISSING if rate.number is None else rate.marked(amounts.percent),
        budget_text=amounts.won_text(_budget(row)).removesuffix(" 원"),
        pace=None if pace is None else pace * 100,
        short=short,
        short_text=amounts.won_text(short).removesuffix(" 원"),
    )


def _budget(row: ExpenditureRow) -> int:
    return int(row.current.number or 0)


def top(found: Sequence[Column]) -> Fraction:
    """The end of the scale: 100 %, or the highest rate."""
    return max([WHOLE, *(column.rate for column in found if column.rate is not None)])
