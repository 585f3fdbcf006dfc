"""Expenditure, what is printed beside what it adds up to. In 원."""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from budgets.expenditure import execution
from core.models import ControlTotal
from core.remembered.ahead import reading
from core.snapshot import Snapshot
from seoul_digital.lib.reported import ReportedFigure

from ...chapter import UnitExtract
from ...report import Report

MEASURE = ControlTotal.Measure
FACTS = {"executed": "committed", "execution_rate": "rate"}  # what stated facts call these
MISSING = "미제출"  # what is printed where nothing is known of what was executed


@dataclass(frozen=True)
class ExpenditureRow:
    """A department, one of its accounts (`account`) or, without a slug, the whole; executed is the 원인행위액."""

    slug: str
    name: str
    account: str
    department: str
    current: ReportedFigure
    previous: ReportedFigure
    change: ReportedFigure
    change_rate: ReportedFigure
    executed: ReportedFigure
    execution_rate: ReportedFigure
    executed_on: date | None = None  # where that is not the day of the figures
    executed_of: int | None = (
        None  # the budget of that day, in 원, where an earlier delivery tells the execution
    )
    is_mixed: bool = False  # what was executed is of several days

    def fact(self, measure: str) -> str:
        """The identity of what a figure states."""
        subject = "/".join(filter(None, (self.slug, self.account)))
        return f"expenditure:{subject}/{FACTS.get(measure, measure)}"


@dataclass(frozen=True)
class ExpenditureData:
    """The whole first, then departments, each with its accounts; `pace` is the share of the year gone by on `as_of`."""

    fiscal_year: int
    as_of: date
    pace: Fraction
    rows: tuple[ExpenditureRow, ...]
    notes: tuple[str, ...] = ()
    unit: str = ""  # of the source
    executed_on: date | None = None  # where what was executed is told on another day


@reading(execution.summary)
def assemble(snapshot: Snapshot, report: Report) -> ExpenditureData | None:
    summary = execution.summary(snapshot)
    if summary is None:
        return None
    rows = tuple(_row(summary, row) for row in (summary.total, *summary.rows))
    on = summary.total.executed_on
    return ExpenditureData(
        summary.fiscal_year, summary.as_of, summary.pace, rows, summary.notes, summary.unit.name, on
    )


def _row(summary: execution.ExecutionSummary, row: execution.Execution) -> ExpenditureRow:
    return ExpenditureRow(
        slug=row.slug,
        name=row.label,
        account=row.account,
        department=row.department or row.label,
        current=summary.current(row),
        previous=summary.previous(row),
        change=summary.figure(row, MEASURE.CHANGE),
        change_rate=summary.figure(row, MEASURE.CHANGE_RATE),
        executed=summary.committed(row),
        execution_rate=summary.rate(row),
        executed_on=row.executed_on,
        executed_of=row.executed_of,
        is_mixed=row.is_mixed,
    )


def of_unit(data: ExpenditureData, extract: UnitExtract) -> ExpenditureData | None:
    """Without a whole: that is the bureau's."""
    rows = tuple(row for row in data.rows if row.slug in extract.own)
    return replace(data, rows=rows) if rows else None
