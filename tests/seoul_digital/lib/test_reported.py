from decimal import Decimal
from fractions import Fraction

import pytest

from seoul_digital.lib.reported import Agreement, ReportedFigure, reported_rate, total_of

THOUSAND = 1000


@pytest.mark.parametrize(
    ("printed", "computed", "terms", "agreement"),
    [
        (143_204_842_000, 143_204_842_000, 9, Agreement.EXACT),
        (95_839_632_000, 95_839_631_000, 9, Agreement.ROUNDING),  # the report's own executed total
        (1_001_000, 1_000_000, 1, Agreement.DISAGREES),  # one figure can be off by half a unit only
        (1_001_000, 1_000_000, 2, Agreement.ROUNDING),
        (998_000, 1_000_000, 4, Agreement.DOUBTFUL),
        (999_000, 1_000_000, 4, Agreement.ROUNDING),
        (996_500, 1_000_000, 16, Agreement.ROUNDING),  # 3.5 of 3.57 units: three deviations
        (993_000, 1_000_000, 16, Agreement.DOUBTFUL),
        (991_000, 1_000_000, 16, Agreement.DISAGREES),
        (998_000, 1_000_001, 4, Agreement.DISAGREES),
        (954_794_000, 5_878_506_000, 5, Agreement.DISAGREES),  # 임시적세외수입
        (0, 0, 1, Agreement.EXACT),
        (-8, Decimal("-8.00"), 8, Agreement.EXACT),
        (None, 5, 1, Agreement.EXACT),  # nothing to compare
        (5, None, 1, Agreement.EXACT),
    ],
)
def test_agreement_of_a_sum_is_half_a_unit_a_term(printed, computed, terms, agreement):
    assert ReportedFigure(computed, printed, terms, THOUSAND).agreement is agreement


def test_agreement_of_persons_counts_in_ones():
    assert ReportedFigure(257, 258).disagrees
    assert not ReportedFigure(258, 258).disagrees


@pytest.mark.parametrize(
    ("printed", "computed", "agreement"),
    [
        ("66.9", Fraction(95_839_632, 143_204_842) * 100, Agreement.EXACT),
        ("66.9", Fraction(6695, 100), Agreement.EXACT),  # half a tenth off
        ("66.9", Fraction(66951, 1000), Agreement.DISAGREES),
        ("-34.0", Fraction(-3395, 100), Agreement.EXACT),
        ("34.0", Fraction(-3395, 100), Agreement.DISAGREES),  # a rise is no fall
        ("0.0", Fraction(-4, 100), Agreement.EXACT),  # 서울기록원: △1,953 of 4,660,865
        ("6.9", Fraction(1427, 10), Agreement.DISAGREES),
    ],
)
def test_agreement_of_a_rate_is_to_a_tenth(printed, computed, agreement):
    assert reported_rate(computed, Decimal(printed)).agreement is agreement


@pytest.mark.parametrize(
    ("printed", "computed", "agreement"),
    [
        ("순증", "순증", Agreement.EXACT),
        ("순증", Fraction(5), Agreement.DISAGREES),
        (Decimal("5.0"), "순증", Agreement.DISAGREES),
        ("순증", None, Agreement.EXACT),
    ],
)
def test_agreement_of_a_word_is_the_same_word(printed, computed, agreement):
    assert reported_rate(computed, printed).agreement is agreement


@pytest.mark.parametrize(
    ("computed", "printed", "shown"),
    [(5, None, 5), (5, 7, 7), (5, 0, 0), (None, None, None), (Fraction(5), "순증", "순증")],
)
def test_shown_is_the_printed_where_there_is_one(computed, printed, shown):
    assert ReportedFigure(computed, printed).shown == shown


def test_several_figures_add_up_as_they_are_shown():
    assert total_of([ReportedFigure(3), ReportedFigure(4, printed=5)]) == ReportedFigure(8)
    assert total_of([ReportedFigure(3, 4)]) == ReportedFigure(3, 4)
    assert total_of([ReportedFigure(3), ReportedFigure(None)]) == ReportedFigure(None)
    assert total_of([]) is None
