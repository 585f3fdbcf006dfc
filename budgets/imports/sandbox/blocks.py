"""Rows that follow one another, to be looked at by column or one by one."""

from collections.abc import Callable, Collection, Mapping, Sequence, Set
from typing import Any, NamedTuple

Cells = Sequence[object]
NUMBER = "number"  # the kind of cells with a number


class CellColumn(NamedTuple):
    """Cells as they are, or as `written` in a file; then `read` gives what one is, and `kind` is the name for that way of reading."""

    cells: Sequence[Any]
    kind: str = ""
    read: Callable[[Any], object] = lambda cell: cell


class Block(Sequence[Cells]):
    """`apart` are the places of rows that have to be looked at one by one."""

    apart: Set[int] = frozenset()

    def column(self, position: int) -> CellColumn:
        raise NotImplementedError

    def prepare(self, places: Collection[int]) -> None:
        """The rows at these places will be asked for."""


class ListedBlock(Block):
    """Rows of cells, made as long as `width` where they are shorter."""

    def __init__(self, rows: Sequence[Cells], width: int):
        if min(map(len, rows)) < width:
            rows = [[*cells, *[""] * (width - len(cells))] for cells in rows]
        self.rows, self.columns = rows, list(zip(*rows, strict=False))

    def column(self, position):
        return CellColumn(self.columns[position])

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, place):
        return self.rows[place]


class WrittenBlock(Block):
    """Columns as they are written in a sheet, each of one kind. A reader gives None for a cell that it cannot read: `look_up` gives the rows
    at such places, and those `apart`."""

    look_up: Callable[[Collection[int]], Mapping[int, Cells]]

    def __init__(
        self,
        columns: Sequence[Sequence[bytes]],
        kinds: Sequence[str],
        readers: Mapping[str, Callable[[bytes], object]],
        apart: Set[int] = frozenset(),
    ):
        self.columns, self.kinds, self.readers, self.apart = columns, kinds, readers, apart
        self.known: dict[int, Cells] = {}

    def column(self, position):
        if position >= len(self.columns):
            return CellColumn([""] * len(self))
        kind = self.kinds[position]
        return CellColumn(self.columns[position], kind, self.readers[kind])

    def __len__(self):
        return len(self.columns[0])

    def prepare(self, places):
        self._rows(places)

    def __getitem__(self, place):
        if isinstance(place, slice):
            return self._rows(range(*place.indices(len(self))))
        return self._rows([place])[0]

    def _rows(self, places):
        """What a reader cannot read is looked up for all of the places at once: a look-up goes through the whole piece of the sheet."""
        rows = [self.known[place] if place in self.known else self._read(place) for place in places]
        if unread := [place for place, cells in zip(places, rows, strict=True) if cells is None]:
            self.known |= self.look_up(unread)
        return [
            self.known[place] if cells is None else cells for place, cells in zip(places, rows, strict=True)
        ]

    def _read(self, place):
        cells = [
            self.readers[kind](column[place]) for column, kind in zip(self.columns, self.kinds, strict=True)
        ]
        return None if place in self.apart or None in cells else cells
