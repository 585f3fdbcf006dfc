"""The revenue page: its sentences, the report's tree table, its figure."""

from fractions import Fraction
from functools import partial
from typing import cast

from django.utils.html import format_html
from django.utils.safestring import SafeString

from seoul_digital.lib import amounts, charts
from seoul_digital.lib.reported import ReportedFigure
from seoul_digital.lib.tables import Cell, Column, Record, Row, Table

from ..models import RevenueFigure
from .tree import Node, Revenue

DISAGREEMENT_NOTE = (
    "◆ 원문에 적힌 값이 아래 항목을 더한 값과 다릅니다. 적힌 값을 그대로 두고 계산한 값을 함께 보입니다."
)


def revenue_table(revenue: Revenue) -> Table:
    columns = [
        Column("구분"),
        Column(f"{revenue.fiscal_year}\n예산현액", "thousand"),
        Column(f"{revenue.previous_year}\n최종예산", "thousand"),
        Column("증감액", "thousand", group="증감"),
        Column("증감률", "percent", group="증감"),
    ]
    rows = [_row(node) for node in revenue.root.walk()]
    return Table(
        "revenue",
        "세입 총괄",
        columns,
        rows,
        unit="천원, %",
        as_of=revenue.as_of,
        notes=[*revenue.notes, *([DISAGREEMENT_NOTE] if revenue.disagreements else [])],
    )


def _row(node: Node) -> Row:
    own = f"revenue:{node.slug}"
    cells = [
        node.name,
        Cell.of(node.current, record=_record(node.key), fact=f"{own}/current"),
        Cell.of(node.previous, record=_record(node.previous_key), fact=f"{own}/previous"),
        Cell.of(node.change, fact=f"{own}/change"),
        Cell.of(node.rate, fact=f"{own}/change_rate"),
    ]
    anchor = f"item-{node.slug}" if node.slug else ""
    return Row(cells, level=max(node.level - 1, 0), total=node.level == 0, anchor=anchor)


def _record(key: int | None) -> Record | None:
    return Record(RevenueFigure, key, "current_budget") if key else None


def _won(figure: ReportedFigure) -> int | None:
    """What the parts add up to: an amount, never a word."""
    return cast(int | None, figure.computed)


def lead(revenue: Revenue) -> SafeString:
    """`2022년 세입 예산현액은 173.7억 원으로 2021 최종예산보다 3.3% 늘었습니다.`"""
    root = revenue.root
    budget = root.current.text(amounts.won_text)
    change = root.rate.shown
    if change is not None and not isinstance(change, str):
        rate = root.rate.text(
            lambda shown: amounts.percent(shown if shown is None or isinstance(shown, str) else abs(shown))
        )
        verb = "늘었습니다" if change >= 0 else "줄었습니다"
        return format_html(
            "<span>{}년 세입 예산현액은 <b>{}</b>으로 {} 최종예산보다 <b>{}</b> {}.</span>",
            revenue.fiscal_year, budget, revenue.previous_year, rate, verb,
        )  # fmt: skip
    return format_html("<span>{}년 세입 예산현액은 <b>{}</b>입니다.</span>", revenue.fiscal_year, budget)


def table_sentence(revenue: Revenue) -> str:
    """`가장 큰 과목은 공유재산임대료(78.8억 원, 전체의 45.3%)입니다.`"""
    largest = max(revenue.root.leaves, key=lambda node: _won(node.current) or 0)
    share = amounts.rate(_won(largest.current), _won(revenue.root.current))
    if share is None:
        return f"{revenue.fiscal_year}년 세입은 0원입니다."
    size = largest.current.text(amounts.won_text)
    return f"가장 큰 과목은 {largest.name}({size}, 전체의 {amounts.percent(share)})입니다."


def disagreement_sentence(revenue: Revenue) -> str:
    """Names what the report prints otherwise than its parts add up."""
    names = [node.name for node in revenue.disagreements]
    if not names:
        return "원문에 적힌 소계와 합계가 아래 항목의 합과 모두 맞습니다."
    listed = ", ".join(f"‘{name}’" for name in names)
    return f"원문에 적힌 {listed} 소계가 아래 항목의 합과 다릅니다."


def size_figure(revenue: Revenue) -> charts.Chart:
    """Each leaf's current budget, the largest first."""
    leaves = sorted(revenue.root.leaves, key=lambda node: -(_won(node.current) or 0))
    won = [node.current.number or 0 for node in leaves]
    build = partial(
        charts.quantity_bars,
        [node.name for node in leaves],
        [Fraction(amount) / amounts.HUNDRED_MILLION for amount in won],
        [node.current.marked(amounts.won_text) for node in leaves],
    )
    sentence = table_sentence(revenue)
    return charts.Chart("sizes", "과목별 예산현액", sentence, build, unit="억 원", as_of=revenue.as_of)


def change_figure(revenue: Revenue) -> charts.Chart:
    """Each leaf's change from last year's final budget, the largest rise first."""
    known = [node for node in revenue.root.leaves if node.change.computed is not None]
    leaves = sorted(known, key=lambda node: -(_won(node.change) or 0))
    build = partial(
        charts.change_bars,
        [node.name for node in leaves],
        [node.change.number for node in leaves],
        [node.rate.marked(amounts.percent) for node in leaves],
        marks=[node.change.mark for node in leaves],
    )
    sentence = change_sentence(revenue)
    return charts.Chart(
        "changes", "과목별 전년 대비 증감", sentence, build, unit="억 원, %", as_of=revenue.as_of
    )


def change_sentence(revenue: Revenue) -> str:
    """`가장 많이 는 과목은 …, 가장 많이 준 과목은 …입니다.`"""
    leaves = [node for node in revenue.root.leaves if node.change.computed]
    rose = max(leaves, key=lambda node: _won(node.change) or 0, default=None)
    fell = min(leaves, key=lambda node: _won(node.change) or 0, default=None)
    parts = []
    if rose and (_won(rose.change) or 0) > 0:
        parts.append(f"가장 많이 는 과목은 {rose.name}({rose.change.text(amounts.won_change)})")
    if fell and (_won(fell.change) or 0) < 0:
        parts.append(f"가장 많이 준 과목은 {fell.name}({fell.change.text(amounts.won_change)})")
    if not parts:
        return f"{revenue.previous_year} 최종예산과 달라진 과목이 없습니다."
    last = parts[-1]
    return "이고, ".join([*parts[:-1], last]) + "입니다."
