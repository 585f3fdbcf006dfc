"""Sums of budget lines shaped into rows × columns with totals. Amounts are in 원.

Knows no database and no page. Pandas is imported in `cross_tab` alone, so that no other page loads it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from seoul_digital.lib import amounts

if TYPE_CHECKING:
    from pandas import DataFrame, Series

TOTAL = "계"  # the name of the margins inside the pivot table
SUMS = ["lines", "current", "committed", "unknown"]


class Group(NamedTuple):
    """The lines of one row and column: their sums, `committed` None where unknown of any, and their first `place` in the source."""

    row: str
    column: str
    current: int
    committed: int | None
    place: int = 0


@dataclass(frozen=True)
class CellSum:
    """The sums of a cell's lines; `committed` is None where a line's is unknown."""

    current: int
    committed: int | None

    @property
    def rate(self) -> Fraction | None:
        return amounts.rate(self.committed, self.current)

    @property
    def unexecuted(self) -> int | None:
        return None if self.committed is None else self.current - self.committed


@dataclass(frozen=True)
class Axis:
    """The keys to show, in the order of the source, and how many of the smaller ones are `folded` into one behind them."""

    keys: tuple[str, ...]
    folded: int = 0

    def __len__(self) -> int:
        return len(self.keys) + bool(self.folded)


Matrix = tuple[tuple[CellSum | None, ...], ...]


@dataclass(frozen=True)
class CrossTab:
    """`matrices`: one for each list of groups; the last row and the last column of each are the totals.

    A cell without any line is None.
    """

    rows: Axis
    columns: Axis
    matrices: tuple[Matrix, ...]


def cross_tab(dates: Sequence[Sequence[Group]], most_rows: int, most_columns: int) -> CrossTab:
    """A cross-tab for each list of groups, all with the same rows and columns.

    Where there are more than `most_rows` or `most_columns`, the keys with the smallest budgets are folded into one.
    """
    import pandas as pd

    frames = [_frame(pd, groups) for groups in dates]
    together = pd.concat(frames)
    rows, columns = _axis(together, "row", most_rows), _axis(together, "column", most_columns)
    return CrossTab(rows, columns, tuple(_matrix(frame, rows, columns) for frame in frames))


def _frame(pd: ModuleType, groups: Sequence[Group]) -> "DataFrame":
    """Integers throughout: a missing value would turn a column into floats."""
    row, column, current, committed, place = zip(*groups, strict=True) if groups else [()] * 5
    return pd.DataFrame(
        {
            "row": pd.Series(row, dtype=object),
            "column": pd.Series(column, dtype=object),
            "place": pd.Series(place, dtype="int64"),
            "lines": 1,
            "current": pd.Series(current, dtype="int64"),
            "committed": pd.Series([value or 0 for value in committed], dtype="int64"),
            "unknown": pd.Series([value is None for value in committed], dtype="int64"),
        }
    )


def _axis(frame: "DataFrame", name: str, most: int) -> Axis:
    keys = frame.groupby(name).agg(current=("current", "sum"), place=("place", "min"))
    kept = len(keys) if len(keys) <= most else most - 1
    largest = keys.sort_values("current", ascending=False, kind="stable").head(kept)
    # What has no name stands last, as in the files.
    shown = sorted(largest.index, key=lambda key: (key == "", largest.place[key], key))
    return Axis(tuple(shown), len(keys) - len(shown))


def _matrix(frame: "DataFrame", rows: Axis, columns: Axis) -> Matrix:
    """By position in the axes, so that the pivot table keeps their order."""
    if frame.empty:
        return ((None,) * (len(columns) + 1),) * (len(rows) + 1)
    placed = frame.assign(row=_positions(frame["row"], rows), column=_positions(frame["column"], columns))
    table = placed.pivot_table(
        index="row",
        columns="column",
        values=SUMS,
        aggfunc="sum",
        fill_value=0,
        margins=True,
        margins_name=TOTAL,
    )
    sums = [_rectangle(table[name], rows, columns) for name in SUMS]
    return tuple(tuple(map(_cell, *cells)) for cells in zip(*sums, strict=True))


def _positions(keys: "Series", axis: Axis) -> "Series":
    positions = {key: place for place, key in enumerate(axis.keys)}
    return keys.map(positions).fillna(len(axis.keys)).astype("int64")


def _rectangle(table: "DataFrame", rows: Axis, columns: Axis) -> list[list[int]]:
    """Every position of the axes and the totals, 0 where the other date alone has lines."""
    whole = table.reindex(
        index=[*range(len(rows)), TOTAL], columns=[*range(len(columns)), TOTAL], fill_value=0
    )
    sums: list[list[int]] = whole.to_numpy().tolist()
    return sums


def _cell(lines: int, current: int, committed: int, unknown: int) -> CellSum | None:
    return CellSum(current, None if unknown else committed) if lines else None
