"""Charts of expenditure, each with a table of the same rows."""

from collections.abc import Sequence
from functools import partial

from seoul_digital.lib import amounts, charts
from seoul_digital.lib.tables import Cell, Column, Row, Table

from .execution import MEASURE, Execution, ExecutionSummary
from .sentences import change_sentence, rate_sentence, size_sentence
from .table import fact_of

CHANGES = "전년 대비 예산 증감"


def rate_figure(summary: ExecutionSummary, name: str = "rates") -> charts.Chart:
    """Execution rates against the pace line, the highest first, accounts under their department."""
    ranked = sorted(summary.departments, key=lambda row: -(row.rate if row.rate is not None else -1))
    rows = [summary.total, *(row for department in ranked for row in (department, *department.accounts))]
    build = partial(
        charts.rate_bars,
        [row.label for row in rows],
        [summary.rate(row).number for row in rows],
        summary.pace,
        [1 if row.department else 0 for row in rows],
        written=[summary.rate(row).marked(amounts.percent) for row in rows],
        gaps=[summary.gap(row) for row in rows],
        first_is_total=True,
    )
    table = _rate_table(summary, rows, name)
    sentence = rate_sentence(summary)
    return charts.Chart(
        name, summary.title("부서별 집행률"), sentence, build, table, unit="%, %p", as_of=summary.as_of
    )


def _rate_table(summary: ExecutionSummary, rows: Sequence[Execution], name: str) -> Table:
    columns = [
        Column("부서"),
        Column("예산현액", "thousand"),
        Column("집행액", "thousand"),
        Column("집행률", "percent"),
        Column("진도차", "points"),
        Column("집행잔액\n(원인행위 기준)", "thousand"),
    ]
    body = [
        Row(
            [
                row.label,
                Cell.of(summary.current(row), fact=fact_of(summary, row, "current")),
                Cell.of(summary.committed(row), fact=fact_of(summary, row, "committed")),
                Cell.of(summary.rate(row), fact=fact_of(summary, row, "rate")),
                Cell(summary.gap(row), fact=fact_of(summary, row, "gap")),
                Cell(row.unexecuted, fact=fact_of(summary, row, "unexecuted")),
            ],
            total=row is summary.total,
            level=1 if row.department else 0,
        )
        for row in rows
    ]
    title = summary.title("부서별 집행률")
    return Table(f"{name}-rows", title, columns, body, unit="천원, %, %p", as_of=summary.as_of)


def change_figure(summary: ExecutionSummary, name: str = "changes") -> charts.Chart:
    """Change from last year's final budget, the largest rise first."""
    known = [row for row in summary.departments if row.change is not None]
    ranked = sorted(known, key=lambda row: -(row.change or 0))
    rows = [summary.total, *(row for top in ranked for row in (top, *top.accounts))]
    build = partial(
        charts.change_bars,
        [row.label for row in rows],
        [summary.figure(row, MEASURE.CHANGE).number for row in rows],
        [summary.figure(row, MEASURE.CHANGE_RATE).marked(amounts.percent) for row in rows],
        [1 if row.department else 0 for row in rows],
        marks=[summary.figure(row, MEASURE.CHANGE).mark for row in rows],
        first_is_total=True,
    )
    table = _change_table(summary, rows, name)
    sentence = change_sentence(summary)
    return charts.Chart(
        name, summary.title(CHANGES), sentence, build, table, unit="천원, %", as_of=summary.as_of
    )


def _change_table(summary: ExecutionSummary, rows: Sequence[Execution], name: str) -> Table:
    columns = [
        Column("부서"),
        Column(f"{summary.fiscal_year} 예산현액", "thousand"),
        Column(f"{summary.previous_year} 최종예산", "thousand"),
        Column("증감액", "thousand"),
        Column("증감률", "percent"),
    ]
    body = [
        Row(
            [
                row.label,
                Cell.of(summary.current(row), fact=fact_of(summary, row, "current")),
                Cell.of(summary.previous(row), fact=fact_of(summary, row, "previous")),
                Cell.of(summary.figure(row, MEASURE.CHANGE), fact=fact_of(summary, row, "change")),
                Cell.of(summary.figure(row, MEASURE.CHANGE_RATE), fact=fact_of(summary, row, "change_rate")),
            ],
            total=row is summary.total,
            level=1 if row.department else 0,
        )
        for row in rows
    ]
    return Table(f"{name}-rows", summary.title(CHANGES), columns, body, unit="천원, %", as_of=summary.as_of)


def size_figure(summary: ExecutionSummary) -> charts.Chart:
    """Draw each department's budget, its executed part, and last year's budget beside it."""
    rows = sorted(summary.departments, key=lambda row: -row.current)
    build = partial(
        charts.bullet_bars,
        [row.label for row in rows],
        [row.current for row in rows],
        [row.committed for row in rows],
        [row.previous for row in rows],
        [summary.is_behind(row) for row in rows],
        budget_name=f"{summary.fiscal_year} 예산현액",
        previous_name=f"{summary.previous_year} 최종예산",
    )
    sentence = size_sentence(summary)
    title = summary.title("예산 규모와 남은 예산")
    return charts.Chart("sizes", title, sentence, build, unit="억 원", as_of=summary.as_of)
