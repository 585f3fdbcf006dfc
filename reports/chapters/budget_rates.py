"""Rates of the budget chapters as their data holds them."""

from decimal import Decimal
from fractions import Fraction

from core.models import ControlTotal
from seoul_digital.lib import agreement
from seoul_digital.lib.agreement import Agreement

from ..report import Rate

HUNDREDTH = Decimal("0.01")  # as the database keeps it, on either engine


def computed_or_printed(computed: Fraction | str | None, stated: ControlTotal | None) -> Rate:
    """Where no percentage can be computed, the word for it, or the one that is printed."""
    printed = stated.value.quantize(HUNDREDTH) if stated and stated.value is not None else None
    if isinstance(computed, Fraction):
        disagrees = printed is not None and agreement.of_rate(printed, computed) is Agreement.DISAGREES
        return Rate(computed, printed=printed, disagrees=disagrees)
    return Rate(word=computed or "", printed=printed)
