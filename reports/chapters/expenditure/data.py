"""Expenditure, what is printed beside what it adds up to. In 원."""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from budgets.expenditure import execution
from budgets.expenditure.table import change_rate
from core.models import ControlTotal
from core.snapshot import Snapshot
from seoul_digital.lib import agreement, amounts
from seoul_digital.lib.agreement import Agreement

from ...chapter import UnitExtract
from ...report import Rate, Report, Stated
from ..budget_rates import computed_or_printed

MEASURE = ControlTotal.Measure


@dataclass(frozen=True)
class ExpenditureRow:
    """A department, one of its accounts (`account`) or, without a slug, the whole; executed is the 원인행위액."""

    slug: str
    name: str
    account: str
    department: str
    current: Stated
    previous: Stated
    change: Stated
    change_rate: Rate
    executed: Stated
    execution_rate: Rate


@dataclass(frozen=True)
class ExpenditureData:
    """The whole first, then departments, each with its accounts; `pace` is the share of the year gone by on `as_of`."""

    fiscal_year: int
    as_of: date
    pace: Fraction
    rows: tuple[ExpenditureRow, ...]
    notes: tuple[str, ...] = ()


def assemble(snapshot: Snapshot, report: Report) -> ExpenditureData | None:
    summary = execution.summary(snapshot)
    if summary is None:
        return None
    rows = tuple(_row(summary, row) for row in (summary.computed_total, *summary.rows))
    return ExpenditureData(summary.fiscal_year, summary.as_of, summary.pace, rows, summary.notes)


def _row(summary: execution.ExecutionSummary, row: execution.Execution) -> ExpenditureRow:
    terms = max(len(row.accounts), 1) if row.slug else len(summary.leaves)

    def stated(measure: str, computed: int | None, terms: int = terms, year: int | None = None) -> Stated:
        return _stated(summary.printed(row, measure, year), computed, terms)

    def rate(measure: str, computed: Fraction | str | None) -> Rate:
        return computed_or_printed(computed, summary.printed(row, measure))

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


def of_unit(data: ExpenditureData, extract: UnitExtract) -> ExpenditureData | None:
    """Without a whole: that is the bureau's."""
    rows = tuple(row for row in data.rows if row.slug in extract.own)
    return replace(data, rows=rows) if rows else None
