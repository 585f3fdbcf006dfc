from datetime import date

import pytest

from seoul_digital.lib.query_params import AskedDate, asked_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-08-29", date(2022, 8, 29)),
        (" 2022-08-29\n", date(2022, 8, 29)),
        ("2024-02-29", date(2024, 2, 29)),
        ("1900-01-01", date(1900, 1, 1)),
        ("2999-12-31", date(2999, 12, 31)),
    ],
)
def test_a_date_is_read(text, day):
    assert asked_date(text) == AskedDate(day)


@pytest.mark.parametrize("text", ["", "   "])
def test_nothing_is_asked_for(text):
    assert asked_date(text) == AskedDate(None, "")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("어제", "기준일 ‘어제’를 읽을 수 없습니다. 2022. 8. 29.처럼 연, 월, 일을 적어 주세요."),
        ("20220829", "기준일 ‘20220829’를 읽을 수 없습니다. 2022. 8. 29.처럼 연, 월, 일을 적어 주세요."),
        (
            "２０２２-08-29",
            "기준일 ‘２０２２-08-29’를 읽을 수 없습니다. 2022. 8. 29.처럼 연, 월, 일을 적어 주세요.",
        ),
        ("2022-02-30", "기준일 ‘2022-02-30’을 읽을 수 없습니다. 달력에 없는 날짜입니다."),
        ("0000-01-01", "기준일 ‘0000-01-01’을 읽을 수 없습니다. 달력에 없는 날짜입니다."),
        (
            "1899-12-31",
            "기준일 ‘1899-12-31’을 읽을 수 없습니다. 1900년부터 2999년까지의 날짜를 적어 주세요.",
        ),
        (
            "9999-12-31",
            "기준일 ‘9999-12-31’을 읽을 수 없습니다. 1900년부터 2999년까지의 날짜를 적어 주세요.",
        ),
    ],
)
def test_what_cannot_be_read_is_said(text, error):
    assert asked_date(text) == AskedDate(None, error)


def test_a_long_text_is_cut():
    assert (
        asked_date("x" * 5000).error
        == f"기준일 ‘{'x' * 40}’를 읽을 수 없습니다. 2022. 8. 29.처럼 연, 월, 일을 적어 주세요."
    )
