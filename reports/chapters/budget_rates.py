"""Figures of the budget chapters as their data holds them."""

from decimal import Decimal
from fractions import Fraction

from seoul_digital.lib.reported import ReportedFigure

from ..report import Rate, Stated

HUNDREDTH = Decimal("0.01")  # as the database keeps it, on either engine


def stated_amount(figure: ReportedFigure) -> Stated:
    return Stated(figure.computed, figure.printed, figure.disagrees)


def computed_or_printed(figure: ReportedFigure) -> Rate:
    """Where no percentage can be computed, the word for it, or the one that is printed."""
    is_word = figure.printed is None or isinstance(figure.printed, str)
    printed = None if is_word else figure.printed.quantize(HUNDREDTH)
    if isinstance(figure.computed, Fraction):
        return Rate(figure.computed, printed=printed, disagrees=figure.disagrees)
    return Rate(word=figure.computed or "", printed=printed)
