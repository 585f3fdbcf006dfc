from datetime import date

import pytest

from seoul_digital.lib.periods import PartialDate, Period

BASE_DATE = date(2022, 8, 29)


@pytest.mark.parametrize(
    ("text", "precision", "first", "last"),
    [
        ("2022", "year", date(2022, 1, 1), date(2022, 12, 31)),
        ("2022-08", "month", date(2022, 8, 1), date(2022, 8, 31)),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-08-29", "day", date(2022, 8, 29), date(2022, 8, 29)),
    ],
)
def test_partial_date(text, precision, first, last):
    parsed = PartialDate.parse(text)
    assert (parsed.precision, parsed.first(), parsed.last(), str(parsed)) == (precision, first, last, text)


@pytest.mark.parametrize(
    ("text", "printed", "long"),
    [
        ("2022-08-29", "’22. 8. 29.", "2022. 8. 29.(월)"),
        ("2022-12", "’22. 12.", "2022. 12."),
        ("2022", "’22년", "2022년"),
        ("1998-03", "1998. 3.", "1998. 3."),
        ("1998", "1998년", "1998년"),
    ],
)
def test_printed(text, printed, long):
    assert PartialDate.parse(text).printed() == printed
    assert PartialDate.parse(text).long() == long


@pytest.mark.parametrize("text", ["", "22", "2022-08-29T00:00", "２０２２", "x" * 99])
def test_unreadable_dates_are_refused_in_korean(text):
    with pytest.raises(ValueError, match="날짜로 읽을 수 없습니다"):
        PartialDate.parse(text)


@pytest.mark.parametrize("text", ["2022-13", "2022-00", "2022-02-29", "2022-08-00", "0000"])
def test_dates_outside_the_calendar_are_refused_in_korean(text):
    with pytest.raises(ValueError, match="달력에 없는 날짜"):
        PartialDate.parse(text)


def test_a_day_needs_its_month():
    with pytest.raises(ValueError, match="달력에 없는 날짜"):
        PartialDate(2022, None, 29)


def test_a_month_contains_its_days_only():
    august = PartialDate(2022, 8)
    assert august.contains(BASE_DATE)
    assert august.contains(date(2022, 8, 1))
    assert not august.contains(date(2022, 9, 1))
    assert not august.contains(date(2022, 7, 31))


@pytest.mark.parametrize(
    ("start", "end", "printed"),
    [
        ("2022-08", "2022-12", "’22. 8. ~ 12."),
        ("2022-09", "2023-02", "’22. 9. ~ ’23. 2."),
        ("2022-12", "", "’22. 12. ~"),
        ("", "2022-11", "~ ’22. 11."),
        ("2022-10", "2022-10", "’22. 10."),
        ("2022-06-17", "2022-06-17", "’22. 6. 17."),
        ("2022-08-08", "2022-08-29", "’22. 8. 8. ~ 8. 29."),
        ("2020", "2022", "’20년 ~ ’22년"),
        ("2022-08", "2022", "’22. 8. ~ ’22년"),
        ("2022", "2022-08", "’22년 ~ ’22. 8."),
        (None, None, ""),
    ],
)
def test_period_printed(start, end, printed):
    assert Period.from_texts(start, end).printed() == printed


def test_all_year_printed():
    assert Period.from_texts("", "", all_year=True).printed() == "연중"
    assert Period.from_texts("2022", "2022", all_year=True).printed() == "’22년 연중"


@pytest.mark.parametrize(
    ("start", "end", "starts_after", "end_contains", "ends_before"),
    [
        ("2022-08-31", "2022-08-31", True, False, False),
        ("2022-09", "2022-12", True, False, False),
        ("2022-12", "", True, False, False),
        ("2022-08", "2022-12", False, False, False),
        ("2022-08", "2022-08", False, True, False),
        ("2022-01", "2022", False, True, False),
        ("2022-08-29", "2022-08-29", False, True, False),
        ("2021-11", "2022-04", False, False, True),
        ("2022-08-28", "2022-08-28", False, False, True),
        ("2021", "2021", False, False, True),
        ("", "2022-11", False, False, False),
        ("", "2022-07", False, False, True),
        ("2022-01", "", False, False, False),
        ("", "", False, False, False),
    ],
)
def test_period_against_the_base_date(start, end, starts_after, end_contains, ends_before):
    period = Period.from_texts(start, end)
    assert period.starts_after(BASE_DATE) is starts_after
    assert period.end_contains(BASE_DATE) is end_contains
    assert period.ends_before(BASE_DATE) is ends_before


def test_all_year_has_no_end():
    period = Period.from_texts("2021", "2021", all_year=True)
    assert not period.ends_before(BASE_DATE)
    assert not period.end_contains(date(2021, 5, 1))
    assert Period.from_texts("2023", "", all_year=True).starts_after(BASE_DATE)


def test_open_ends_stay_open():
    assert Period.from_texts("2022-12", "").last() is None
    assert Period.from_texts("", "2022-11").first() is None
    assert Period.from_texts("2022-12", "").first() == date(2022, 12, 1)
    assert Period.from_texts("", "2022-11").last() == date(2022, 11, 30)


def test_only_a_period_with_nothing_is_falsy():
    assert not Period()
    assert Period(all_year=True)
    assert Period(end=PartialDate(2022))


def test_an_end_before_the_start_can_be_held_and_is_told():
    assert Period.from_texts("2022-05", "2022-04").is_reversed
    assert not Period.from_texts("2022-05", "2022-05").is_reversed
    assert not Period.from_texts("2022-05", "").is_reversed


def test_an_end_within_the_same_year_is_not_before_its_start():
    assert Period.from_texts("2022-05-03", "2022").printed() == "’22. 5. 3. ~ ’22년"


def test_sentences_of_ours_say_periods_with_all_digits():
    texts = [
        ("2022-08", "2022-12"),
        ("2021-11", "2022-04"),
        ("", "2022"),
        ("2022-12", ""),
        ("2022-10", "2022-10"),
    ]
    assert [Period.from_texts(*ends).in_text() for ends in texts] == [
        "2022. 8. ~ 12.",
        "2021. 11. ~ 2022. 4.",
        "~ 2022년",
        "2022. 12. ~",
        "2022. 10.",
    ]
    assert Period.from_texts("", "", True).in_text() == "연중"
