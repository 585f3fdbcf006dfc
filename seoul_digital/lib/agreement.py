"""Whether a printed figure agrees with what it is computed from.

A sum of n figures that were each rounded to a unit may differ from the printed sum by n/2 units: that is rounding,
not disagreement.
"""

from decimal import Decimal
from enum import Enum
from fractions import Fraction

Number = int | Decimal | Fraction


class Agreement(Enum):
    EXACT = "exact"
    ROUNDING = "rounding"
    DISAGREES = "disagrees"


def of_sum(stated: Number, computed: Number, terms: int, unit: int = 1) -> Agreement:
    """A printed sum of `terms` figures, each rounded to `unit`."""
    difference = abs(Fraction(stated) - Fraction(computed))
    if not difference:
        return Agreement.EXACT
    return Agreement.ROUNDING if difference * 2 <= terms * unit else Agreement.DISAGREES


def of_rate(stated: Number, computed: Number | None, decimals: int = 1) -> Agreement:
    """A printed rate, held against the exact one rounded half up to the same decimals."""
    if computed is None:
        return Agreement.DISAGREES
    step = Fraction(1, 10**decimals)
    agrees = abs(abs(Fraction(stated)) - abs(Fraction(computed))) * 2 <= step
    same_side = not stated or (stated < 0) == (computed < 0)
    return Agreement.EXACT if agrees and same_side else Agreement.DISAGREES
