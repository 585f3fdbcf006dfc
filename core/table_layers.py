"""A long table as layers: under each heading its rows in their order, those that may be folded marked so."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from seoul_digital.lib.tables import Row, Table, as_cell, text_of


@dataclass(frozen=True)
class Layer:
    """`fold` says what is folded of the table's rows, empty where all stand. `anchor` is the heading's place in addresses."""

    heading: str
    href: str
    anchor: str
    counts: str
    fold: str
    table: Table


def layers_of(table: Table) -> list[Layer]:
    """A layer for each heading row (`Row.layer`), one without a heading where there is none."""
    return [_layer(table, number, head, rows) for number, (head, rows) in enumerate(_parts(table.rows), 1)]


def _parts(rows: Sequence[Row]) -> list[tuple[Row | None, list[Row]]]:
    parts: list[tuple[Row | None, list[Row]]] = []
    for row in rows:
        if row.layer:
            parts.append((row, []))
        else:
            if not parts:
                parts.append((None, []))
            parts[-1][1].append(row)
    return parts


def _layer(table: Table, number: int, head: Row | None, rows: Sequence[Row]) -> Layer:
    heading = text_of(table.columns[0], head.cells[0]) if head else ""
    rows = _with_folds(_without_empty_columns(table, rows))
    fold = head.fold if head else table.fold
    return Layer(
        heading,
        head.href if head else "",
        (head.anchor if head else "") or f"{table.name}-{number}",
        head.counts if head else "",
        fold if any(row.folds for row in rows) else "",
        replace(table, name=f"{table.name}-{number}", title=heading or table.title, rows=rows),
    )


def _without_empty_columns(table: Table, rows: Sequence[Row]) -> list[Row]:
    """The rows, blank in columns where none of them has a value: all layers share the columns, and `-` in all of one says nothing."""
    lines = [row.cells for row in rows if not row.is_heading_only]
    blank = [
        index
        for index, column in enumerate(table.columns)
        if column.kind != "row_bar" and all(as_cell(cells[index]).value is None for cells in lines)
    ]
    return [
        row
        if row.is_heading_only
        else replace(row, cells=["" if index in blank else cell for index, cell in enumerate(row.cells)])
        for row in rows
    ]


def _with_folds(rows: Sequence[Row]) -> list[Row]:
    """The rows, folded but for those that stand and the headings (`Row.group`) that have such a row."""
    marked: list[Row] = []
    stands = False
    for row in reversed(rows):
        stands = stands or row.stands
        marked.append(replace(row, folds=not (stands if row.group else row.stands)))
        stands = stands and not row.group
    return marked[::-1]
