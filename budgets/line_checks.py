"""Integrity of the lines of expenditure, one by one."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from core import integrity
from core.models import Source
from core.remembered.ahead import rows_of_snapshot
from core.snapshot import Snapshot, address
from seoul_digital.lib.money_units import THOUSANDS

from .expenditure.in_force import sources_in_force
from .models import BudgetFigure

LISTED = 50  # lines named one by one; the rest is counted


def _rounded(sources: Iterable[Source]) -> dict[int, int]:
    return {source.pk: source.money_unit.won for source in sources if source.unit}


@rows_of_snapshot
def counts_of_lines(snapshot: Snapshot) -> Any:
    """Of each source in force."""
    sources = sources_in_force(snapshot) if snapshot.fiscal_year else []
    return BudgetFigure.objects.of_newest(sources).counts_of_checks(_rounded(sources))


@integrity.register_check("budgets", scope=Source.Scope.EXPENDITURE, rows=[counts_of_lines])
def lines(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    """Per line: the current budget is the sum of its parts where all are known, and 지출 is within 원인행위."""
    if snapshot.fiscal_year is None:
        return
    sources = sources_in_force(snapshot)
    figures = BudgetFigure.objects.of_newest(sources)
    rounded, counts = _rounded(sources), Counter[str]()
    for of_source in counts_of_lines(snapshot):
        counts.update(of_source)
    for name, formula, broken in (
        (
            "parts",
            "예산현액 = 본예산 + 추경 + 성립전 + 예비비 + 이월 + 이체 + 전용",
            figures.with_wrong_parts(rounded),
        ),
        ("disbursed", "지출액 ≤ 원인행위액", figures.disbursed_beyond_commitment()),
    ):
        wrong = list(broken.select_related("line__department")[:LISTED]) if counts[f"wrong_{name}"] else []
        yield from _lines(name, formula, counts[f"checked_{name}"], wrong)
    if counts["wrong_year"]:
        yield from _years(figures.of_another_year())


def _years(figures):
    for figure in figures.select_related("line__department", "source")[:LISTED]:
        yield integrity.condition_holds(
            False,
            id=f"lines.year/{figure.pk}",
            subject=str(figure.line),
            formula=f"예산 줄의 회계연도({figure.line.fiscal_year}) = 자료의 회계연도({figure.source.fiscal_year})",
            hint="줄이나 자료의 회계연도를 확인하십시오.",
            department=figure.line.department.slug,
            url=address("budgets:lines", figure.line.department.slug),
        )


def _lines(name, formula, checked, wrong):
    if checked and not wrong:
        yield integrity.condition_holds(
            True, id=f"lines.{name}", subject=f"예산 줄 {checked:,}개", formula=formula
        )
    for figure in wrong:
        yield integrity.condition_holds(
            False,
            id=f"lines.{name}/{figure.pk}",
            subject=str(figure.line),
            formula=formula,
            printed=THOUSANDS.of(figure.current if name == "parts" else figure.committed),
            computed=THOUSANDS.of(figure.sum_of_parts if name == "parts" else figure.disbursed),
            names=("적힌 값", "계산한 값") if name == "parts" else ("원인행위액", "지출액"),
            hint="이 줄의 금액을 확인하십시오.",
            unit=THOUSANDS.name,
            department=figure.line.department.slug,
            url=address("budgets:lines", figure.line.department.slug),
        )
