"""세출 총괄: departments with their accounts in the unit of their source, and rates of execution beside the share of the year gone by."""

from collections.abc import Iterator

from core.models import Source
from seoul_digital.lib import amounts

from ...chapter import DocumentSoFar
from ...render.blocks import Bars, Block, HeadingBlock
from ..budget_document import budget_table, is_long, money, notes, rate_text, section_heading
from ..revenue.data import RevenueData
from .data import MISSING, ExpenditureData, ExpenditureRow

MEASURES = ("current", "previous", "change", "change_rate", "executed", "execution_rate")


def blocks(data: ExpenditureData, document: DocumentSoFar) -> Iterator[Block]:
    report = document.report
    if report.get(RevenueData) is None:
        yield section_heading(report)
    title = report.heading_of(Source.Scope.EXPENDITURE) or "세출 총괄"
    yield HeadingBlock(3, title, "expenditure", opens_page=is_long(report))
    rows = [
        (row.name, _figures(row, data), int(bool(row.account)), list(map(row.fact, MEASURES)))
        for row in data.rows
    ]
    execution = [("집행현황", ("집행액", "집행률"))]
    yield budget_table(data, rows, execution, key="expenditure-table", name="세출 총괄")
    yield from notes(data)
    yield from _rates(data)


def _figures(row: ExpenditureRow, data: ExpenditureData) -> list[str]:
    years = [*money((row.current, row.previous, row.change), data), rate_text(row.change_rate)]
    executed = [MISSING] if row.executed.shown is None else money([row.executed], data)
    return [*years, *executed, rate_text(row.execution_rate)]


def _rates(data: ExpenditureData) -> Iterator[Block]:
    """The rates of execution beside the share of the year gone by."""
    known = [row for row in data.rows if row.execution_rate.number is not None]
    if not known:
        return
    bars = tuple(
        (row.name, float(row.execution_rate.number), rate_text(row.execution_rate), int(bool(row.account)))
        for row in known
    )
    pace = data.pace * 100
    summary = f"집행률: {', '.join(f'{name} {printed}' for name, _, printed, _ in bars)}. 진도율 {amounts.percent(pace)}."
    facts = tuple(row.fact("execution_rate") for row in known)
    yield Bars("부서별 집행률", summary, bars, float(pace), f"진도율 {amounts.percent(pace)}", facts)
