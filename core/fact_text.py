"""Facts in words: their values with units as sheets and lists write them."""

from decimal import Decimal
from fractions import Fraction

from seoul_digital.lib import amounts
from seoul_digital.lib.reported import Number

from .stated_facts import StatedFact

WON, PERCENT, POINTS = "원", "%", "%p"
UNKNOWN = "값 없음"


def value_text(value: Number | str | None, unit: str) -> str:
    """`143,204,842천원`, `266명`, `△8명`, `66.9%`; an amount in 천원 where it is a whole number of them. Zero is `0`."""
    if value is None:
        return UNKNOWN
    if isinstance(value, str):
        return value
    exact = Fraction(value)
    if unit == WON and exact and exact % amounts.THOUSAND == 0:
        exact, unit = exact / amounts.THOUSAND, "천원"
    write = amounts.signed if unit == POINTS else amounts.plain
    return f"{write(exact, decimals=_decimals(value, exact)) if exact else '0'}{unit}"


def _decimals(value: Number, exact: Fraction) -> int:
    """As many as it was written with; one where it is worked out and has no end."""
    if exact.denominator == 1:
        return 0
    if isinstance(value, Decimal):
        return max(0, -int(value.normalize().as_tuple().exponent))
    return 1


def fact_text(fact: StatedFact) -> str:
    """The value as the report gives it: the printed one before the computed one, a period as its source writes it."""
    if fact.period is not None:
        return fact.printed or fact.period.printed()
    return value_text(fact.figure.shown if fact.figure else fact.value, fact.unit)
