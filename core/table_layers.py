"""A long table as layers: under each heading the rows that are never folded, then the rest in a fold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from seoul_digital.lib.tables import Row, Table, text_of


@dataclass(frozen=True)
class Layer:
    """`standing`: what everybody must see; `rest`: what is folded under `fold`. `anchor` is the heading's place in addresses."""

    heading: str
    href: str
    anchor: str
    counts: str
    fold: str
    standing: Table
    rest: Table


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
    title = heading or table.title
    standing, rest = ([*_kept(rows, stands)] for stands in (True, False))
    return Layer(
        heading,
        head.href if head else "",
        (head.anchor if head else "") or f"{table.name}-{number}",
        head.counts if head else "",
        head.fold if head else table.fold,
        replace(table, name=f"{table.name}-{number}", title=title, rows=standing),
        replace(table, name=f"{table.name}-{number}-rest", title=f"{title}, 그 밖", rows=rest),
    )


def _kept(rows: Sequence[Row], stands: bool) -> Iterator[Row]:
    """Rows that stand, or those that do not, under the heading rows that they have."""
    heading: Row | None = None
    for row in rows:
        if row.group:
            heading = row
        elif row.stands == stands:
            if heading:
                yield heading
                heading = None
            yield row
