"""New values in a text's own notation."""

from decimal import Decimal

import pytest

from seoul_digital.lib.number_notation import same_notation
from seoul_digital.lib.number_tokens import number_tokens
from seoul_digital.lib.periods import PartialDate, Period


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("1.7만명", "19000", "1.9만명"),
        ("1.7만명", "20000", "2만명"),
        ("1.7만명", "900", "900명"),
        ("63%", "65", "65%"),
        ("열두 곳", "15", "15곳"),
        ("두 배", "2.5", "2.5배"),
        ("3분의 1", "45.26", "45.3%"),
        ("절반", "61", "61%"),
        ("63%", "64.5", "64.5%"),
        ("6.9%", "7", "7.0%"),
        ("△8", "-5", "△5"),
        ("△8", "5", "5"),
        ("8", "-3", "△3"),
        ("8,617백만원", "9000000000", "9,000백만원"),
        ("8617백만원", "9000000000", "9000백만원"),
        ("35만3천권", "412000", "41만2천권"),
        ("35만3천권", "400000", "40만권"),
        ("3천 5백만원", "42000000", "4천 2백만원"),
        ("2,872만여 건", "30128000", "3,012만여 건"),
        ("약 2,000개소", "2345", "약 2,000개소"),
        ("120여명", "138", "130여명"),
        ("999개", "12000", "12,000개"),
        ("십만개", "250000", "250,000개"),
        ("1조 2,000억원", "1350000000000", "1조 3,500억원"),
        ("1조 2,000억원", "1000040000000", "1조원"),
        ("3천 5백만원", "30000000", "3천만원"),
        ("1억 3천 5백만원", "100000000", "1억원"),
        ("3천 5백만원", "1234000000", "123,400만원"),
        ("35만3천권", "350400", "35만권"),
        ("35만3천권", "359999", "36만권"),
        ("약 20개", "3", "약 3개"),
        ("약 십만개", "250000", "약 250,000개"),
    ],
)
def test_a_number_keeps_its_notation(text, value, expected):
    assert same_notation(number_tokens(text)[0], Decimal(value)) == expected


@pytest.mark.parametrize(
    ("text", "value", "expected"), [("63%", "66.66667", "67%"), ("6.9%", "7.25", "7.3%")]
)
def test_what_is_rounded_keeps_its_places(text, value, expected):
    assert same_notation(number_tokens(text)[0], Decimal(value), rounded=True) == expected


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("’22.8.~12.", "2022-09", "2022-12", "’22.9.~12."),
        ("’22.3/4분기", "2022-10", "2022-12", "’22.4/4분기"),
        ("2022년 4분기", "2023-01", "2023-03", "2023년 1분기"),
        ("’22년 상반기", "2022-07", "2022-12", "’22년 하반기"),
        ("’22년 상반기", "2022-07", "2022-11", "’22. 7. ~ 11."),
        ("’22.3/4분기", "2022-08", "2022-10", "’22. 8. ~ 10."),
        ("’21.11.~’22.4.", "2021-12", "2022-05", "’21.12.~’22.5."),
        ("’22.8. ~ 12.", "2022-09", "2023-02", "’22. 9. ~ ’23. 2."),
        ("'24년까지", "", "2025", "'25년까지"),
        ("’22.12. ~", "2023-01", "", "’23.1. ~"),
        ("2022. 8. 26(금) ~ 8. 27(토)", "2022-08-27", "2022-08-28", "2022. 8. 27(토) ~ 8. 28(일)"),
        ("’22. 8.", "2022-08-03", "2022-08-03", "’22. 8. 3."),
    ],
)
def test_a_period_keeps_its_notation_where_it_has_the_same_parts(text, start, end, expected):
    assert same_notation(number_tokens(text)[0], Period.from_texts(start, end)) == expected


def test_a_day_keeps_its_notation():
    assert same_notation(number_tokens("’22.7.1.")[0], PartialDate(2022, 8, 2)) == "’22.8.2."
