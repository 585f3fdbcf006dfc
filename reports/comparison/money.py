"""Revenue and expenditure at two dates, in 원; of another fiscal year where the dates lie in two."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from seoul_digital.lib import amounts

from ..report import Expenditure, ExpenditureRow, Revenue, Succession
from .changes import Counts, Figure, Kind, count, kind_of, pairs_by_key, total_of
from .units import Match, match_units


@dataclass(frozen=True)
class MoneyLine:
    """An item, a department or an account: its budget, of expenditure what was executed too, and last year's final budget."""

    name: str
    level: int
    kind: Kind
    current: Figure
    previous: Figure
    executed: Figure = Figure()
    match: Match | None = None

    @property
    def rates(self) -> tuple[Fraction | None, Fraction | None]:
        """Executed of the budget, as exact percentages of what the lines add up to."""
        sides = ((self.executed.before, self.current.before), (self.executed.after, self.current.after))
        return tuple(
            amounts.rate(part.computed, whole.computed) if part and whole else None for part, whole in sides
        )

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


def compare_revenue(before: Revenue, after: Revenue) -> MoneyChanges:
    same_year = before.fiscal_year == after.fiscal_year
    lines = tuple(
        _line((old or new).name, (old or new).level, [old], [new], same_year)
        for old, new in _items(before, after)
    )
    return MoneyChanges((before.fiscal_year, after.fiscal_year), lines)


def _items(before: Revenue, after: Revenue) -> list[tuple]:
    return pairs_by_key(before.rows, after.rows, "slug")


def compare_expenditure(
    before: Expenditure, after: Expenditure, successions: Iterable[Succession]
) -> MoneyChanges:
    same_year = before.fiscal_year == after.fiscal_year
    old, new = (_departments(side.rows) for side in (before, after))
    lines = [_line(after.rows[0].name, 0, before.rows[:1], after.rows[:1], same_year)]
    for match in match_units(old, new, successions):
        own = [
            [row for row in side.rows if row.slug in slugs]
            for side, slugs in ((before, match.before), (after, match.after))
        ]
        lines += _of_departments(match, *own, same_year)
    return MoneyChanges((before.fiscal_year, after.fiscal_year), tuple(lines))


def _departments(rows: Sequence[ExpenditureRow]) -> dict[str, str]:
    return {row.slug: row.name for row in rows if row.slug and not row.account}


def _of_departments(
    match: Match, before: Sequence[ExpenditureRow], after: Sequence[ExpenditureRow], same_year: bool
) -> list[MoneyLine]:
    """The departments that are matched, then their accounts."""
    accounts = dict.fromkeys(row.account for row in (*after, *before))
    names = {row.account: row.name for row in (*before, *after)}
    sides = {
        account: [[row for row in side if row.account == account] for side in (before, after)]
        for account in accounts
    }
    return [
        _line(
            names[account] if account else match.name,
            int(bool(account)),
            *sides[account],
            same_year,
            None if account else match,
        )
        for account in sorted(accounts, key=lambda account: account != "")
    ]


def _line(
    name: str, level: int, before: Sequence, after: Sequence, same_year: bool, match: Match | None = None
) -> MoneyLine:
    """Rows of either side added up; an item that is not there is None."""
    old, new = ([row for row in side if row] for side in (before, after))
    figures = {
        key: Figure(
            *(total_of(getattr(row, key) for row in side if hasattr(row, key)) for side in (old, new))
        )
        for key in ("current", "previous", "executed")
    }
    compared = [figure for key, figure in figures.items() if key != "previous" or same_year]
    return MoneyLine(
        name, level, kind_of(old, new, any(figure.is_changed for figure in compared)), **figures, match=match
    )
