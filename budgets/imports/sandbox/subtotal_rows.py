"""Rows that print a sum; the names beside it and the lines around it tell which lines it adds up.

Knows no database and no file. A printed sum may stand before its lines or after them, may leave blank what it is of, and may have its word in
any column. So a Subtotal gives all that it can be of, and it is right if one of them adds up to it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .cells import without_total_word

Names = Sequence[str]
NAME_AND_CODE = re.compile(r"\A(?P<name>.*\S)\s*+\((?P<code>[0-9A-Za-z][0-9A-Za-z-]{3,39})\)")


class Context(NamedTuple):
    """Lines that begin with the first so many `names`: most likely one of `lengths`, else any number down to `shortest`."""

    names: list[str]
    lengths: list[int]
    shortest: int


class Subtotal(NamedTuple):
    """`amounts` as a line has them (원, None where nothing is printed)."""

    row: int
    label: str
    contexts: list[Context]
    amounts: tuple


def prefixes(contexts: Sequence[Context], fields: Sequence[str]) -> Iterator[tuple[tuple[str, str], ...]]:
    """Yield the names that the lines of a sum may share, the likeliest first. A blank matches any name."""
    seen = set()
    for names, lengths, shortest in contexts:
        for size in [*lengths, *range(len(names), shortest - 1, -1)]:
            prefix = tuple((field, text) for field, text in named(fields, names[:size]) if text)
            if prefix not in seen:
                seen.add(prefix)
                yield prefix


def named(fields: Sequence[str], names: Names) -> list[tuple[str, str]]:
    """Names with their fields; a detailed programme as `이름(코드)` gives two, where the code has no column."""
    pairs: list[tuple[str, str]] = []
    for field, text in zip(fields, names, strict=False):
        code = (
            NAME_AND_CODE.fullmatch(text) if field == "detailed" and "detailed_code" not in fields else None
        )
        pairs += [("detailed", code["name"]), ("detailed_code", code["code"])] if code else [(field, text)]
    return pairs


class SubtotalRows:
    """Makes Subtotals; what they can be of below is added when the next line is read."""

    def __init__(self):
        self.waiting: list[tuple[Subtotal, list[list[str]]]] = []

    def make(self, row: int, label: str, names: list[str], above: list[str], amounts: tuple) -> Subtotal:
        """`names` stand left of the label, blank where they are not repeated; `above` are all those of the line above."""
        own = without_total_word(label)
        written = [[*names, own], names] if own else [names]
        filled = [name or before for name, before in zip(names, above, strict=False)]
        subtotal = Subtotal(row, label, [Context(filled, [len(filled)], _shortest(names))], amounts)
        if own:
            subtotal.contexts.append(Context([*filled, own], [len(filled) + 1], len(filled) + 1))
        _add(subtotal, written, above)
        self.waiting.append((subtotal, written))
        return subtotal

    def begin(self, names: list[str]):
        """The next line has these names."""
        for subtotal, written in self.waiting:
            _add(subtotal, written, names)
        self.waiting = []


def _add(subtotal, written, names):
    """The names as a context, where what the row itself says agrees with them."""
    agreeing = [
        named
        for named in written
        if all(name in {"", other} for name, other in zip(named, names, strict=False))
    ]
    if agreeing and any(names):
        subtotal.contexts.append(
            Context(names, [len(named) for named in agreeing], min(map(_shortest, agreeing)))
        )


def of_all_below(row: int, names: list[str], amounts: tuple) -> Subtotal:
    """A row without a word for it that stands over others: of all lines that begin with its names."""
    return Subtotal(row, names[-1], [Context(names, [len(names)], len(names))], amounts)


def _shortest(written):
    return max((place + 1 for place, name in enumerate(written) if name), default=0)
