"""What people fill in about an edition."""

from datetime import date

import pytest

from reports.editions.forms import EditionForm, NewEditionForm, note_from, reason_from
from reports.editions.sources import EditionRefused

GIVEN = {"title": "2022년 11월 업무보고", "as_of": "2022-11-01", "deadline": "2022-11-08"}


def test_new_edition_needs_title_date_and_deadline():
    assert NewEditionForm(GIVEN).is_valid()
    assert NewEditionForm({}).errors.keys() == {"title", "as_of", "deadline"}
    assert EditionForm({"title": "x", "deadline": "2022-11-08"}).is_valid()


@pytest.mark.parametrize("day", ["1899-12-31", "3000-01-01"])
def test_new_edition_lies_within_the_years_of_pages(day):
    form = NewEditionForm(GIVEN | {"as_of": day})
    assert "1900년부터 2999년까지" in form.errors["as_of"][0]


@pytest.mark.parametrize(
    ("dates", "sentence"),
    [
        ({"deadline": "22.10.31."}, "제출 마감(2022. 10. 31.)이 기준일(2022. 11. 1.)보다 앞섭니다."),
        (
            {"as_of": "2999-01-01", "deadline": "2999-01-08"},
            "기준일(2999. 1. 1.)이 오늘부터 183일 넘게 뒤입니다.",
        ),
    ],
)
def test_improbable_dates_are_asked_about_once(dates, sentence):
    form = NewEditionForm(GIVEN | dates)
    assert form.non_field_errors() == [sentence]
    assert NewEditionForm(GIVEN | dates | {"confirmed_doubts": form.asked}).is_valid()
    assert NewEditionForm(GIVEN | dates, asks=False).is_valid()


def test_deadline_of_an_open_edition_is_held_against_its_base_date():
    given = {"title": "x", "deadline": "2022. 10. 31."}
    assert EditionForm(given, initial={"title": "y"}, as_of=date(2022, 11, 1)).errors.keys() == {"__all__"}
    same = {"title": "x", "deadline": date(2022, 10, 31)}
    assert EditionForm(given, initial=same, as_of=date(2022, 11, 1)).is_valid()


def test_note_keeps_its_lines_and_is_not_too_long():
    assert note_from({"note": " 하나\r\n둘 \n"}) == "하나\n둘"
    assert note_from({}) == ""
    assert note_from({"note": "가" * 2_000}) == "가" * 2_000
    with pytest.raises(EditionRefused, match="2,000자까지 적을 수 있습니다. 1,000자를 줄여 주십시오"):
        note_from({"note": "가" * 3_000})


def test_reason_is_one_line():
    assert reason_from({"reason": " 예산안이\n 바뀜 "}) == "예산안이 바뀜"
    assert reason_from({"why": "x"}, "why") == "x"
    with pytest.raises(EditionRefused, match="200자를 줄여 주십시오"):
        reason_from({"reason": "가" * 500})
