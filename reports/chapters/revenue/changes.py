"""Revenue at two dates, in 원; of another fiscal year where the dates lie in two."""

from ...comparison.changes import ReportPair, pairs_by_key
from ...comparison.money import MoneyChanges, money_line
from .data import RevenueData


def compare(before: RevenueData, after: RevenueData, pair: ReportPair) -> MoneyChanges:
    same_year = before.fiscal_year == after.fiscal_year
    lines = tuple(
        money_line((old or new).name, (old or new).level, [old], [new], same_year, pair)
        for old, new in pairs_by_key(before.rows, after.rows, "slug")
    )
    return MoneyChanges((before.fiscal_year, after.fiscal_year), lines)
