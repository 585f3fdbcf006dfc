"""How a number was typed as another one."""

from decimal import Decimal
from fractions import Fraction

import pytest

from seoul_digital.lib.slips import Slip, is_off_by_places, is_one_digit_off, slip_between


@pytest.mark.parametrize(
    ("before", "now", "slip"),
    [
        (69, 96, Slip.EXCHANGED),
        (14850806, 14580806, Slip.EXCHANGED),
        (Decimal("6.9"), Decimal("9.6"), Slip.EXCHANGED),
        (69, 6, Slip.LOST),
        (28006, 2806, Slip.LOST),
        (28006, 280006, Slip.GAINED),
        (6, 69, Slip.GAINED),
        (57_437_000, 6_143_700, Slip.TENFOLD),  # grown, and a place short
        (Decimal("63.5"), Decimal("6.35"), Slip.LOST),
        (69, 69, None),
        (69, 71, None),
        (6, 9, None),
        (14850806, 14850807, None),
        (57_437_000, 61_437_000, None),
        (1221, 2112, None),  # two exchanges
        (0, 7, None),
        (0, 10, None),
        (90, 0, None),
        (970_823, -970_823, Slip.SIGN),
        (-970_823, 1_021_400, Slip.SIGN),  # grown, too
        (25, -30, None),
        (25, -250, None),
    ],
)
def test_slip_between_two_numbers(before, now, slip):
    assert slip_between(before, now) == slip


@pytest.mark.parametrize(
    ("now", "before", "tolerance", "is_off"),
    [
        (125, 10, Fraction(5, 4), True),
        (126, 10, Fraction(5, 4), False),
        (126, 10, Fraction(3, 2), True),
        (8, 100, Fraction(5, 4), True),
        (1000, 10, Fraction(5, 4), True),
        (20, 10, Fraction(5, 4), False),
        (0, 10, Fraction(5, 4), False),
    ],
)
def test_is_off_by_places_within_the_tolerance(now, before, tolerance, is_off):
    assert is_off_by_places(now, before, tolerance) is is_off


@pytest.mark.parametrize(
    ("old", "new", "is_off"),
    [("21332860", "21332862", True), ("2860", "2860", False), ("2860", "286", False)],
)
def test_is_one_digit_off(old, new, is_off):
    assert is_one_digit_off(old, new) is is_off
