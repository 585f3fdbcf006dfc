"""조직: the organisation chart, and what is printed of foundations."""

from collections import Counter
from collections.abc import Iterator

from core.models import Source

from ...chapter import DocumentSoFar
from ...render.blocks import Block, ChartUnit, HeadingBlock, OrganisationChart
from ...render.outline import note_line
from .data import OrganisationData, UnitRow


def blocks(data: OrganisationData, document: DocumentSoFar) -> Iterator[Block]:
    if not data.units and not data.foundations:
        return
    remark = document.report.heading_of(Source.Scope.ORGANISATION)
    yield HeadingBlock(2, "조직", "organisation", remark=remark)
    for root in _trees(data):
        yield OrganisationChart(root, f"{root.name} 조직도")
    yield from (note_line(row.printed) for row in data.foundations if row.printed)


def _trees(data: OrganisationData) -> list[ChartUnit]:
    """Kinds that the report counts and does not name all of, such as teams, are left out, and foundations, which stand outside."""
    named = Counter(unit.kind for unit in data.units)
    printed = {count.kind: count.number for count in data.unit_counts}
    shown = [
        unit
        for unit in data.units
        if unit.kind != "foundation" and named[unit.kind] >= printed.get(unit.kind, 0)
    ]
    slugs = {unit.slug for unit in shown}
    return [_tree(unit, shown) for unit in shown if unit.parent not in slugs]


def _tree(unit: UnitRow, shown: list[UnitRow]) -> ChartUnit:
    """With its name in lines: a long word for the kind stands on one of its own (`정보통신보안` / `담당관`)."""
    stem = unit.name.removesuffix(unit.kind_word)
    is_broken = stem and stem != unit.name and len(unit.kind_word) > 2
    lines = (stem, unit.kind_word) if is_broken else (unit.name,)
    below = tuple(_tree(lower, shown) for lower in shown if lower.parent == unit.slug)
    return ChartUnit(unit.name, below, unit.note, lines)
