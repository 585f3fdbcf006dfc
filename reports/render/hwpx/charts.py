"""The organisation, the vision and framed texts, drawn with tables: so their words can be searched, read aloud and edited in Hangul."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from .. import blocks
from . import theme
from .grid import Grid, GridCell, heightened, units
from .theme import Border, Look

FULL = units(theme.TEXT_WIDTH)
NOTHING = Border()
FILLED = Border(fill=theme.ACCENT)
FRAMED = Border(theme.ALL, theme.ACCENT, 0.25)
BOXED = replace(FRAMED, fill=theme.TINT)
THIN = Border(theme.ALL)
EMPTY = replace(theme.CELL, name="표 빈칸", size=1, align="CENTER", spacing=100)
NAME = Look("그림 글", 9, theme.SANS, True, align="CENTER", spacing=115)
BRANCHES, STRATEGIES = 8, 4  # in a row


def title(words: str) -> Grid:
    lines = Border(frozenset({"top", "bottom"}), theme.ACCENT, 1)
    return _single((words,), theme.TITLE, lines, 46)


def framed(words: str) -> Grid:
    """What a project is for."""
    grid = _single(tuple(words.split("\n")), theme.PURPOSE, replace(FRAMED, width=0.3), 14)
    return heightened(replace(grid, padding=(units(5), units(3))))


def _single(words: tuple[str, ...], look: Look, border: Border, height: float) -> Grid:
    return Grid((FULL,), ((GridCell(words, look, border, 0),),), (units(height),))


# The organisation: each branch has four columns, so that lines can meet its box in the middle.


def organisation(root: blocks.ChartUnit) -> list[Grid]:
    """The bureau above, its units in rows of BRANCHES."""
    rows = [root.below[start : start + BRANCHES] for start in range(0, len(root.below), BRANCHES)]
    return [_root(root, has_stem=bool(rows)), *map(_branches, rows)]


def _root(root: blocks.ChartUnit, has_stem: bool) -> Grid:
    side, half = units(48), (FULL - 2 * units(48)) // 2
    name = replace(NAME, size=13, color=theme.WHITE)
    box = GridCell((root.name, *([root.note] if root.note else [])), name, FILLED, 1, 2)
    rows: list[tuple[GridCell, ...]] = [(_gap(0), box, _gap(3))]
    if has_stem:
        rows.append((_gap(0), _gap(1, border=_lines("right")), _gap(2), _gap(3)))
    return heightened(Grid((side, half, half, side), tuple(rows), (units(13), units(4))[: len(rows)]))


def _branches(units_shown: Sequence[blocks.ChartUnit]) -> Grid:
    count = len(units_shown)
    gap, half = units(0.8), (FULL // count - 2 * units(0.8)) // 2
    names = NAME if count > 4 else replace(NAME, size=10.5)
    # The lines above a branch: along the top to its neighbours, down to its box.
    joints: list[GridCell] = []
    for place in range(count):
        left, right = ["top"] if place else [], ["top"] if place < count - 1 else []
        joints += _gap(4 * place, 2, _lines(*left, "right")), _gap(4 * place + 2, 2, _lines(*right))
    rows = [
        tuple(joints),
        _boxes([unit.lines or (unit.name,) for unit in units_shown], names, BOXED),
    ]
    heights = [units(4), units(12)]
    for below in zip_longest(*(list(_below(unit)) for unit in units_shown), fillvalue=""):
        rows.append(
            _boxes([(name,) if name else () for name in below], replace(NAME, size=7.5, bold=False), THIN)
        )
        heights.append(units(7))
    return heightened(
        Grid((gap, half, half, gap) * count, tuple(rows), tuple(heights), padding=(units(0.3), units(0.3)))
    )


def _below(unit: blocks.ChartUnit) -> Iterator[str]:
    for lower in unit.below:
        yield lower.name
        yield from _below(lower)


def _boxes(names: Sequence[tuple[str, ...]], look: Look, border: Border) -> tuple[GridCell, ...]:
    """A box for each branch, nothing where it has no lines."""
    boxes = {
        4 * place + 1: GridCell(lines, look, border, 4 * place + 1, 2)
        for place, lines in enumerate(names)
        if lines
    }
    ends = [0, *(column + 2 for column in boxes)]
    gaps = [_gap(end, start - end) for end, start in zip(ends, [*boxes, 4 * len(names)], strict=True)]
    return tuple(sorted([*boxes.values(), *gaps], key=lambda cell: cell.column))


def _lines(*sides: str) -> Border:
    return Border(frozenset(sides), theme.ACCENT, 0.25)


def _gap(column: int, colspan: int = 1, border: Border = NOTHING) -> GridCell:
    return GridCell(("",), EMPTY, border, column, colspan)


# The vision


def vision(block: blocks.VisionPicture) -> list[Grid]:
    """The statement, the values beside each other, then the strategies with their projects in rows of STRATEGIES."""
    statement = replace(NAME, size=18, color=theme.WHITE, spacing=140)
    grids = [_single(block.statement, statement, FILLED, 30)] if block.statement else []
    if block.values:
        value = replace(NAME, size=11, color=theme.ACCENT)
        cells = [[GridCell((name,), value, Border(fill=theme.TINT), 0)] for name in block.values]
        grids.append(_columns(cells, (units(11),)))
    for start in range(0, len(block.strategies), STRATEGIES):
        grids.append(_strategies(block.strategies[start : start + STRATEGIES]))
    return grids


def _strategies(shown: Sequence[blocks.StrategyBox]) -> Grid:
    head = replace(NAME, size=11.5, color=theme.WHITE)
    item = Look("그림 항목", 11, align="LEFT", hanging=theme.hanging("▪", 11), after=2, spacing=130)
    columns = [
        [
            GridCell((strategy.name,), head, FILLED, 0),
            GridCell(tuple(f"▪ {title}" for _, title, _ in strategy.projects) or ("",), item, FRAMED, 0),
        ]
        for strategy in shown
    ]
    return heightened(replace(_columns(columns, (units(16), units(50))), padding=(units(2), units(1.5))))


def _columns(columns: Sequence[Sequence[GridCell]], heights: tuple[int, ...]) -> Grid:
    """Columns of equal width with gaps between them."""
    gap = units(2.5)
    width = (FULL - gap * (len(columns) - 1)) // len(columns)
    widths = [width if place % 2 == 0 else gap for place in range(2 * len(columns) - 1)]
    rows = [
        tuple(
            _gap(place) if place % 2 else replace(columns[place // 2][number], column=place)
            for place in range(len(widths))
        )
        for number in range(len(heights))
    ]
    return heightened(Grid(tuple(widths), tuple(rows), heights))
