"""Revenue, what is printed beside what it adds up to. In 원."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from budgets.revenue import tree
from core.remembered.ahead import reading
from core.snapshot import Snapshot
from seoul_digital.lib.reported import ReportedFigure

from ...report import Report


@dataclass(frozen=True)
class RevenueRow:
    """An item of revenue or, without a slug, the whole; `level` 0 is the whole, `parent` empty right below it."""

    slug: str
    name: str
    level: int
    parent: str
    is_leaf: bool
    current: ReportedFigure
    previous: ReportedFigure
    change: ReportedFigure
    rate: ReportedFigure

    def fact(self, measure: str) -> str:
        """The identity of what a figure states."""
        return f"revenue:{self.slug}/{measure}"


@dataclass(frozen=True)
class RevenueData:
    """The tree in the order of the report, the whole first; `previous` is the year before, by its final budget."""

    fiscal_year: int
    as_of: date
    rows: tuple[RevenueRow, ...]
    notes: tuple[str, ...] = ()
    unit: str = ""  # of the source


@reading(tree.revenue)
def assemble(snapshot: Snapshot, report: Report) -> RevenueData | None:
    found = tree.revenue(snapshot)
    if found is None:
        return None
    rows = tuple(_rows(found.root, ""))
    return RevenueData(found.fiscal_year, found.as_of, rows, found.notes, found.unit.name)


def _rows(node: tree.Node, parent: str) -> Iterator[RevenueRow]:
    yield RevenueRow(
        slug=node.slug,
        name=node.name,
        level=node.level,
        parent=parent,
        is_leaf=not node.children,
        current=node.current,
        previous=node.previous,
        change=node.change,
        rate=node.rate,
    )
    for child in node.children:
        yield from _rows(child, node.slug)
