"""Revenue and expenditure at two dates, in 원; of another fiscal year where the dates lie in two."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from seoul_digital.lib import amounts

from .changes import Counts, FigureChange, Kind, ReportPair, count, kind_of, total_of
from .units import Match

Money = int | None


@dataclass(frozen=True)
class MoneyLine:
    """An item, a department or an account: its budget, of expenditure what was executed too, and last year's final budget."""

    name: str
    level: int
    kind: Kind
    current: FigureChange
    previous: FigureChange
    executed: FigureChange = FigureChange()
    match: Match | None = None

    @property
    def rates(self) -> tuple[Fraction | None, Fraction | None]:
        """Executed of the budget, as exact percentages of what the lines add up to."""
        sides = ((self.executed.before, self.current.before), (self.executed.after, self.current.after))
        old, new = (
            amounts.rate(cast(Money, part.computed), cast(Money, whole.computed)) if part and whole else None
            for part, whole in sides
        )
        return old, new

    @property
    def points(self) -> Fraction | None:
        """The difference of the rates, in %p."""
        old, new = self.rates
        return None if old is None or new is None else new - old


@dataclass(frozen=True)
class MoneyChanges:
    """The first line is the whole; `years` are the fiscal years of the two reports."""

    years: tuple[int, int]
    lines: tuple[MoneyLine, ...]

    @property
    def same_year(self) -> bool:
        return self.years[0] == self.years[1]

    @property
    def total(self) -> MoneyLine:
        return self.lines[0]

    @property
    def shown(self) -> list[MoneyLine]:
        """The whole, and what differs."""
        return [self.total, *(line for line in self.lines[1:] if line.kind is not Kind.SAME)]

    @property
    def corrected(self) -> list[MoneyLine]:
        """Lines whose last year's final budget is another now, in reports of one year."""
        return [line for line in self.lines if self.same_year and line.previous.is_changed]

    @property
    def counts(self) -> Counts:
        return count(line.kind for line in self.lines[1:])


def money_line(
    name: str,
    level: int,
    before: Sequence,
    after: Sequence,
    same_year: bool,
    pair: ReportPair,
    match: Match | None = None,
) -> MoneyLine:
    """Rows of either side added up; an item that is not there is None."""
    old, new = ([row for row in side if row] for side in (before, after))
    figures = {
        key: FigureChange(
            *(total_of(getattr(row, key) for row in side if hasattr(row, key)) for side in (old, new)),
            facts=pair.facts(*([row.fact(key) for row in side] for side in (old, new))),
        )
        for key in ("current", "previous", "executed")
    }
    compared = [figure for key, figure in figures.items() if key != "previous" or same_year]
    return MoneyLine(
        name, level, kind_of(old, new, any(figure.is_changed for figure in compared)), **figures, match=match
    )
