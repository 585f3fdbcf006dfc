"""Every rule of domain.md "Status of a milestone", in its order, at its boundaries."""

from datetime import date

import pytest

from projects.milestones.status import Status, open_ends, status_on, word
from seoul_digital.lib.periods import Period

D = date(2022, 8, 29)


def told(start, end, *, all_year=False, **more):
    return status_on(D, Period.from_texts(start, end, all_year), **more)


def test_what_starts_after_the_date_is_planned():
    assert told("2022-09", "2022-12") == Status("planned", "기준일 뒤에 시작합니다.")
    assert told("2022-08-30", "2022-08-30").key == "planned"
    assert told("2023", "").key == "planned"


def test_what_starts_on_the_date_has_begun():
    assert told("2022-08-29", "2022-08-31").key == "in_progress"
    assert told("2022-08", "2022-12").key == "in_progress"


def test_an_achievement_that_starts_after_the_date_is_planned_and_to_be_looked_at():
    opening = told("2022-08-31", "2022-08-31", is_achievement=True)
    assert opening == Status("planned", "추진실적에 적혔으나 기준일 뒤에 시작합니다.", warn=True)
    assert opening.glyph == "confirm"


def test_a_start_after_the_date_goes_before_a_recorded_status():
    assert told("2022-08-31", "2022-08-31", recorded="done", is_achievement=True).key == "planned"


@pytest.mark.parametrize("recorded", ["done", "in_progress", "planned"])
def test_a_recorded_status_counts(recorded):
    assert told("2022-05", "2022-06", recorded=recorded).key == recorded
    assert told("", "", recorded=recorded).key == recorded


def test_a_recorded_status_goes_before_an_end_that_contains_the_date():
    status = told(
        "2022-08", "2022-08", recorded="done", recorded_in="세부 프로그램 확정", is_achievement=True
    )
    assert status == Status("done", "적힌 상태: ‘세부 프로그램 확정’")


def test_a_recorded_status_without_its_words_is_named():
    assert told("", "", recorded="in_progress").reason == "적힌 상태: 기간 중"


def test_an_end_whose_precision_contains_the_date_is_undetermined():
    status = told("2022-06", "2022-08", is_achievement=True)
    assert status == Status("undetermined", "끝(2022. 8.)이 기준일을 포함해 확정할 수 없습니다.")
    assert told("", "2022").key == "undetermined"
    assert told("2022-01", "2022-08-29").key == "undetermined"


def test_an_achievement_whose_period_has_gone_by_is_done():
    assert told("2021-11", "2022-04", is_achievement=True).key == "done"
    assert told("2022-08-28", "2022-08-28", is_achievement=True).key == "done"
    assert told("2022-07", "2022-07", is_achievement=True).key == "done"
    assert told("", "2022-07", is_achievement=True).key == "done"


def test_a_schedule_line_whose_period_has_gone_by_is_not_reported():
    status = told("2022-05", "2022-07")
    assert status == Status("undetermined", "기간이 지났으나 결과가 보고되지 않았습니다.")


def test_what_goes_on_is_in_progress():
    assert told("2022-08", "2022-12") == Status("in_progress", "기준일이 기간 안에 있습니다.")
    assert told("2022-03", "2023-12").key == "in_progress"


def test_open_ends_are_in_progress():
    assert told("2022-08", "") == Status("in_progress", "시작되었고 끝이 적히지 않았습니다.")
    assert told("", "2022-11") == Status("in_progress", "시작이 적히지 않았고 끝이 기준일 뒤입니다.")
    assert told("2022-01", "", is_achievement=True).key == "in_progress"


def test_all_year_and_nothing_at_all_are_in_progress():
    assert told("", "", all_year=True) == Status("in_progress", "연중 계속되는 일입니다.")
    assert told("", "").reason == "시작과 끝이 적히지 않았습니다."


@pytest.mark.parametrize(
    ("start", "end", "all_year", "words"),
    [
        ("2022-12", "", False, "끝 미정"),
        ("", "2022-11", False, "시작 미정"),
        ("", "", False, ""),
        ("", "", True, ""),
        ("2022-08", "2022-12", False, ""),
    ],
)
def test_open_ends_have_words(start, end, all_year, words):
    assert open_ends(Period.from_texts(start, end, all_year)) == words


def test_the_word_says_the_status_and_what_is_open():
    def said(start, end, **more):
        return word(told(start, end, **more), Period.from_texts(start, end))

    assert said("2022-12", "") == "예정, 끝 미정"
    assert said("", "2022-11") == "기간 중, 시작 미정"
    assert said("2022-08", "2022-12") == "기간 중"
    assert said("2022-08-31", "2022-08-31", is_achievement=True) == "예정, 확인 필요"
    assert said("", "", recorded="done") == "완료"
    assert said("2022-06", "2022-08") == "미정"
