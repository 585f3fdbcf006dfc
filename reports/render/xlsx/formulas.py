"""Live formulas with the exact values that they give: a formula is written only where its value is known to the last digit."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from xlsxwriter.utility import xl_rowcol_to_cell

from seoul_digital.lib import amounts

Value = Fraction | str | None


@dataclass(frozen=True)
class CellPlace:
    """A cell with what stands in it: a number, a word in a number's place (순증), or None for what is not known."""

    sheet: str
    row: int
    column: int
    value: Value

    @property
    def cell(self) -> str:
        return xl_rowcol_to_cell(self.row, self.column)

    @property
    def full(self) -> str:
        """As other sheets and names call it."""
        return f"'{self.sheet}'!{xl_rowcol_to_cell(self.row, self.column, row_abs=True, col_abs=True)}"


@dataclass(frozen=True)
class Live:
    formula: str
    value: Value


# Finds the place of a row and a column; a rule makes the formula of a cell in that row and column.
At = Callable[[int, int], CellPlace]
Rule = Callable[[At, int, int], Live | None]


def numbers(places: Iterable[CellPlace]) -> list[Fraction] | None:
    """None where one of them is no number."""
    values = [place.value for place in places]
    known = [value for value in values if isinstance(value, Fraction)]
    return known if len(known) == len(values) else None


def total(rows: Sequence[int]) -> Rule:
    """What the rows come to in the same column."""
    return lambda at, row, column: _sum([at(other, column) for other in rows])


def across(columns: Sequence[int]) -> Rule:
    """What the columns come to in the same row."""
    return lambda at, row, column: _sum([at(row, other) for other in columns])


def same_as(other: int) -> Rule:
    return lambda at, row, column: Live(at(row, other).cell, at(row, other).value)


def difference(minuend: int, subtrahend: int, scale: int = 1) -> Rule:
    """Of two columns; `scale` 100 makes %p of shares."""

    def rule(at: At, row: int, column: int) -> Live | None:
        places = at(row, minuend), at(row, subtrahend)
        known = numbers(places)
        if not known:
            return None
        text = "-".join(place.cell for place in places)
        return Live(f"({text})*{scale}" if scale != 1 else text, (known[0] - known[1]) * scale)

    return rule


def share(part: int, whole: int) -> Rule:
    """One column as a share of another; nothing where the whole is none."""
    return lambda at, row, column: share_of(at(row, part), at(row, whole))


def share_of(part: CellPlace, whole: CellPlace) -> Live | None:
    known = numbers((part, whole))
    return Live(f"{part.cell}/{whole.cell}", known[0] / known[1]) if known and known[1] else None


def share_of_budget(part: int, won: int) -> Rule:
    """One column, in 천원, as a share of an amount that no cell has."""
    if not won:
        return lambda at, row, column: None
    return _of_column(part, f"{{}}/({won}/1000)", lambda value: value * 1000 / won)


def left_of_budget(part: int, won: int) -> Rule:
    """What is left of an amount that no cell has, less one column, in 천원."""
    return _of_column(part, f"{won}/1000-{{}}", lambda value: Fraction(won, 1000) - value)


def _of_column(part: int, formula: str, compute: Callable[[Fraction], Fraction]) -> Rule:
    def rule(at: At, row: int, column: int) -> Live | None:
        place = at(row, part)
        known = numbers([place])
        return Live(formula.format(place.cell), compute(known[0])) if known else None

    return rule


def change(now: int, before: int) -> Rule:
    """The rate of change; 순증 or 순감 where there was nothing before."""

    def rule(at: At, row: int, column: int) -> Live | None:
        new, old = at(row, now), at(row, before)
        known = numbers((new, old))
        if not known:
            return None
        word = f'IF({new.cell}>0,"{amounts.NET_INCREASE}",IF({new.cell}<0,"{amounts.NET_DECREASE}","{amounts.NONE}"))'
        after, base = known
        value = (after - base) / abs(base) if base else amounts.change_percent(after, base)
        return Live(f"IF({old.cell}=0,{word},({new.cell}-{old.cell})/ABS({old.cell}))", value)

    return rule


def _sum(places: Sequence[CellPlace]) -> Live | None:
    known = numbers(places)
    return Live(f"SUM({','.join(_ranges(places))})", sum(known, Fraction())) if known else None


def _ranges(places: Sequence[CellPlace]) -> list[str]:
    """`C5:C9` for neighbours, and each of the others by itself."""
    ends = [[places[0], places[0]]]
    for above, place in pairwise(places):
        start = ends[-1][0]
        is_next = (place.row - above.row, place.column - above.column) in ((1, 0), (0, 1))
        if is_next and (place.column == start.column or place.row == start.row):
            ends[-1][1] = place
        else:
            ends.append([place, place])
    return [first.cell if first is last else f"{first.cell}:{last.cell}" for first, last in ends]
