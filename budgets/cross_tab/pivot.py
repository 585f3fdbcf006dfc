"""Sums of budget lines shaped into rows × columns with totals. Amounts are in 원.

Knows no database and no page. Pandas is imported in `cross_tab` alone, so that no other page loads it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from seoul_digital.lib import amounts

if TYPE_CHECKING:
    from pandas import DataFrame, Series

TOTAL = "계"  # the name of the margins inside the pivot table
SUMS = {
    "lines": "sum",
    "current": "sum",
    "committed": "sum",
    "unknown": "sum",
    "executed_of": "sum",
    "is_told": "max",
    "since": "min",
    "until": "max",
}
LATEST = date.max.toordinal()  # of what no day was given


class Group(NamedTuple):
    """The lines of one row and column: their sums, `committed` None where unknown of any, and their first `place` in the source.

    `executed_on` is the day of `committed`, where that is not the day of all. `executed_of` is the budget of that day, where an earlier
    delivery tells the execution: it is then a group beside that of the budget.
    """

    row: str
    column: str
    current: int
    committed: int | None
    place: int = 0
    executed_on: date | None = None
    executed_of: int | None = None


@dataclass(frozen=True)
class CellSum:
    """The sums of a cell's lines; `committed` is None where a line's is unknown, or earlier deliveries tell it on several days.

    `executed_on` and `executed_of` as in a group; a cell that `is_mixed` adds up what is of several days, or would.
    """

    current: int
    committed: int | None
    executed_on: date | None = None
    executed_of: int | None = None
    is_mixed: bool = False

    @property
    def budget_executed(self) -> int:
        return self.current if self.executed_of is None else self.executed_of

    @property
    def rate(self) -> Fraction | None:
        return amounts.rate(self.committed, self.budget_executed)

    @property
    def unexecuted(self) -> int | None:
        return None if self.committed is None else self.budget_executed - self.committed


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
    row, column, current, committed, place, days, executed_of = (
        zip(*groups, strict=True) if groups else [()] * len(Group._fields)
    )
    ordinals = pd.Series([day.toordinal() if day else LATEST for day in days], dtype="int64")
    of = [now if then is None else then for now, then in zip(current, executed_of, strict=True)]
    return pd.DataFrame(
        {
            "row": pd.Series(row, dtype=object),
            "column": pd.Series(column, dtype=object),
            "place": pd.Series(place, dtype="int64"),
            "lines": 1,
            "current": pd.Series(current, dtype="int64"),
            "committed": pd.Series([value or 0 for value in committed], dtype="int64"),
            "unknown": pd.Series([value is None for value in committed], dtype="int64"),
            "executed_of": pd.Series(of, dtype="int64"),
            "is_told": pd.Series([then is not None for then in executed_of], dtype="int64"),
            "since": ordinals,
            "until": ordinals,
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
        values=list(SUMS),
        aggfunc=SUMS,
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


def _cell(
    lines: int,
    current: int,
    committed: int,
    unknown: int,
    executed_of: int,
    is_told: int,
    since: int,
    until: int,
) -> CellSum | None:
    if not lines or unknown:
        return CellSum(current, None) if lines else None
    if since != until:
        return CellSum(current, None if is_told else committed, is_mixed=True)
    on = None if since == LATEST else date.fromordinal(since)
    return CellSum(current, committed, on, executed_of if is_told else None)
