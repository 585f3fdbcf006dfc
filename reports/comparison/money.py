"""Revenue and expenditure at two dates, in 원; of another fiscal year where the dates lie in two."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from core.unit_matches import Match
from seoul_digital.lib import amounts
from seoul_digital.lib.reported import total_of

from .changes import Counts, FieldChange, FigureChange, Kind, ReportPair, count, kind_of

Money = int | None
RATES = {"rate": "증감률", "change_rate": "증감률", "execution_rate": "집행률"}  # by what rows call them


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
    printed_rates: tuple[FieldChange, ...] = ()

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
    compared = [figures["current"], *([figures["previous"]] if same_year else [])]
    if figures["executed"].new is not None:  # what was not delivered yet is no change
        compared.append(figures["executed"])
    rates = tuple(_printed_rates(old, new)) if same_year else ()
    renamed = match is None and bool(old and new) and old[0].name != new[0].name
    kind = kind_of(old, new, bool(renamed or rates or any(figure.is_changed for figure in compared)))
    name = f"{old[0].name} → {new[0].name}" if renamed else name
    return MoneyLine(name, level, kind, **figures, match=match, printed_rates=rates)


def _printed_rates(before: Sequence, after: Sequence) -> Iterator[FieldChange]:
    """Rates that both reports print of one row, otherwise; what follows from the amounts is told by them."""
    for old, new in zip(before, after, strict=True) if len(before) == len(after) == 1 else ():
        for key, label in RATES.items():
            rates = [getattr(row, key).printed for row in (old, new) if hasattr(row, key)]
            if rates and None not in rates and rates[0] != rates[1]:
                yield FieldChange(
                    label, *(rate if isinstance(rate, str) else amounts.percent(rate) for rate in rates)
                )
