"""Expenditure at two dates, in 원; of another fiscal year where the dates lie in two."""

from collections.abc import Sequence

from core.unit_matches import Match, match_units

from ...comparison.changes import ReportPair
from ...comparison.money import MoneyChanges, MoneyLine, money_line
from ..organisation.changes import successions_of
from .data import ExpenditureData, ExpenditureRow


def compare(before: ExpenditureData, after: ExpenditureData, pair: ReportPair) -> MoneyChanges:
    same_year = before.fiscal_year == after.fiscal_year
    old, new = (
        {row.slug: row.name for row in side.rows if row.slug and not row.account} for side in (before, after)
    )
    lines = [money_line(after.rows[0].name, 0, before.rows[:1], after.rows[:1], same_year, pair)]
    for match in match_units(old, new, successions_of(pair)):
        own_before, own_after = (
            [row for row in side.rows if row.slug in slugs]
            for side, slugs in ((before, match.before), (after, match.after))
        )
        lines += _of_departments(match, own_before, own_after, same_year, pair)
    return MoneyChanges((before.fiscal_year, after.fiscal_year), tuple(lines))


def _of_departments(
    match: Match,
    before: Sequence[ExpenditureRow],
    after: Sequence[ExpenditureRow],
    same_year: bool,
    pair: ReportPair,
) -> list[MoneyLine]:
    """The departments that are matched, then their accounts: of the single account of a side there is no row."""
    have_accounts = all(any(row.account for row in side) for side in (after, before) if side)
    accounts = dict.fromkeys(row.account for row in (*after, *before) if have_accounts or not row.account)
    names = {row.account: row.name for row in (*before, *after)}
    lines = []
    for account in sorted(accounts, key=bool):
        name, level, followed = (names[account], 1, None) if account else (match.name, 0, match)
        old, new = ([row for row in side if row.account == account] for side in (before, after))
        lines.append(money_line(name, level, old, new, same_year, pair, followed))
    return lines
