"""What figures of expenditure state, by their identities, and what pages count against the pace of the year.

`pace:year` is the share of the year gone by, `pace:behind` the number of units behind it, `pace:missing/<unit>` what one lacks.
"""

from collections.abc import Sequence
from fractions import Fraction

from core.snapshot import Snapshot, address
from core.stated_facts import StatedFact, register_found_facts, stated
from seoul_digital.lib import amounts
from seoul_digital.lib.hangul import with_particle
from seoul_digital.lib.reported import ReportedFigure
from seoul_digital.lib.tables import day

from . import execution
from .execution import Execution, ExecutionSummary
from .in_force import sources_in_force


def fact_of(summary: ExecutionSummary, row: Execution, measure: str) -> str:
    """The identity of what a row's figure states; what is narrowed to a part is no figure of the report."""
    return "" if summary.narrowed_to else f"expenditure:{row.subject}/{measure}"


def unexecuted(summary: ExecutionSummary, row: Execution) -> int | None:
    """집행잔액 (원인행위 기준) between the amounts as they are shown: the printed ones where the source prints them."""
    committed, budget = summary.committed(row).shown, summary.current(row).shown
    if row.executed_of is not None:
        budget = row.executed_of
    if isinstance(committed, int) and isinstance(budget, int):
        return budget - committed
    return row.unexecuted  # where a word is printed in place of an amount


def pace_fact(summary: ExecutionSummary, key: str) -> str:
    return "" if summary.narrowed_to else f"pace:{key}"


def missing(summary: ExecutionSummary, row: Execution) -> int | None:
    """원 from what is executed up to the pace of its day; None where it is reached or one of the two is unknown."""
    pace = summary.pace_of(row)
    if row.committed is None or pace is None or not summary.is_behind(row):
        return None
    return int(amounts.rounded(pace * row.budget_executed - row.committed))


@register_found_facts("pace")
def pace_stated(snapshot: Snapshot, key: str) -> StatedFact | None:
    summary = execution.summary(snapshot)
    found = _found(summary, key) if summary else None
    if summary is None or found is None:
        return None
    label, value, unit, formula, parts = found
    return StatedFact(
        f"pace:{key}",
        label,
        **stated(ReportedFigure(value), unit),
        on=day(summary.as_of),
        source=sources_in_force(snapshot)[0],
        formula=formula,
        parts=tuple(f"expenditure:{row.subject}/{measure}" for row, measure in parts),
        url=address("budgets:expenditure"),
    )


Found = tuple[str, int | Fraction, str, str, Sequence[tuple[Execution, str]]]


def _found(summary: ExecutionSummary, key: str) -> Found | None:
    """Label, value, unit, formula, and the figures that it is made of."""
    if key == "year":
        gone = f"진도 = {day(summary.as_of)}까지 지난 날 ÷ {summary.fiscal_year}년의 날 × 100"
        return "회계연도 진도", summary.pace * 100, "%", gone, ()
    if key.startswith("missing"):
        return _missing(summary, key)
    rated = [row for row in summary.departments if row.rate is not None]
    behind = [row for row in rated if summary.is_behind(row)]
    reached = [row for row in rated if row not in behind]
    counted = {
        "rated": ("집행률이 있는 부서 수", rated),
        "reached": ("진도선 이상인 부서 수", reached),
        "behind": ("진도선에 못 미치는 부서 수", behind),
    }
    if key in counted:
        label, rows = counted[key]
        return (
            label,
            len(rows),
            "곳",
            f"집행률을 진도 {with_particle(amounts.percent(summary.pace * 100), '과/와')} 견줌",
            [(row, "rate") for row in rows],
        )
    share = amounts.rate(sum(row.current for row in behind), summary.total.current)
    if key != "share" or share is None:
        return None
    formula = "비율 = 진도선에 못 미치는 부서의 예산현액 ÷ 세출 계 예산현액 × 100"
    parts = [(row, "current") for row in (*behind, summary.total)]
    return "진도선에 못 미치는 부서의 예산 비율", share, "%", formula, parts


def _missing(summary: ExecutionSummary, key: str) -> Found | None:
    rows = [row for row in summary.leaves if key in ("missing", f"missing/{row.subject}")]
    short = [(money, row) for row in rows if (money := missing(summary, row)) is not None]
    if not short:
        return None
    name = short[0][1].full_label if key != "missing" else "세출"
    parts = [(row, measure) for _, row in short for measure in ("current", "committed")]
    money = sum(money for money, _ in short)
    return f"{name} 진도선까지 모자란 돈", money, "원", "모자란 돈 = 예산현액 × 진도 − 집행액", parts
