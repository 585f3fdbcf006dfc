"""The document's blocks on a sheet: a grid of columns that text runs over and that tables share."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import Any

from seoul_digital.lib import amounts
from seoul_digital.lib.xlsx.writer import ACCENT, HEAD, INDENT_WIDTH, LINE, MUTED, height_of, lines_in

from ..blocks import Block, Box, HeadingBlock, People, Pictures, TableBlock, TableCell, TextLine
from .sheet import COUNT, ReportSheet

COLUMNS, WIDTH = 24, 96  # of the grid, and its whole width
INDENT = 2  # columns of text that a level takes


class Canvas:
    """Draws blocks below each other, from the sheet's row on."""

    def __init__(self, sheet: ReportSheet, blocks: Sequence[Block]):
        self.sheet, self.blocks = sheet, blocks
        self.columns = max([COLUMNS, *(block.columns for block in blocks if isinstance(block, TableBlock))])
        self.widths = [WIDTH / self.columns] * self.columns

    def draw(self):
        for block in self.blocks:
            self.block(block)

    def block(self, block: Block):
        match block:
            case HeadingBlock():
                self.sheet.row += 1
                rule: dict[str, Any] = {"bottom": 1, "bottom_color": ACCENT}
                self.line(block.title, bold=True, font_size=12, font_color=ACCENT, **rule)
            case People():
                self.line("\n".join(person.text for person in block.persons), font_color=MUTED)
            case Box():
                self.line(block.text, bold=True, border=1, border_color=LINE, bg_color=HEAD)
            case TextLine():
                depth = max(block.level - 1, 0) + (block.style == "note")
                self.line(f"{block.mark} {block.text}".strip(), depth, bold=block.style == "section")
            case Pictures():
                self.line("\n".join(lines_of([block])), block.level, font_color=MUTED)
            case TableBlock():
                self.table(block)

    def line(self, text: str, depth: int = 0, **look):
        """Text over the whole width, as high as it needs."""
        indent = depth * INDENT
        self.sheet.merged(self.sheet.row, 0, 1, self.columns, text, text_wrap=True, indent=indent, **look)
        self.sheet.sheet.set_row(self.sheet.row, height_of(lines_in(text, WIDTH - indent * INDENT_WIDTH)))
        self.sheet.row += 1

    def table(self, table: TableBlock):
        if over := "   ".join(filter(None, (table.caption, table.unit))):
            self.line(over, table.level, font_color=MUTED)
        top, edges = self.sheet.row, self._edges(table)
        rows = [*table.header, *table.body]
        for place, row in enumerate(rows):
            for cell in row:
                self._cell(top + place, cell, edges, place < len(table.header))
        widths = [sum(self.widths[start:end]) for start, end in pairwise(edges)]
        for place, lines in enumerate(_heights(rows, widths)):
            self.sheet.sheet.set_row(top + place, height_of(lines))
        self.sheet.row = top + len(rows)
        self.sheet.sheet.set_row(self.sheet.row, 8)
        self.sheet.row += 1

    def _edges(self, table: TableBlock) -> list[int]:
        """Where each column of the table begins in the grid, and where the last ends: by their widths, one at the least."""
        spare, whole = self.columns - table.columns, sum(table.widths)
        taken = accumulate(table.widths, initial=0)
        return [place + round(spare * width / whole) for place, width in enumerate(taken)]

    def _cell(self, row: int, cell: TableCell, edges: Sequence[int], is_header: bool):
        start, wide = edges[cell.column], edges[cell.column + cell.colspan] - edges[cell.column]
        look: dict[str, Any] = {"align": cell.align, "text_wrap": True, "border": 1, "border_color": LINE}
        look |= {"bold": is_header or cell.is_head}
        look |= {"bg_color": HEAD} if is_header else {}
        number = None if is_header else number_in(cell.text)
        if number is None:
            self.sheet.merged(row, start, cell.rowspan, wide, cell.text, **look)
            return
        value, form = number
        self.sheet.merged(row, start, cell.rowspan, wide, "", **look, num_format=form)
        self.sheet.value(row, start, value, **look, num_format=form)


def _heights(rows: Sequence[Sequence[TableCell]], widths: Sequence[float]) -> list[int]:
    """Lines that each row needs; what spans several rows makes the last one higher where they lack room."""
    lines = [1] * len(rows)
    placed = ((place, cell) for place, row in enumerate(rows) for cell in row)
    for place, cell in sorted(placed, key=lambda pair: pair[1].rowspan):
        needed = lines_in(cell.text, sum(widths[cell.column : cell.column + cell.colspan]))
        last = min(place + cell.rowspan, len(rows)) - 1
        lines[last] += max(0, needed - sum(lines[place : last + 1]))
    return lines


def number_in(text: str) -> tuple[Fraction, str] | None:
    """The number that a cell is and its format, where the two show the very text; None for all else."""
    try:
        value = amounts.parse(text.removesuffix("%"))
    except ValueError:
        return None
    if value is None:
        return None
    for form, shown in _forms(value, text):
        if shown == text:
            return (Fraction(value) / 100 if "%" in form else Fraction(value)), form
    return None


def _forms(value: int | Decimal, text: str) -> Iterable[tuple[str, str]]:
    """Number formats with what they show of the value."""
    decimals = max(0, -int(value.as_tuple().exponent)) if isinstance(value, Decimal) else 0
    part = "." + "0" * decimals if decimals else ""
    count = f'#,##0{part};"△"#,##0{part};"-"' if decimals else COUNT
    yield count, amounts.plain(value, decimals=decimals)
    yield f'"+"#,##0{part};"△"#,##0{part};"-"', amounts.signed(value, decimals=decimals)
    yield f"0{part}", f"{value:f}"
    yield f'0{part}%;"△"0{part}%', amounts.percent(value, decimals)
    yield f'"+"0{part}%;"△"0{part}%', f"+{amounts.percent(value, decimals)}"


def lines_of(blocks: Iterable[Block]) -> Iterable[str]:
    """Blocks as lines of text, for a cell."""
    for block in blocks:
        match block:
            case TextLine():
                yield f"{'  ' * max(block.level - 1, 0)}{block.mark} {block.text}".rstrip()
            case Pictures():
                yield from (f"[그림] {caption}" for caption in block.captions)
            case TableBlock():
                yield from filter(None, (block.caption, block.unit))
                for row in (*block.header, *block.body):
                    yield " | ".join(cell.text.replace("\n", " ") for cell in row)
