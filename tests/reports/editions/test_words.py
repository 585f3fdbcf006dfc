"""Sentences about an edition: its deadline, who changed what, and its steps."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from departments.models import Department, User
from projects.models import Project
from reports.editions import words
from reports.models import Edition, EditionEvent

DEADLINE = date(2022, 11, 8)


@pytest.mark.parametrize(
    ("today", "short", "sentence"),
    [
        ("2022-11-05", "D-3", "제출 마감 2022. 11. 8.까지 3일 남았습니다."),
        ("2022-11-08", "D-day", "오늘(2022. 11. 8.)이 제출 마감입니다."),
        ("2022-11-10", "D+2", "제출 마감(2022. 11. 8.) 뒤 2일이 지났습니다."),
    ],
)
def test_deadline_before_on_and_past_its_day(monkeypatch, today, short, sentence):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *given: date.fromisoformat(today))
    edition = Edition(deadline=DEADLINE)
    assert words.countdown(edition) == short
    assert words.deadline_words(edition) == sentence


def test_changed_words_name_day_time_and_person():
    change = SimpleNamespace(at=datetime(2022, 11, 3, 5, 5, tzinfo=UTC), user_name="kim (서버 셸)")
    person = User(username="hana", last_name="김", first_name="하나")
    assert words.changed_words(SimpleNamespace(change=change, changed_by=person)) == "11. 3. 14:05 김하나"
    assert (
        words.changed_words(SimpleNamespace(change=change, changed_by=None)) == "11. 3. 14:05 kim (서버 셸)"
    )
    assert words.changed_words(SimpleNamespace(change=None, changed_by=None)) == ""


UNIT = Department(slug="data-center", name="데이터센터")


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (
            EditionEvent(kind="submission", department=UNIT, part="staffing", before="submitted", after="returned"),
            "데이터센터 인력: 제출 → 반려",
        ),
        (
            EditionEvent(kind="submission", department=UNIT, part="projects", project=Project(name="공공와이파이"), before="not_begun", after="submitted"),
            "데이터센터 공공와이파이: 시작 전 → 제출",
        ),
        (
            EditionEvent(kind="owner", department=UNIT, part="duties", note="김하나"),
            "데이터센터 주요업무: 맡은 사람 김하나",
        ),
        (EditionEvent(kind="state", before="collecting", after="review"), "취합 중 → 검토 중"),
        (EditionEvent(kind="opened"), "회차를 엶"),
    ],
)  # fmt: skip
def test_event_words_of_each_kind(event, sentence):
    assert words.event_words(event) == sentence


def test_event_words_of_a_chapter_that_is_gone_keep_its_key():
    event = EditionEvent(kind="owner", department=UNIT, part="workload", note="없음")
    assert words.event_words(event) == "데이터센터 workload: 맡은 사람 없음"


def test_event_note_of_an_owner_stands_in_the_sentence():
    assert words.event_note(EditionEvent(kind="owner", note="김하나")) == ""
    assert words.event_note(EditionEvent(kind="submission", note="정원 조정 반영")) == "정원 조정 반영"
