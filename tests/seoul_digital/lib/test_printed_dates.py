from datetime import date

import pytest

from seoul_digital.lib.periods import PartialDate, Period
from seoul_digital.lib.printed_dates import periods_in, printed_period


@pytest.mark.parametrize(
    ("printed", "start", "end"),
    [
        ("’21.11.~’22.4.", "2021-11", "2022-04"),
        ("’22.6.", "2022-06", "2022-06"),
        ("’22.6", "2022-06", "2022-06"),
        ("'24년까지", "", "2024"),
        ("´22년", "2022", "2022"),
        ("’22.8. ~ 12.", "2022-08", "2022-12"),
        ("’22.12. ~", "2022-12", ""),
        ("~ ’22.11.", "", "2022-11"),
        ("’20~’22년", "2020", "2022"),
        ("2022. 8. 26(금) ~ 8. 27(토)", "2022-08-26", "2022-08-27"),
        ("’22. 9. 26.(월) ~ 27.(화)", "2022-09-26", "2022-09-27"),
        ("’22.4.29.~5.11.", "2022-04-29", "2022-05-11"),
        ("’22.9. ~ ’23.2.", "2022-09", "2023-02"),
        ("6월~8월", "2022-06", "2022-08"),
        ("3월 ~", "2022-03", ""),
        ("2022년 8월 29일", "2022-08-29", "2022-08-29"),
        ("’22.3/4분기", "2022-07", "2022-09"),
        ("’22. 1/4 분기", "2022-01", "2022-03"),
        ("2022년 4분기까지", "", "2022-12"),
        ("~ ’22.2/4분기", "", "2022-06"),
        ("’22.4/4분기 ~", "2022-10", ""),
        ("’22.1/4분기 ~ 3/4분기", "2022-01", "2022-09"),
        ("’22.8. ~ 4/4분기", "2022-08", "2022-12"),
        ("’22.상반기", "2022-01", "2022-06"),
        ("’22년 하반기까지", "", "2022-12"),
        ("’22.상반기~’23.상반기", "2022-01", "2023-06"),
        ("’22.상반기 ~ 하반기", "2022-01", "2022-12"),
        ("3/4분기", "2022-07", "2022-09"),
        ("하반기", "2022-07", "2022-12"),
        ("2022년도 상반기", "2022-01", "2022-06"),
        ("’22년도 2/4분기까지", "", "2022-06"),
        ("’22.1/4~3/4분기", "2022-01", "2022-09"),
        ("’22. 3/4 ~ 4/4분기", "2022-07", "2022-12"),
        ("’22.2~3분기", "2022-04", "2022-09"),
        ("2/4~3/4분기", "2022-04", "2022-09"),
        ("3/4분기말", "2022-09", "2022-09"),
        ("’22.3/4분기말", "2022-09", "2022-09"),
        ("’22년 상반기 말까지", "", "2022-06"),
        ("’22.1/4분기 ~ 3/4분기말", "2022-01", "2022-09"),
        ("’22년 2분기", "2022-04", "2022-06"),
        ("하반기 중", "2022-07", "2022-12"),
        ("’22.10월중", "2022-10", "2022-10"),
        ("’22년 연중", "2022", "2022"),
        ("~’23.상반기", "", "2023-06"),
    ],
)
def test_printed_period_is_that_period_and_no_other(printed, start, end):
    read = printed_period(printed)
    assert read.is_printed_of(Period.from_texts(start, end))
    for wrong in (("2019-01", end), (start, "2031-02"), (start, "") if end else (start, "2022-12")):
        if wrong != (start, end):
            assert not read.is_printed_of(Period.from_texts(*wrong))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "연중",
        "추후 통보",
        "2133-2860",
        "2,155개소",
        "13월",
        "’22.13.",
        "8차",
        "5G",
        "5/4분기",
        "분기별",
        "상반기별",
        "1·2분기",
        "최근 4분기 연속",
        "예산의 3/4 분기점",
        "최근 1~3분기별",
        "1/4~3/4분기 동안",
    ],
)
def test_printed_period_is_none_where_there_is_no_date(text):
    assert printed_period(text) is None
    assert list(periods_in(text)) in ([], [printed_period("’22년")])


def test_all_year_is_said_of_a_year_alone():
    assert printed_period("’22.8. 연중") is None
    assert printed_period("하반기 연중") is None


def test_periods_in_a_line_are_found_among_other_numbers():
    line = "(’21년) 15개구 → ’22.8월말 기준 17개구, '24년까지 7,393대, ☎2133-2860"
    found = list(periods_in(line))
    assert [period.end.year for period in found] == [2021, 2022, 2024]
    assert found[1].has(PartialDate(2022, 8)) and found[1].has(PartialDate(2022, 8, 31))
    assert not found[1].has(PartialDate(2022, 8, 30))


def test_period_lasts_beyond_a_day_until_its_end():
    period = printed_period("’22.4.~12.")
    assert period.lasts_beyond(date(2022, 8, 29)) and period.lasts_beyond(date(2022, 12, 31))
    assert not period.lasts_beyond(date(2023, 1, 1)) and not period.lasts_beyond(date(2022, 3, 31))
    assert not printed_period("6월~8월").lasts_beyond(date(2022, 8, 1))  # of which year is not said


def test_period_reaches_a_due_date_of_its_last_month():
    assert printed_period("'24년까지").reaches(PartialDate(2024))
    assert printed_period("'24년까지").reaches(PartialDate(2024, 6))
    assert not printed_period("'24년까지").reaches(PartialDate(2025))
    assert not printed_period("’22.9. ~ ’22.12.").reaches(PartialDate(2022, 11))
    assert not printed_period("’22.9. ~").reaches(PartialDate(2022, 9))
