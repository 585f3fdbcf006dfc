"""What says that a database holds the demonstration city."""

from datetime import date

import pytest
from django.db import DatabaseError

from core.models import Source
from core.remembered import demonstration
from departments.models import Department


@pytest.fixture(autouse=True)
def unknown():
    demonstration._known.clear()


@pytest.mark.engine
def test_the_seeded_report_is_none(seeded):
    assert demonstration.is_demonstration() is False


def test_a_source_of_the_city_makes_it_one(seeded):
    bureau = Department.objects.get(slug="digital-policy-bureau")
    Source.objects.create(slug="demonstration-city/1", bureau=bureau, scope="duties", as_of=date(2022, 1, 31))
    assert demonstration.is_demonstration() is True


def test_it_is_asked_once(seeded, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [demonstration.is_demonstration() for _ in range(3)] == [False, False, False]


def test_a_database_that_does_not_answer_is_asked_again(monkeypatch, seeded):
    with monkeypatch.context() as patched:
        patched.setattr(Source, "objects", Silent())
        assert demonstration.is_demonstration() is False
    assert demonstration._known == {}


class Silent:
    def filter(self, **conditions):
        raise DatabaseError


def test_pages_of_the_seeded_report_say_nothing_of_it(admin_client, seeded):
    for address in ("/", "/admin/"):
        assert "demonstration" not in admin_client.get(address).content.decode()
