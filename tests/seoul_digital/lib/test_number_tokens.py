"""Numbers and dates of texts: value, unit and place, compared as numbers and not as spellings."""

from decimal import Decimal

import pytest

from seoul_digital.lib.number_tokens import agrees, agrees_on_date, number_tokens, same_unit
from seoul_digital.lib.periods import PartialDate, Period


def token(text):
    (found,) = number_tokens(text)
    return found


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("2,872만 건", "28720000", "건"),
        ("28,720,000건", "28720000", "건"),
        ("2,872만여 건", "28720000", "건"),
        ("1.7만명", "17000", "명"),
        ("35만3천권", "353000", "권"),
        ("63%", "63", "%"),
        ("6.9%p", "6.9", "%p"),
        ("△8", "-8", ""),
        ("8,617백만원", "8617000000", "원"),
        ("3천 5백만원", "35000000", "원"),
        ("1조 2,000억원", "1200000000000", "원"),
        ("2000만원", "20000000", "원"),
        ("십만개/km2", "100000", "개"),
        ("핫플레이스 216개소", "216", "곳"),
        ("5G 기반", "5", "G"),
        ("1차사업", "1", "차"),
        ("25개 자치구", "25", "개"),
        ("5 분야", "5", ""),
        ("20분야", "20", ""),
        ("5만 4천여명", "54000", "명"),
        ("2만8천6대", "28006", "대"),
        ("3조 편성", "3", ""),
        ("계약 20건", "20", "건"),
        ("1천2백억원", "120000000000", "원"),
        ("2만5천여 명", "25000", "명"),
        ("3백만 명", "3000000", "명"),
        ("120백만원", "120000000", "원"),
        ("1.5배", "1.5", "배"),
        ("두 배로 늘어", "2", "배"),
        ("열두 곳에 설치", "12", "곳"),
        ("스물네 개소", "24", "곳"),
        ("스무 명", "20", "명"),
        ("3분의 1", "33.3", "%"),
        ("시민의 절반이", "50", "%"),
        ("120다산콜센터", "120", ""),
        ("4차 산업혁명", "4", "차"),
        ("제3조", "3", ""),
    ],
)
def test_number_of_a_notation(text, number, unit):
    assert (token(text).number, token(text).unit) == (number, unit)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("’22.8. ~ 12.", "2022-08~2022-12"),
        ("'24년까지", "~2024"),
        ("’22.12. ~", "2022-12~"),
        ("’22.7.1.", "2022-07-01"),
        ("2022년", "2022"),
        ("(8.31.)", "--08-31"),
        ("’22.8월말", "2022-08-말"),
        ("'22.8.29.", "2022-08-29"),
        ("‘23년 상반기", "2023-01~2023-06"),
        ("’23. 하반기", "2023-07~2023-12"),
        ("2022년 4분기 중", "2022-10~2022-12"),
        ("’22.3/4분기 중", "2022-07~2022-09"),
        ("’23.1/4분기까지 완료", "~2023-03"),
        ("’23년 상반기에 착수", "2023-01~2023-06"),
        ("3/4분기 실적", "--07~--09"),
        ("4분기", "--10~--12"),
        ("올 하반기 개소", "--07~--12"),
        ("2022년도 상반기", "2022-01~2022-06"),
        ("’22.1/4~3/4분기", "2022-01~2022-09"),
        ("3/4분기말 기준", "--09-말"),
        ("2022년도 예산", "2022"),
    ],
)
def test_date_of_a_notation(text, number):
    assert token(text).is_date
    assert token(text).number == number


@pytest.mark.parametrize(
    "text",
    [
        "Wi-Fi6",
        "p.9",
        "AI2.0",
        "천만에요",
        "수십만개",
        "",
        "세대 간",
        "두루",
        "세계",
        "한 곳도",
        "네이버",
        "두 번째",
        "다섯째",
        "차세대",
        "분기별 점검",
    ],
)
def test_what_is_a_word_is_no_number(text):
    assert number_tokens(text) == []


def test_numbers_of_a_line_stand_in_order_with_their_places():
    text = "ㅇ 공공와이파이 4,530대 설치(’21.11.~’22.4.), 2,5,6,7,8호선, 20~30미터"
    found = number_tokens(text)
    assert [text[each.start : each.end] for each in found] == [each.printed for each in found]
    assert [each.printed for each in found] == [
        "4,530대", "’21.11.~’22.4.", "2", "5", "6", "7", "8호선", "20", "30미터",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["2,872만여 건", "약 20만명", "120여명", "3년여", "100명 정도"])
def test_approximate_numbers(text):
    assert token(text).approximate


@pytest.mark.parametrize(
    ("text", "value", "rounded", "expected"),
    [
        ("1.7만명", "17000", False, True),
        ("1.7만명", "17001", False, False),
        ("1.7만명", "17001", True, True),
        ("1.7만명", "18100", True, False),
        ("2,872만여 건", "28729999", False, True),
        ("2,872만여 건", "28730000", False, False),
        ("2,873만여 건", "28720000", False, False),
        ("2,873만여 건", "28725000", False, False),
        ("약 2,873만 건", "28725000", False, True),
        ("3분의 1", "33.9", False, True),
        ("절반", "61.2", False, False),
        ("120여명", "125", False, True),
        ("86억원", "8617000000", True, True),
        ("86억원", "8700000000", True, False),
        ("6.9%p", "6.94", True, True),
        ("28,006대", "28007", False, False),
    ],
)
def test_a_number_agrees_with_a_value(text, value, rounded, expected):
    assert agrees(token(text), Decimal(value), rounded=rounded) is expected


def test_a_date_agrees_with_a_period_or_one_of_its_ends():
    period = Period.from_texts("2022-08", "2022-12")
    assert agrees_on_date(token("’22.8. ~ 12."), period)
    assert agrees_on_date(token("’22.12."), period)
    assert not agrees_on_date(token("’22.8. ~ 11."), period)
    assert agrees_on_date(token("’22.7.1."), PartialDate(2022, 7, 1))
    assert not agrees_on_date(token("’22.7.1."), PartialDate(2022, 7, 2))


def test_units_of_two_spellings_are_one():
    assert same_unit("개소", "곳")
    assert same_unit("", "대")
    assert not same_unit("명", "대")
