"""What is improbable of an edition."""

from datetime import date

import pytest

from core.plausibility.rules import doubts
from reports import plausibility
from reports.models import Edition

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("as_of", "deadline", "sentences"),
    [
        (date(2022, 11, 1), date(2022, 11, 8), []),
        (date(2022, 11, 1), date(2022, 11, 1), []),
        (
            date(2022, 11, 1),
            date(2022, 10, 31),
            ["제출 마감(2022. 10. 31.)이 기준일(2022. 11. 1.)보다 앞섭니다."],
        ),
        (date(2999, 1, 1), date(2999, 1, 8), ["기준일(2999. 1. 1.)이 오늘부터 183일 넘게 뒤입니다."]),
    ],
)
def test_improbable_dates_of_an_edition(as_of, deadline, sentences):
    assert doubts(Edition(as_of=as_of, deadline=deadline)) == sentences


def test_days_beyond_the_calendar_are_as_many_as_it_has(monkeypatch):
    monkeypatch.setattr(plausibility, "thresholds", lambda: {plausibility.FAR: 10_000_000})
    assert list(plausibility.base_date_far_ahead(Edition(as_of=date(2022, 11, 1)))) == []
