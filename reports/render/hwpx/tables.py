"""The report's tables as grids: widths by what the columns hold, the text's size by the room."""

from dataclasses import replace

from .. import blocks
from . import theme
from .grid import Grid, GridCell, heightened, line_height, units
from .theme import Border

INSET = 4.0  # mm that a table stands in from the text it belongs to
LONG = 26  # half-width characters; columns of longer texts share what the others leave
SMALLEST, LARGEST = 6.5, 11.0
LEAST_REST = 0.2  # of the room
HALF = 0.51  # of the size: a half-width character
FLOWS_FROM = units(90)  # a table as high as this goes on over the page's end
LINES_KEPT, TEXT_KEPT = 20, 1500  # of a cell that a page's end does not divide
ITEM = "･ "


def of_table(table: blocks.TableBlock) -> Grid:
    left = theme.LEFTS[min(table.level, 3)] + INSET if table.level else 0
    room = theme.TEXT_WIDTH - left
    size = _size(table.widths, room)
    widths = _widths(table.widths, size, room)
    padding = (units(1.2), units(0.7 if size < 9 else 1.1))
    rows = [
        _row(table, row, size, is_head=place < len(table.header))
        for place, row in enumerate((*table.header, *table.body))
    ]
    grid = heightened(
        Grid(
            widths,
            tuple(rows),
            (line_height(theme.cell(size)),) * len(rows),
            len(table.header),
            units(left),
            padding=padding,
        )
    )
    return replace(grid, flows=True, breaks=_breaks(table)) if sum(grid.heights) > FLOWS_FROM else grid


def _size(widths: tuple[int, ...], room: float) -> float:
    """The largest at which no short column breaks, in half points."""
    wanted = sum(min(one, LONG) for one in widths) * HALF + len(widths) * 0.3
    fitting = int(room / theme.EM / wanted * 2) / 2
    return max(SMALLEST, min(LARGEST, fitting))


def _widths(shares: tuple[int, ...], size: float, room: float) -> tuple[int, ...]:
    """In HWPUNIT; they fill the room exactly. Columns of short texts have what these need, if that leaves enough for the long ones."""
    short = [0 if one > LONG else one * (HALF + 0.01) * size * theme.EM + 1 for one in shares]
    rest, long = room - sum(short), sum(one for one in shares if one > LONG)
    if long and rest > room * LEAST_REST:
        parts = [narrow or rest * one / long for narrow, one in zip(short, shares, strict=True)]
    else:
        parts = [room * one / sum(shares) for one in shares]
    rounded = [units(part) for part in parts]
    rounded[-1] += units(room) - sum(rounded)
    return tuple(rounded)


def _row(
    table: blocks.TableBlock, row: tuple[blocks.TableCell, ...], size: float, is_head: bool
) -> tuple[GridCell, ...]:
    return tuple(_cell(cell, size, is_head, table.columns) for cell in row)


def _cell(cell: blocks.TableCell, size: float, is_head: bool, columns: int) -> GridCell:
    look = theme.cell(size, cell.align, 0 if is_head else cell.indent, is_head)
    texts = tuple(cell.text.split("\n"))
    if len(texts) > 1 and all(one.startswith(ITEM) for one in texts):
        look = replace(look, name="표 항목", hanging=theme.hanging(ITEM.strip(), size))
    return GridCell(texts, look, _border(cell, is_head, columns), cell.column, cell.colspan, cell.rowspan)


def _border(cell: blocks.TableCell, is_head: bool, columns: int) -> Border:
    """Open at both sides of the table."""
    outer = {"left"} if not cell.column else set()
    outer |= {"right"} if cell.column + cell.colspan == columns else set()
    return Border(theme.ALL - outer, fill=theme.TINT if is_head else "")


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
    cells = [
        GridCell((f"[그림] {caption}",), look, border, place % across)
        for place, caption in enumerate(block.captions)
    ]
    cells += [
        GridCell(("",), look, border, place % across) for place in range(count, -(-count // across) * across)
    ]
    rows = tuple(tuple(cells[start : start + across]) for start in range(0, len(cells), across))
    return Grid((width,) * across, rows, (units(9),) * len(rows), left=units(left))
