from types import SimpleNamespace

from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from departments.context import reading as reading_for_templates
from departments.middleware import ReadingMiddleware
from tests.factories import NOBODY


def passed(user, query=""):
    request = RequestFactory().get(f"/?{query}")
    request.user = user
    ReadingMiddleware(lambda request: None)(request)
    return request


def test_a_reading_is_worked_out_once_and_only_when_used(seeded, django_assert_num_queries):
    with django_assert_num_queries(0):
        request = passed(NOBODY, "as_of=2022-08-29")
    with django_assert_num_queries(2):
        assert request.reading.bureau.name == "디지털정책관"
        assert request.reading.asked.on


def test_the_answer_is_passed_on():
    assert ReadingMiddleware(lambda request: "answer")(RequestFactory().get("/")) == "answer"


def test_templates_get_the_reading_of_signed_in_users(django_assert_num_queries):
    request = SimpleNamespace(user=SimpleNamespace(is_authenticated=True), reading="the reading")
    assert reading_for_templates(request)["reading"] == "the reading"


def test_templates_of_others_get_none(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert reading_for_templates(passed(AnonymousUser())) == {"reading": None}
        assert reading_for_templates(RequestFactory().get("/")) == {"reading": None}
