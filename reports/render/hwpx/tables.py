"""The report's tables as grids: widths by what the columns hold, the text's size by the room."""

from dataclasses import replace

from .. import blocks
from . import theme
from .grid import HALF_EM, Grid, GridCell, heightened, line_height, units
from .theme import Border

INSET = 4.0  # mm that a table stands in from the text it belongs to
LONG = 26  # half-width characters; columns of longer texts share what the others leave
SMALLEST, LARGEST = 6.5, 11.0
LEAST_REST = 0.2  # of the room
FLOWS_FROM = units(90)  # a table as high as this goes on over the page's end
LINES_KEPT, TEXT_KEPT = 20, 1500  # of a cell that a page's end does not divide
ITEM = "･ "


def of_table(table: blocks.TableBlock) -> Grid:
    left = theme.LEFTS[min(table.level, 3)] + INSET if table.level else 0
    room = theme.TEXT_WIDTH - left
    size = _size(table.widths, room)
    widths = _widths(table.widths, size, room)
    padding = (units(1.2), units(0.7 if size < 9 else 1.1))
    rows = tuple(
        tuple(_cell(cell, size, place < len(table.header), table.columns) for cell in row)
        for place, row in enumerate((*table.header, *table.body))
    )
    heights = (line_height(theme.cell(size)),) * len(rows)
    grid = heightened(Grid(widths, rows, heights, len(table.header), units(left), padding=padding))
    return replace(grid, flows=True, breaks=_breaks(table)) if sum(grid.heights) > FLOWS_FROM else grid


def _size(widths: tuple[int, ...], room: float) -> float:
    """The largest at which no short column breaks, in half points."""
    wanted = sum(min(width, LONG) for width in widths) * HALF_EM + len(widths) * 0.3
    fitting = int(room / theme.EM / wanted * 2) / 2
    return max(SMALLEST, min(LARGEST, fitting))


def _widths(shares: tuple[int, ...], size: float, room: float) -> tuple[int, ...]:
    """In HWPUNIT; they fill the room exactly. Columns of short texts have what these need, if that leaves enough for the long ones."""
    short = [0 if share > LONG else share * (HALF_EM + 0.01) * size * theme.EM + 1 for share in shares]
    rest, long = room - sum(short), sum(share for share in shares if share > LONG)
    if long and rest > room * LEAST_REST:
        parts = [narrow or rest * share / long for narrow, share in zip(short, shares, strict=True)]
    else:
        parts = [room * share / sum(shares) for share in shares]
    rounded = [units(part) for part in parts]
    rounded[-1] += units(room) - sum(rounded)
    return tuple(rounded)


def _cell(cell: blocks.TableCell, size: float, is_head: bool, columns: int) -> GridCell:
    look = theme.cell(size, cell.align, 0 if is_head else cell.indent, is_head)
    texts = tuple(cell.text.split("\n"))
    if len(texts) > 1 and all(text.startswith(ITEM) for text in texts):
        look = replace(look, name="표 항목", hanging=theme.hanging(ITEM.strip(), size))
    is_outer = {"left": not cell.column, "right": cell.column + cell.colspan == columns}
    sides = frozenset(side for side in theme.ALL if not is_outer.get(side))  # the table is open at both sides
    border = Border(sides, fill=theme.TINT if is_head else "")
    return GridCell(texts, look, border, cell.column, cell.colspan, cell.rowspan)


def _breaks(table: blocks.TableBlock) -> str:
    """Rows that a merged cell holds together would have to move to the next page as one."""
    cells = [cell for row in table.body for cell in row]
    is_divided = any(
        cell.rowspan > 1 or cell.text.count("\n") >= LINES_KEPT or len(cell.text) > TEXT_KEPT
        for cell in cells
    )
    return "CELL" if is_divided else "TABLE"


def of_pictures(block: blocks.Pictures) -> Grid:
    """The captions of pictures, side by side; four to a row where there are many."""
    left, count = theme.LEFTS[min(block.level + 1, 3)], len(block.captions)
    across = count if count <= 5 else 4
    width = units((theme.TEXT_WIDTH - left) / across)
    look, border = replace(theme.cell(9.5, "center"), color=theme.SOFT), Border(theme.ALL)
    texts = [f"[그림] {caption}" for caption in block.captions] + [""] * (-count % across)
    cells = [GridCell((text,), look, border, place % across) for place, text in enumerate(texts)]
    rows = tuple(tuple(cells[start : start + across]) for start in range(0, len(cells), across))
    return Grid((width,) * across, rows, (units(9),) * len(rows), left=units(left))
