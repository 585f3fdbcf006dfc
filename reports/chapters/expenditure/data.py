"""The budget's part of a report: revenue and expenditure, what is printed beside what it adds up to. In 원."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from budgets.expenditure import execution
from budgets.expenditure.table import change_rate
from budgets.revenue import tree
from core.models import ControlTotal
from seoul_digital.lib import agreement, amounts
from seoul_digital.lib.agreement import Agreement

from ...report import Expenditure, ExpenditureRow, Rate, Revenue, RevenueRow, Stated

MEASURE = ControlTotal.Measure
HUNDREDTH = Decimal("0.01")  # as the database keeps it, on either engine


def revenue_of(snapshot) -> Revenue | None:
    told = tree.revenue(snapshot)
    return told and Revenue(told.fiscal_year, told.as_of, tuple(_revenue_rows(told.root, "")), told.notes)


def _revenue_rows(node: tree.Node, parent: str) -> Iterator[RevenueRow]:
    yield RevenueRow(
        slug=node.slug,
        name=node.name,
        level=node.level,
        parent=parent,
        is_leaf=not node.children,
        current=_amount(node.current),
        previous=_amount(node.previous),
        change=_amount(node.change),
        rate=_rate(node.rate, node.stated_rate),
    )
    for child in node.children:
        yield from _revenue_rows(child, node.slug)


def _amount(amount: tree.Amount) -> Stated:
    return Stated(amount.computed, amount.stated, amount.disagrees)


def _rate(computed: Fraction | str | None, stated: ControlTotal | None) -> Rate:
    """Where no percentage can be computed, the word for it, or the one that is printed."""
    printed = stated.value.quantize(HUNDREDTH) if stated and stated.value is not None else None
    if isinstance(computed, Fraction):
        disagrees = printed is not None and agreement.of_rate(printed, computed) is Agreement.DISAGREES
        return Rate(computed, printed=printed, disagrees=disagrees)
    return Rate(word=computed or "", printed=printed)


def expenditure_of(snapshot) -> Expenditure | None:
    summary = execution.summary(snapshot)
    if summary is None:
        return None
    rows = [summary.computed_total, *summary.rows]
    return Expenditure(
        summary.fiscal_year,
        summary.as_of,
        summary.pace,
        tuple(_row(summary, row) for row in rows),
        summary.notes,
    )


def _row(summary: execution.ExecutionSummary, row: execution.Execution) -> ExpenditureRow:
    terms = max(len(row.accounts), 1) if row.slug else len(summary.leaves)

    def stated(measure, computed, terms=terms, year=None):
        return _stated(summary.printed(row, measure, year), computed, terms)

    def rate(measure, computed):
        return _rate(computed, summary.printed(row, measure))

    return ExpenditureRow(
        slug=row.slug,
        name=row.label,
        account=row.account,
        department=row.department or row.label,
        current=stated(MEASURE.CURRENT_BUDGET, row.current),
        previous=stated(MEASURE.CURRENT_BUDGET, row.previous, year=summary.previous_year),
        change=stated(MEASURE.CHANGE, row.change, 2),
        change_rate=rate(MEASURE.CHANGE_RATE, change_rate(row)),
        executed=stated(MEASURE.COMMITTED, row.committed),
        execution_rate=rate(MEASURE.EXECUTION_RATE, amounts.rate(row.committed, row.current)),
    )


def _stated(total: ControlTotal | None, computed: int | None, terms: int) -> Stated:
    if total is None or total.value is None:
        return Stated(computed)
    printed = int(total.value)
    disagrees = (
        computed is not None
        and agreement.of_sum(printed, computed, terms, execution.PRINTED_TO) is Agreement.DISAGREES
    )
    return Stated(computed, printed, disagrees)
