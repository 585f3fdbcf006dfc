"""Indicators and contacts that are improbable."""

from datetime import date

import pytest

from core.models import Source
from core.plausibility.rules import doubts
from projects.models import Contact, Measurement, Target

pytestmark = pytest.mark.django_db

SOURCE = Source(as_of=date(2022, 8, 29))


@pytest.mark.parametrize(
    ("due", "sentences"),
    [
        ("2022-08-28", ["목표의 기한(2022. 8. 28.)이 자료의 기준일(2022. 8. 29.)보다 앞섭니다."]),
        ("2022-08-29", []),
        ("2022-08", []),  # its last day
        ("2022", []),
        ("", []),
    ],
)
def test_target_due_before_the_base_date(due, sentences):
    assert doubts(Target(source=SOURCE, due=due)) == sentences


@pytest.mark.parametrize(
    ("measured_on", "sentences"),
    [
        ("2022-08-30", ["값의 때(2022. 8. 30.)가 자료의 기준일(2022. 8. 29.)보다 뒤입니다."]),
        ("2022-08-29", []),
        ("2022-08", []),  # its first day
        ("", []),
    ],
)
def test_measurement_after_the_base_date(measured_on, sentences):
    assert doubts(Measurement(source=SOURCE, measured_on=measured_on)) == sentences


@pytest.mark.parametrize("phone", ["2133-2860", "02)2133-2860~5", "031-123-4567, 4568", "120", ""])
def test_phone_is_plausible(phone):
    assert doubts(Contact(phone=phone)) == []


@pytest.mark.parametrize(
    ("phone", "subject"),
    [("나중에", "‘나중에’는"), ("미정", "‘미정’은"), ("12", "‘12’는"), ("2133-2860-2133-2860", "‘2133-2860-2133-2860’은")],
)  # fmt: skip
def test_phone_is_improbable(phone, subject):
    assert doubts(Contact(phone=phone)) == [f"전화 {subject} 전화번호로 보이지 않습니다."]
