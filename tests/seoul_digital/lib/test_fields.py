import sqlite3
from contextlib import closing

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from projects.models import Brief, Milestone
from seoul_digital.lib.fields import OutlineField, PartialDateField, validate_outline, validate_partial_date


@pytest.mark.parametrize("text", ["2022", "2022-08", "2022-08-29"])
def test_partial_dates_pass(text):
    assert PartialDateField(blank=True).clean(text, None) == text


def test_an_open_end_passes():
    assert PartialDateField(blank=True).clean("", None) == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2022-13", "‘2022-13’은 달력에 없는 날짜입니다."),
        ("2022-02-30", "‘2022-02-30’은 달력에 없는 날짜입니다."),
    ],
)
def test_other_dates_are_refused_in_korean(text, message):
    with pytest.raises(ValidationError) as refused:
        validate_partial_date(text)
    assert refused.value.messages == [message]


def test_a_partial_date_takes_ten_characters():
    assert PartialDateField().max_length == 10
    assert PartialDateField(max_length=7).max_length == 7


def test_outline_text_passes_as_it_was_typed():
    text = "ㅇ (추진배경) 통신비 부담 완화\n  - 1인당 월평균 사용량\n    ※ 과기정통부"
    assert OutlineField().clean(text, None) == text


def test_what_is_no_outline_is_refused_with_its_line():
    with pytest.raises(ValidationError) as refused:
        validate_outline("ㅇ 표\n| 구분 | 계 |\n|---|---|\n| 실내 |")
    assert "4" in refused.value.messages[0]


@pytest.mark.parametrize("text", ["’22.8.", "2022-8", "22-08", "2022-08 ", "2022-08\n", "２０２２"])
def test_the_database_refuses_other_dates(seeded, text):
    brief = Brief.objects.first()
    with pytest.raises(IntegrityError, match="milestone_start_is_partial_date"), transaction.atomic():
        Milestone.objects.create(brief=brief, key="x", order=99, listing="schedule", title="x", start=text)


@pytest.mark.parametrize("text", ["", "2022", "2022-08", "2022-08-29"])
def test_the_database_takes_partial_dates(seeded, text):
    Milestone.objects.create(
        brief=Brief.objects.first(), key="x", order=99, listing="schedule", title="x", start=text
    )
    assert Milestone.objects.get(key="x").start == text


def test_the_constraint_speaks_korean(seeded):
    milestone = Milestone(
        brief=Brief.objects.first(), key="x", order=99, listing="schedule", title="x", end="2022-8"
    )
    with pytest.raises(ValidationError) as refused:
        milestone.validate_constraints()
    assert refused.value.messages == ["날짜는 2022, 2022. 8., 2022. 8. 29. 가운데 한 꼴로 적습니다."]


def test_standard_tools_can_check_the_database(seeded_file):
    """No constraint and no index uses a function that only this program brings along."""
    with closing(sqlite3.connect(seeded_file)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
