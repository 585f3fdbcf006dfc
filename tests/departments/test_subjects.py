"""What printed totals of staff are of, by name."""

import pytest

from departments.subjects import series_names, unit_names

pytestmark = pytest.mark.django_db


def test_unit_names_by_slug(seeded):
    assert unit_names(None)["data-center"] == "데이터센터"
    assert unit_names(["data-center"]) == {"data-center": "데이터센터"}


def test_series_names_are_of_the_whole(seeded):
    assert series_names(None) == {
        "/일반직": "전체 일반직",
        "/임기제": "전체 임기제",
        "/관리운영직": "전체 관리운영직",
    }
