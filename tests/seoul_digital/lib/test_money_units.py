from fractions import Fraction

import pytest

from seoul_digital.lib.money_units import MONEY_UNITS, THOUSANDS, money_unit, unit_of_won


@pytest.mark.parametrize(
    ("text", "won"),
    [("천원, %", 1_000), ("백만원", 1_000_000), ("억 원", 100_000_000), ("(단위: 원)", 1)],
)
def test_the_unit_that_a_source_says(text, won):
    assert money_unit(text).won == won


@pytest.mark.parametrize("text", ["", "명", "%"])
def test_a_source_that_says_no_unit(text):
    assert money_unit(text) is None


def test_amounts_in_a_unit():
    unit = MONEY_UNITS["백만원"]
    assert unit.of(1_500_000) == Fraction(3, 2)
    assert unit.of(None) is None
    assert [unit.text(won) for won in (1_500_000, -2_000_000_000, 0, None, "순증")] == [
        "2",
        "△2,000",
        "-",
        "-",
        "순증",
    ]
    assert unit_of_won(1_000) is THOUSANDS
