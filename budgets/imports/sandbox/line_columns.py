"""Lines as columns, in which they travel from the child process: names once, then by their numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from seoul_digital.lib.columns import packed_numbers

Column = list[Any]


class ParsedLine(NamedTuple):
    """`parts` and `amounts` (원, None where not given) in the order of the kind's fields."""

    row: int
    parts: tuple
    amounts: tuple


@dataclass
class LineColumns:
    """The rows of lines, and a column for each part and each amount. The first part is the fiscal year, a number; the others are names."""

    rows: list[int]
    parts: list[Column]
    amounts: list[Column]

    @classmethod
    def empty(cls, parts: int, amounts: int) -> "LineColumns":
        return cls([], [[] for _ in range(parts)], [[] for _ in range(amounts)])

    def extend(self, rows: Sequence[int], parts: Sequence[Sequence], amounts: Sequence[Sequence]) -> None:
        self.rows += rows
        for column, values in zip(self.parts + self.amounts, (*parts, *amounts), strict=True):
            column += values

    def __iter__(self) -> Iterator[ParsedLine]:
        for row, parts, amounts in zip(
            self.rows, zip(*self.parts, strict=True), zip(*self.amounts, strict=True), strict=True
        ):
            yield ParsedLine(row, parts, amounts)

    def packed(self) -> dict[str, Any]:
        """For JSON."""
        columns = [packed(values) for values in (self.rows, *self.parts, *self.amounts)]
        return {"count": len(self.rows), "columns": columns, "parts": len(self.parts)}


def packed(values: Column) -> list[Any] | str:
    """A column of one value as that value alone, one of numbers as text."""
    if values.count(values[0]) == len(values):
        return values[:1]
    try:
        return packed_numbers.packed(values)
    except TypeError:  # a year is missing
        return values


def unpacked(column: list[Any] | str, count: int) -> Column:
    """Raises ValueError where they are not so many."""
    if isinstance(column, str):
        column = packed_numbers.unpacked(column)
    elif len(column) == 1:
        column *= count
    if len(column) != count:
        raise ValueError(len(column))
    return column


@dataclass
class NumberedNames:
    """The names of lines by their numbers; 0 is ''. The child tells each name once, until there are too many and all are told anew."""

    most: int = 200_000
    texts: list[str] = field(default_factory=lambda: [""])
    numbers: dict[str, int] = field(default_factory=lambda: {"": 0})
    told: int = 1

    def number(self, text: str) -> int:
        found = self.numbers.setdefault(text, len(self.texts))
        if found == len(self.texts):
            self.texts.append(text)
        return found

    def message(self, lines: LineColumns) -> dict[str, Any]:
        """The lines with the names that have not been told."""
        names, self.told = self.texts[self.told :], len(self.texts)
        return {"lines": lines.packed(), "names": names, "first_name": self.told - len(names)}

    @property
    def is_full(self) -> bool:
        return len(self.texts) > self.most

    def read(self, message: dict[str, Any]) -> LineColumns:
        """The lines of a message with their names; on the other side."""
        self.texts[message["first_name"] :] = message["names"]
        lines, parts = message["lines"], message["lines"]["parts"]
        rows, *columns = (unpacked(column, lines["count"]) for column in lines["columns"])
        named = [list(map(self.texts.__getitem__, numbers)) for numbers in columns[1:parts]]
        return LineColumns(rows, [columns[0], *named], columns[parts:])
