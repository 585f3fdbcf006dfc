from decimal import Decimal
from fractions import Fraction

import pytest

from seoul_digital.lib.agreement import Agreement, of_rate, of_sum

THOUSAND = 1000


@pytest.mark.parametrize(
    ("stated", "computed", "terms", "verdict"),
    [
        (143_204_842_000, 143_204_842_000, 9, Agreement.EXACT),
        (95_839_632_000, 95_839_631_000, 9, Agreement.ROUNDING),  # the report's own executed total
        (1_001_000, 1_000_000, 1, Agreement.DISAGREES),  # one figure can be off by half a unit only
        (1_001_000, 1_000_000, 2, Agreement.ROUNDING),
        (998_000, 1_000_000, 4, Agreement.ROUNDING),
        (998_000, 1_000_001, 4, Agreement.DISAGREES),
        (954_794_000, 5_878_506_000, 5, Agreement.DISAGREES),  # 임시적세외수입
        (0, 0, 1, Agreement.EXACT),
        (-8, Decimal("-8.00"), 8, Agreement.EXACT),
    ],
)
def test_a_sum_may_differ_by_half_a_unit_a_term(stated, computed, terms, verdict):
    assert of_sum(stated, computed, terms, THOUSAND) is verdict


def test_persons_are_counted_in_ones():
    assert of_sum(258, 257, 1) is Agreement.DISAGREES


@pytest.mark.parametrize(
    ("stated", "computed", "verdict"),
    [
        ("66.9", Fraction(95_839_632, 143_204_842) * 100, Agreement.EXACT),
        ("66.9", Fraction(6695, 100), Agreement.EXACT),  # half a tenth off
        ("66.9", Fraction(66951, 1000), Agreement.DISAGREES),
        ("-34.0", Fraction(-3395, 100), Agreement.EXACT),
        ("34.0", Fraction(-3395, 100), Agreement.DISAGREES),  # a rise is no fall
        ("0.0", Fraction(-4, 100), Agreement.EXACT),  # 서울기록원: △1,953 of 4,660,865
        ("6.9", Fraction(1427, 10), Agreement.DISAGREES),
        ("6.9", None, Agreement.DISAGREES),
    ],
)
def test_a_rate_is_held_against_the_exact_one(stated, computed, verdict):
    assert of_rate(Decimal(stated), computed) is verdict


def test_a_rate_to_whole_percents():
    assert of_rate(67, Fraction(669, 10), decimals=0) is Agreement.EXACT
    assert of_rate(66, Fraction(669, 10), decimals=0) is Agreement.DISAGREES
