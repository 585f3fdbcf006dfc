from types import SimpleNamespace

from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from core.context import snapshot as snapshot_for_templates
from core.middleware import SnapshotMiddleware
from tests.factories import NOBODY


def passed(user, query=""):
    request = RequestFactory().get(f"/?{query}")
    request.user = user
    SnapshotMiddleware(lambda request: None)(request)
    return request


def test_a_reading_is_worked_out_once_and_only_when_used(seeded, django_assert_num_queries):
    with django_assert_num_queries(0):
        request = passed(NOBODY, "as_of=2022-08-29")
    with django_assert_num_queries(2):
        assert request.snapshot.bureau.name == "디지털정책관"
        assert request.snapshot.asked.on


def test_the_answer_is_passed_on():
    assert SnapshotMiddleware(lambda request: "answer")(RequestFactory().get("/")) == "answer"


def test_templates_get_the_reading_of_signed_in_users(django_assert_num_queries):
    request = SimpleNamespace(user=SimpleNamespace(is_authenticated=True), snapshot="the snapshot")
    assert snapshot_for_templates(request)["snapshot"] == "the snapshot"


def test_templates_of_others_get_none(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert snapshot_for_templates(passed(AnonymousUser())) == {"snapshot": None}
        assert snapshot_for_templates(RequestFactory().get("/")) == {"snapshot": None}
