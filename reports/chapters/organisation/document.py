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
    yield HeadingBlock(
        2, "조직", "organisation", remark=document.report.heading_of(Source.Scope.ORGANISATION)
    )
    for root in _trees(data):
        yield OrganisationChart(root, f"{root.name} 조직도")
    yield from (note_line(one.printed) for one in data.foundations if one.printed)


def _trees(data: OrganisationData) -> list[ChartUnit]:
    """Kinds that the report counts and does not name all of, such as teams, are left out, and foundations, which stand outside."""
    named, printed = (
        Counter(unit.kind for unit in data.units),
        {count.kind: count.number for count in data.unit_counts},
    )
    shown = [
        unit
        for unit in data.units
        if unit.kind != "foundation" and named[unit.kind] >= printed.get(unit.kind, 0)
    ]
    slugs = {unit.slug for unit in shown}
    return [_tree(unit, shown) for unit in shown if unit.parent not in slugs]


def _tree(unit: UnitRow, shown: list[UnitRow]) -> ChartUnit:
    return ChartUnit(
        unit.name,
        tuple(_tree(one, shown) for one in shown if one.parent == unit.slug),
        unit.note,
        _lines(unit),
    )


def _lines(unit: UnitRow) -> tuple[str, ...]:
    """`정보통신보안` / `담당관`: a long word for the kind stands on a line of its own."""
    stem = unit.name.removesuffix(unit.kind_word)
    return (stem, unit.kind_word) if stem and stem != unit.name and len(unit.kind_word) > 2 else (unit.name,)
