"""Expected figures are those that the 2022 report prints, unless a case says otherwise."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation

from seoul_digital.lib import amounts

EXPENDITURE_2022 = 143_204_842_000
EXPENDITURE_2021 = 121_405_762_000
EXECUTED_2022 = 95_839_632_000


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (266, "266"),
        (143_204_842, "143,204,842"),
        (-8, "△8"),
        (-9_418_518, "△9,418,518"),
        (0, "-"),
        (None, "-"),
        (Decimal("0.4"), "0"),
        (Decimal("-0.4"), "0"),
        (Decimal("-0.5"), "△1"),
    ],
)
def test_plain(value, printed):
    assert amounts.plain(value) == printed


def test_plain_with_decimals():
    assert amounts.plain(Decimal("181.5"), decimals=1) == "181.5"
    assert amounts.plain(Fraction(-5, 100), decimals=1) == "△0.1"
    assert amounts.plain(1234, decimals=2) == "1,234.00"


@pytest.mark.parametrize(
    ("value", "printed"), [(21_799_080, "+21,799,080"), (-1_953, "△1,953"), (0, "-"), (None, "-")]
)
def test_signed(value, printed):
    assert amounts.signed(value) == printed


def test_units():
    assert amounts.thousand(EXPENDITURE_2022) == "143,204,842"
    assert amounts.thousand(-9_418_518_000) == "△9,418,518"
    assert amounts.million(EXPENDITURE_2022) == "143,205"


@pytest.mark.parametrize(
    ("won", "text", "change", "label"),
    [
        (EXPENDITURE_2022, "1,432.0억 원", "+1,432.0억 원", "1,432.0"),
        (-9_418_518_000, "△94.2억 원", "△94.2억 원", "△94.2"),
        (100_000_000, "1.0억 원", "+1.0억 원", "1.0"),
        (99_995_000, "1.0억 원", "+1.0억 원", "1.0"),
        (99_994_999, "9,999만 원", "+9,999만 원", "9,999만 원"),
        (-4_000_000, "△400만 원", "△400만 원", "△400만 원"),
        (10_000, "1만 원", "+1만 원", "1만 원"),
        (9_999, "9,999원", "+9,999원", "9,999원"),
        (-1, "△1원", "△1원", "△1원"),
        (0, "0원", "0원", "-"),
        (None, "-", "-", "-"),
        ("순증", "순증", "순증", "순증"),
    ],
)
def test_won_in_the_unit_that_people_say(won, text, change, label):
    assert (amounts.won_text(won), amounts.won_change(won), amounts.won_label(won)) == (text, change, label)


def test_a_project_s_budget_in_a_sentence():
    assert amounts.million_won(36_248_000_000) == "36,248백만원(362.5억 원)"


def test_won_texts_that_differ_are_written_apart():
    assert amounts.won_texts(17_370_000_000, 17_400_000_000) == ["173.7억 원", "174.0억 원"]
    assert amounts.won_texts(17_370_000_000, 17_370_001_000) == ["17,370,000천원", "17,370,001천원"]
    assert amounts.won_texts(17_370_000_000, 17_370_000_000) == ["173.7억 원", "173.7억 원"]


@pytest.mark.parametrize("unit", [amounts.thousand, amounts.million])
def test_units_of_nothing(unit):
    assert unit(0) == "-"
    assert unit(None) == "-"


@pytest.mark.parametrize(
    ("part", "whole", "printed"),
    [
        (95_839_632, 143_204_842, "66.9%"),
        (14_065_874, 18_321_327, "76.8%"),
        (1_968_275, 10_764_413, "18.3%"),
        (0, 143_204_842, "0.0%"),
        (None, 143_204_842, "-"),
        (95_839_632, 0, "-"),
        (95_839_632, None, "-"),
    ],
)
def test_rate(part, whole, printed):
    assert amounts.percent(amounts.rate(part, whole)) == printed


def test_rate_is_exact():
    assert amounts.rate(1, 3) == Fraction(100, 3)


@pytest.mark.parametrize(
    ("now", "before", "printed"),
    [
        (143_204_842, 121_405_762, "+18.0%"),
        (18_321_327, 27_739_845, "△34.0%"),
        (10_764_413, 2_963_927, "+263.2%"),
        (4_658_912, 4_660_865, "0.0%"),
        (17_370_899, 16_817_627, "+3.3%"),
        (642_720, 0, "순증"),
        (-642_720, 0, "순감"),
        (0, 642_720, "△100.0%"),
        (0, 0, "-"),
        (642_720, None, "-"),
        (None, 642_720, "-"),
        (50, -100, "+150.0%"),
    ],
)
def test_change_percent(now, before, printed):
    assert amounts.change_percent(now, before) == printed


@pytest.mark.parametrize(("now", "before"), [(642_720, 0), (642_720, None), (None, 642_720)])
def test_change_rate_without_a_base(now, before):
    assert amounts.change_rate(now, before) is None


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (Decimal("0.05"), "0.1%"),
        (Decimal("-0.05"), "△0.1%"),
        (Fraction(-49, 1000), "0.0%"),
        (Decimal("66.95"), "67.0%"),
        (Decimal("66.9499999999999999999999999999999999"), "66.9%"),
        (Decimal("1234.5"), "1,234.5%"),
    ],
)
def test_percent_rounds_once_half_away_from_zero(value, printed):
    assert amounts.percent(value) == printed


def test_points_come_from_exact_values():
    pace = amounts.pace(date(2022, 8, 29), 2022) * 100
    assert amounts.percent(pace) == "66.0%"
    assert amounts.points(amounts.rate(95_839_632, 143_204_842) - pace) == "+0.9"
    # 76.8 - 66.0 would say 10.8.
    assert amounts.points(amounts.rate(14_065_874, 18_321_327) - pace) == "+10.7"
    assert amounts.points(amounts.rate(19_056_893, 33_716_436) - pace) == "△9.5"


@pytest.mark.parametrize(
    ("value", "printed"), [(Decimal("-9.45"), "△9.5"), (Decimal("0.04"), "0.0"), (0, "0.0"), (None, "-")]
)
def test_points(value, printed):
    assert amounts.points(value) == printed


@pytest.mark.parametrize(
    ("on", "year", "share"),
    [
        (date(2022, 8, 29), 2022, Fraction(241, 365)),
        (date(2024, 12, 31), 2024, 1),
        (date(2024, 1, 1), 2024, Fraction(1, 366)),
        (date(2021, 12, 31), 2022, 0),
        (date(2023, 3, 1), 2022, 1),
    ],
)
def test_pace(on, year, share):
    assert amounts.pace(on, year) == share


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("143,204,842", 143_204_842),
        ("143204842", 143_204_842),
        ("△1,953", -1_953),
        ("△ 1,953", -1_953),
        ("(1,953)", -1_953),
        ("-1,953", -1_953),
        ("−1,953", -1_953),
        ("+1,953", 1_953),
        ("１，９５３", 1_953),
        ("（１，９５３）", -1_953),
        (" 1,953\u00a0", 1_953),
        ("-", 0),
        ("–", 0),
        ("－", 0),
        ("0", 0),
        ("", None),
        ("  ", None),
        ("66.9", Decimal("66.9")),
        ("△34.0", Decimal("-34.0")),
    ],
)
def test_parse(text, value):
    assert amounts.parse(text) == value


def test_parse_keeps_whole_numbers_whole():
    assert isinstance(amounts.parse("1,953"), int)
    assert isinstance(amounts.parse("1,953.0"), Decimal)


@pytest.mark.parametrize(
    "text",
    [
        "NaN",
        "Infinity",
        "1e5",
        "순증",
        "△",
        "()",
        "(△1)",
        "(-1)",
        "1,23",
        "12,34,567",
        "1 234",
        "66.9%",
        "--1",
        "٣",
        "9" * 5000,
    ],
)
def test_parse_refuses_in_korean(text):
    with pytest.raises(ValueError, match="숫자로 읽을 수 없습니다"):
        amounts.parse(text)


def test_parse_refuses_the_filled_triangle():
    with pytest.raises(ValueError, match="▲는 증가인지 감소인지"):
        amounts.parse("▲1,953")


def test_behind_means_below_the_pace_line():
    pace = Fraction(241, 365)
    assert amounts.is_behind(Fraction(56), pace)
    assert not amounts.is_behind(Fraction(67), pace)
    assert not amounts.is_behind(pace * 100, pace)
    assert not amounts.is_behind(None, pace)
    assert not amounts.is_behind("순증", pace)
    assert not amounts.is_behind(Fraction(56), None)


@pytest.mark.parametrize(
    ("won", "text"), [(1_234_000, "1,234천원"), (0, "0천원"), ("순증", "순증"), (None, "-")]
)
def test_thousand_text_has_a_unit_with_numbers_alone(won, text):
    assert amounts.thousand_text(won) == text


@pytest.mark.parametrize(("language", "value"), [("ko", 467), ("en", Decimal("46.7"))])
def test_in_label_unit_divides_as_the_heading_says(language, value):
    with translation.override(language):
        assert amounts.in_label_unit(46_700_000_000) == Fraction(value)


@pytest.mark.parametrize(
    ("rate", "printed"),
    [
        (Fraction(18), "+18.0%"),
        (Fraction(-34), "△34.0%"),
        (Fraction(1, 100), "0.0%"),
        (0, "0.0%"),
        (None, "-"),
        ("순증", "순증"),
    ],
)
def test_a_rate_of_change_has_its_sign_either_way(rate, printed):
    assert amounts.change_rate_text(rate) == printed


@pytest.mark.parametrize(
    ("won", "printed"),
    [(609_907_000, "+609,907천원"), (-1_953_000, "△1,953천원"), (0, "-"), (None, "-"), ("순증", "순증")],
)
def test_a_change_in_thousands_has_its_sign_either_way(won, printed):
    assert amounts.thousand_change(won) == printed
