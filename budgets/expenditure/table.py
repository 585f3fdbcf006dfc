"""The expenditure table as in the report: what is printed, and ◆ where it is not what its parts add up to."""

from core.models import ControlTotal
from seoul_digital.lib import agreement, amounts
from seoul_digital.lib.agreement import Agreement
from seoul_digital.lib.tables import Cell, Column, Record, Row, Table

from ..models import BudgetFigure
from .execution import PRINTED_TO

MEASURE = ControlTotal.Measure


def execution_table(summary, rows, url_of=lambda row: "", with_total=True):
    """The report's table of expenditure, with the difference from the pace. `rows`: those to show under the total."""
    year = summary.fiscal_year
    columns = [
        Column("구분"),
        Column(f"{year}\n예산현액", "thousand"),
        Column(f"{year - 1}\n최종예산", "thousand"),
        Column("증감액", "thousand", group="증감"),
        Column("증감률", "percent", group="증감"),
        Column("집행액", "thousand", group="집행 현황"),
        Column("집행률", "bar", group="집행 현황"),
        Column("진도차", "points", group="집행 현황"),
    ]
    total = [_row(summary, summary.total, total=True)] if with_total else []
    shown = total + [_row(summary, row, href=url_of(row)) for row in rows]
    return Table(
        "expenditure",
        "부서별 예산과 집행",
        columns,
        shown,
        unit="천원, %, %p",
        as_of=summary.as_of,
        notes=[*summary.notes, *(rounding_notes(summary) if with_total else ())],
        pace=summary.pace,
        caption_hidden=True,
        empty="조건에 맞는 부서가 없습니다.",
    )


def _row(summary, row, total=False, href=""):
    computed = summary.computed_total if total else row
    terms = len(summary.leaves) if total else max(len(row.accounts), 1)
    behind = row.rate is not None and row.rate < summary.pace * 100
    cells = [
        Cell(row.label, href=href),
        sum_cell(
            summary.printed(row, MEASURE.CURRENT_BUDGET), computed.current, terms, _record(row.key, "current")
        ),
        sum_cell(
            summary.printed(row, MEASURE.CURRENT_BUDGET, summary.previous_year),
            computed.previous,
            terms,
            _record(row.previous_key, "current"),
        ),
        sum_cell(summary.printed(row, MEASURE.CHANGE), computed.change, 2),
        rate_cell(summary.printed(row, MEASURE.CHANGE_RATE), change_rate(row)),
        sum_cell(
            summary.printed(row, MEASURE.COMMITTED), computed.committed, terms, _record(row.key, "committed")
        ),
        rate_cell(summary.printed(row, MEASURE.EXECUTION_RATE), row.rate),
        Cell(summary.gap(row), warn=behind),
    ]
    return Row(cells, total=total, level=1 if row.account else 0)


def change_rate(row):
    """Exact percent, 순증 where there was nothing last year, None where nothing is known of it."""
    if row.previous == 0:
        return amounts.change_percent(row.current, row.previous)
    return amounts.change_rate(row.current, row.previous)


def _record(key, field):
    return Record(BudgetFigure, key, field) if key else None


def sum_cell(stated, computed, terms, record=None):
    """The printed amount where there is one, with the computed one beside it where they disagree beyond rounding."""
    if stated is None or stated.value is None or computed is None:
        return Cell(computed, record=record)
    verdict = agreement.of_sum(stated.value, computed, terms, PRINTED_TO)
    return Cell(
        int(stated.value), computed=computed if verdict is Agreement.DISAGREES else None, record=record
    )


def rate_cell(stated, computed):
    if stated is None or stated.value is None or isinstance(computed, str):
        return Cell(computed)
    disagrees = agreement.of_rate(stated.value, computed) is Agreement.DISAGREES
    return Cell(stated.value if disagrees else computed, computed=computed if disagrees else None)


def rounding_notes(summary):
    """Says it where a printed total differs from the sum of its parts by rounding alone."""
    labels = {MEASURE.CURRENT_BUDGET: "예산현액", MEASURE.COMMITTED: "집행액"}
    computed_total = summary.computed_total
    values = {MEASURE.CURRENT_BUDGET: computed_total.current, MEASURE.COMMITTED: computed_total.committed}
    for measure, label in labels.items():
        stated, computed = summary.printed(summary.total, measure), values[measure]
        if stated is None or computed is None or stated.value == computed:
            continue
        if agreement.of_sum(stated.value, computed, len(summary.leaves), PRINTED_TO) is Agreement.ROUNDING:
            difference = int(stated.value) - computed
            word = "적습니다" if difference > 0 else "많습니다"
            yield (
                f"※ 부서별 {label}의 합은 {amounts.thousand(computed)}천원으로 "
                f"계보다 {amounts.thousand(abs(difference))}천원 {word}(단수 차이)."
            )
