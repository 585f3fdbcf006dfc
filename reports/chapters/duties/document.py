"""주요업무: what each unit is charged with."""

from collections.abc import Iterator

from core.models import Source

from ...chapter import DocumentSoFar
from ...render import tables
from ...render.blocks import Block, HeadingBlock, TableCell
from .data import DutiesData


def blocks(data: DutiesData, document: DocumentSoFar) -> Iterator[Block]:
    title = document.report.heading_of(Source.Scope.DUTIES) or "부서별 주요업무"
    yield HeadingBlock(2, title, "duties", opens_page=True)
    header = tables.grouped_header(["부서(기관)별", "주요업무"])
    rows = [
        [
            TableCell(unit.name, 0, align="center", is_head=True),
            TableCell("\n".join(f"･ {text}" for text in unit.texts), 1),
        ]
        for unit in data.units
    ]
    yield tables.table(header, rows, key="duties-table", name="부서별 주요업무")
