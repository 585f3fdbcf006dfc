"""Milestones: their dates and what the database refuses."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from projects.models import Brief, Milestone

pytestmark = pytest.mark.engine


def milestone(**fields):
    given = {"order": 99, "listing": "schedule", "title": "준공"} | fields
    return Milestone(brief=Brief.objects.get(number=1), **given)


def test_milestone_end_before_its_start_is_refused(seeded):
    with pytest.raises(ValidationError) as error:
        milestone(start="2022-09", end="2022-08").full_clean()
    assert error.value.message_dict == {"end": ["끝이 시작보다 앞섭니다."]}


@pytest.mark.parametrize("fields", [{"start": "’22. 9월"}, {"all_year": True, "end": "2022"}])
def test_milestone_that_cannot_be_is_refused_by_the_database(seeded, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        milestone(**fields).save()


def test_milestone_all_year_with_an_end_is_refused_in_words(seeded):
    with pytest.raises(ValidationError, match="연중인 일정에는 시작과 끝을 적지 않습니다."):
        milestone(all_year=True, end="2022").full_clean()


def test_milestone_is_dated():
    assert Milestone(end="2022").is_dated and Milestone(all_year=True).is_dated
    assert not Milestone().is_dated


def test_milestone_is_an_achievement():
    assert Milestone(listing="achievement").is_achievement
    assert not Milestone(listing="schedule").is_achievement


def test_milestone_key_is_made_from_its_first_title_and_stays(seeded):
    first, second = milestone(title="1단계 준공"), milestone(title="1단계 준공")
    first.save()
    second.save()
    assert (first.key, second.key) == ("1dangye-jungong", "1dangye-jungong-2")
    first.title = "1단계 완공"
    first.save()
    assert first.key == "1dangye-jungong"
    signs = milestone(title="※ …")
    signs.save()
    assert signs.key == "milestone"
