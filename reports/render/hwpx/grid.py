"""Tables as plain values: what stands in which cell, how wide and how high. Distances in HWPUNIT, 1/7200 inch."""

from dataclasses import dataclass, field, replace
from math import ceil

from ..tables import width_of
from .theme import Border, Look

MM = 283.465
POINT = 100
HALF_EM = 0.51  # of the size, that a half-width character takes on average with the spaces that a line leaves at its end


def units(millimetres: float) -> int:
    return round(millimetres * MM)


@dataclass(frozen=True)
class GridCell:
    """`paragraphs` in one look."""

    paragraphs: tuple[str, ...]
    look: Look
    border: Border
    column: int
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True)
class Grid:
    """`breaks` says what a page's end does to it: NONE, TABLE (between rows) or CELL (between lines).

    One that `flows` goes on over pages; the others stand in their line like a character and move to the next page whole.
    """

    widths: tuple[int, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    heights: tuple[int, ...]
    header_rows: int = 0
    left: int = 0
    flows: bool = False
    breaks: str = "NONE"
    padding: tuple[int, int] = field(default=(units(1.4), units(0.8)))


def line_height(look: Look) -> int:
    return round(look.size * POINT * look.spacing / 100)


def heightened(grid: Grid) -> Grid:
    """With rows at least as high as their texts need; not every reader makes room for a text by itself."""
    needed = [max((_needed(grid, cell) for cell in row if cell.rowspan == 1), default=0) for row in grid.rows]
    return replace(grid, heights=tuple(map(max, needed, grid.heights)))


def _needed(grid: Grid, cell: GridCell) -> int:
    look, width = cell.look, sum(grid.widths[cell.column :][: cell.colspan])
    room = width - 2 * grid.padding[0] - units(look.left + look.hanging)
    across = max(room / (look.size * POINT * HALF_EM), 1)
    lines = sum(ceil(width_of(words) / across) or 1 for words in cell.paragraphs)
    between = len(cell.paragraphs) * units(look.before + look.after)
    return lines * line_height(look) + between + 2 * grid.padding[1]
