"""What is improbable of amounts: slips of the hand against the last report, years that are closed, and totals that no longer hold."""

from collections.abc import Callable, Iterator

from core.models import Source
from core.plausibility.held_totals import HeldTotal, Move, register_held_totals
from core.plausibility.last_report import (
    changed_fields,
    label_of,
    last_row,
    slip_doubts,
    source_of,
    stored_values,
)
from core.plausibility.rules import register_plausibility
from core.plausibility.thresholds import register_threshold
from seoul_digital.lib.money_units import MoneyUnit
from seoul_digital.lib.tables import day

from .models import BudgetFigure, RevenueFigure

UNIT_JUMP = register_threshold(
    "unit-jump",
    "예산 금액의 단위가 다른 것으로 보는 배율",
    300,
    "배",
    "앞의 자료나 전년도의 이 배율을 넘거나 그 역수에 못 미치는 금액은 단위를 잘못 적은 것으로 봅니다.",
)
BUDGETS = ("original", "supplementary", "carried_over", "current", "previous")
EXECUTED = ("committed", "disbursed")
COLLECTED = ("assessed", "collected")
CLOSED = "닫힌 회계연도의 금액은 바뀌지 않으니 확인하십시오."
SHRUNK = "집행과 수납은 누계라 줄지 않으니 확인하십시오."
Figure = BudgetFigure | RevenueFigure


@register_plausibility("budgets.budgetfigure")
def slips_of_a_budget(figure: BudgetFigure) -> Iterator[str]:
    show = _in(figure.source.money_unit)
    yield from slip_doubts(figure, dict.fromkeys((*BUDGETS, *EXECUTED), show))
    closed = ("current", "previous") if _is_closed(figure, figure.source.fiscal_year) else ("previous",)
    yield from _against_last(figure, closed, show, lambda old, new: old != new, CLOSED)
    yield from _against_last(figure, EXECUTED, show, lambda old, new: new < old, SHRUNK)


@register_plausibility("budgets.revenuefigure")
def slips_of_a_revenue(figure: RevenueFigure) -> Iterator[str]:
    show = _in(figure.source.money_unit)
    yield from slip_doubts(figure, dict.fromkeys(("current_budget", *COLLECTED), show))
    if figure.fiscal_year > figure.source.as_of.year + 1:
        yield f"회계연도 {figure.fiscal_year}: 기준일({day(figure.source.as_of)})의 다음 해보다 뒤입니다. 해를 확인하십시오."
    if _is_closed(figure, figure.fiscal_year):
        yield from _against_last(figure, ("current_budget",), show, lambda old, new: old != new, CLOSED)
    yield from _against_last(figure, COLLECTED, show, lambda old, new: new < old, SHRUNK)


def _is_closed(figure: Figure, year: int | None) -> bool:
    return year is not None and year < figure.source.as_of.year


def _against_last(
    figure: Figure,
    names: tuple[str, ...],
    show: Callable[[int], str],
    is_doubted: Callable[[int, int], bool],
    why: str,
) -> Iterator[str]:
    changed = changed_fields(figure, *names)
    last = last_row(figure, *changed) if changed else None
    for name in changed if last else ():
        old, new = last.values[name], getattr(figure, name)
        if old is not None and is_doubted(old, new):
            yield f"{label_of(figure, name)} {show(new)}: {last.says(show(old))}입니다. {why}"


@register_held_totals("budgets.budgetfigure")
def totals_of_a_budget(figure: BudgetFigure) -> Iterator[Move]:
    if (source := source_of(figure)) and changed_fields(figure, "current"):
        old = stored_values(figure, "current").get("current", 0)
        name = f"{source.fiscal_year} 세출 예산현액"
        yield (
            HeldTotal(name, BudgetFigure, "current", source, (), _in(source.money_unit)),
            figure.current - old,
        )


@register_held_totals("budgets.revenuefigure")
def totals_of_a_revenue(figure: RevenueFigure) -> Iterator[Move]:
    """Of a figure that moves to another year, those of both years."""
    if changed_fields(figure, "current_budget", "fiscal_year"):
        stored = stored_values(figure, "current_budget", "fiscal_year")
        if stored:
            yield _revenue_of(figure.source, stored["fiscal_year"]), -(stored["current_budget"] or 0)
        yield _revenue_of(figure.source, figure.fiscal_year), figure.current_budget or 0


def _revenue_of(source: Source, year: int) -> HeldTotal:
    of = (("fiscal_year", year),)
    return HeldTotal(
        f"{year} 세입 예산현액", RevenueFigure, "current_budget", source, of, _in(source.money_unit)
    )


def _in(unit: MoneyUnit) -> Callable[[int], str]:
    return lambda won: f"{unit.text(won)}{unit.name}"
