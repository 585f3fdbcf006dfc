"""인력: staff of each unit."""

from collections.abc import Iterator

from core.models import Source
from seoul_digital.lib import amounts

from ...chapter import DocumentSoFar
from ...render import tables
from ...render.blocks import Block, HeadingBlock, TableBlock
from .data import StaffingData


def blocks(data: StaffingData, document: DocumentSoFar) -> Iterator[Block]:
    on = document.report.date_of(Source.Scope.STAFFING)
    yield HeadingBlock(2, "인력", "staffing", remark=f"({on.year}. {on.month}. {on.day}. 기준)")
    yield _table(data)


def _table(data: StaffingData) -> TableBlock:
    series = ("직종별 현원", ("소계", *data.series))
    header = tables.grouped_header(["구분", "정원", "현원", "과부족", series])
    measures = ("authorized", "headcount", "variance", "headcount", *data.series)
    rows = [
        tables.row(
            unit.name,
            [amounts.plain(unit.figures[measure].shown) for measure in measures],
            facts=[f"staffing:{unit.slug}/{measure}" for measure in measures],
        )
        for unit in (data.total, *data.units)
    ]
    return tables.table(header, rows, key="staffing-table", name="인력")
