"""Tables of the document: from the report's rows, from tables of 개조식 text, and from those that pages show."""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from seoul_digital.lib import tables as page_tables
from seoul_digital.lib.outline import parser

from .blocks import TableBlock, TableCell

_NUMBER = re.compile(r"[+△-]?[0-9][0-9,]*(\.[0-9]+)?%?|[-–]|순증|순감")
_SPACED_DATE = re.compile(r"([0-9]\.) (?=[0-9])")  # in the narrow columns of print
NARROWEST, WIDEST = 5, 44  # of a column, in half-width characters
PADDING = 2


def width_of(text: str) -> int:
    """The longest line in half-width characters."""
    return max(
        sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)
        for line in text.split("\n")
    )


def table(header: Sequence[Sequence[TableCell]], body: Sequence[Sequence[TableCell]], **more) -> TableBlock:
    """With widths by what the columns hold."""
    rows = [*header, *body]
    widths = [NARROWEST] * sum(cell.colspan for cell in rows[0])
    # Merged cells last: they widen what the columns below them leave too narrow.
    for cell in sorted(itertools.chain(*rows), key=lambda cell: cell.colspan > 1):
        covered = range(cell.column, cell.column + cell.colspan)
        indent = 2 * cell.indent if cell.colspan == 1 else 0
        needed = min(width_of(cell.text) + indent + PADDING, WIDEST)
        lacking = needed - sum(widths[column] for column in covered)
        for column in covered:
            widths[column] += max(0, -(-lacking // cell.colspan))
    return TableBlock(tuple(map(tuple, header)), tuple(map(tuple, body)), tuple(widths), **more)


def head(text: str, column: int, colspan: int = 1, rowspan: int = 1) -> TableCell:
    return TableCell(text, column, colspan, rowspan, align="center", is_head=True)


def grouped_header(labels: Sequence[str | tuple[str, Sequence[str]]]) -> list[list[TableCell]]:
    """Two rows: a label stands over both, a (group, labels) over its columns."""
    upper, lower, column = [], [], 0
    for label in labels:
        group, below = label if isinstance(label, tuple) else (label, ())
        upper.append(head(group, column, max(len(below), 1), 1 if below else 2))
        lower += [head(text, column + index) for index, text in enumerate(below)]
        column += max(len(below), 1)
    return [upper, lower] if lower else [[replace(cell, rowspan=1) for cell in upper]]


def row(name: str, values: Iterable[str], indent: int = 0, facts: Sequence[str] = ()) -> list[TableCell]:
    """A name and its figures, with the identities of what these state."""
    figures = itertools.zip_longest(values, facts, fillvalue="")
    return [
        TableCell(name, 0, is_head=True, indent=indent),
        *(
            TableCell(value, column, align="right", fact=fact)
            for column, (value, fact) in enumerate(figures, 1)
        ),
    ]


def of_outline(typed: parser.Table, level: int = 0) -> TableBlock:
    """A table that stands in a text; numbers to the right, short words in the middle."""
    header = [
        [head(cell.text, cell.column, cell.colspan, cell.rowspan) for cell in row] for row in typed.header
    ]
    body = [[_typed(cell) for cell in row] for row in typed.body]
    unit = f"(단위 : {typed.unit})" if typed.unit else ""
    return table(header, body, caption=typed.caption, unit=unit, level=level)


def _typed(cell: parser.Cell) -> TableCell:
    is_number, is_name = bool(_NUMBER.fullmatch(cell.text)), not cell.column
    align = "right" if is_number else "center" if is_name or width_of(cell.text) <= 20 else "left"
    return TableCell(cell.text, cell.column, cell.colspan, cell.rowspan, align, is_name and not is_number)


def of_page(shown: page_tables.Table) -> TableBlock:
    """A table as a page shows it, without its links and marks."""
    columns = list(shown.columns)
    labels: list[str | tuple[str, list[str]]] = []
    for group, members in page_tables.column_groups(columns):
        names = [_SPACED_DATE.sub(r"\1", column.one_line_label) for column in members]
        labels += [(group, names)] if group else names
    body = [
        [TableCell(page_tables.text_of(columns[0], row.cells[0]), 0, len(columns), is_head=True)]
        if row.is_heading_only
        else [_shown_cell(columns[index], value, index, row.level) for index, value in enumerate(row.cells)]
        for row in shown.rows
    ]
    caption = "" if shown.caption_hidden else shown.title
    return table(grouped_header(labels), body, caption=caption, unit=shown.caption_line, name=shown.title)


def _shown_cell(column: page_tables.Column, value, index: int, level: int) -> TableCell:
    cell = page_tables.as_cell(value)
    lines = [
        page_tables.text_of(column, cell),
        *(line for line in cell.lines if not line.startswith(page_tables.COMPUTED_MARK)),
    ]
    align = "right" if column.is_number else "left"
    indent = 0 if index else level
    return TableCell("\n".join(lines), index, align=align, is_head=index == 0, indent=indent, fact=cell.fact)
