"""업무 수: a table of the units."""

from collections.abc import Iterator

from seoul_digital.lib import amounts

from ...chapter import DocumentSoFar
from ...render import tables
from ...render.blocks import Block
from .data import WorkloadData


def blocks(data: WorkloadData, document: DocumentSoFar) -> Iterator[Block]:
    rows = [tables.row(one.name, [amounts.plain(one.duties)]) for one in data.units]
    yield tables.table(tables.grouped_header(["부서", "업무 수"]), rows, key="workload-table", name="업무 수")
