"""세입 총괄: the tree of revenue in the unit of its source."""

from collections.abc import Iterator

from core.models import Source

from ...chapter import DocumentSoFar
from ...render.blocks import Block, HeadingBlock
from ..budget_document import budget_table, money, notes, rate_text, section_heading
from .data import RevenueData


def blocks(data: RevenueData, document: DocumentSoFar) -> Iterator[Block]:
    yield section_heading(document.report)
    yield HeadingBlock(3, document.report.heading_of(Source.Scope.REVENUE) or "세입 총괄", "revenue")
    rows = [
        (
            row.name,
            [*money((row.current, row.previous, row.change), data), rate_text(row.rate)],
            max(row.level - 1, 0),
            list(map(row.fact, ("current", "previous", "change", "change_rate"))),
        )
        for row in data.rows
    ]
    yield budget_table(data, rows, key="revenue-table", name="세입 총괄")
    yield from notes(data)
