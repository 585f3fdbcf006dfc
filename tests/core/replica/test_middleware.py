"""Which requests the replica answers, and that none fails because of it; tests/nodes has a real one."""

from contextlib import contextmanager

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.db import OperationalError
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.utils.functional import SimpleLazyObject

from core.replica import middleware
from core.replica.middleware import ReplicaMiddleware
from departments.models import User
from seoul_digital import database_errors
from seoul_digital.lib.metrics.series import registry


class Monitor:
    left_out = usable = False
    seen = None

    def is_usable(self, seen):
        self.seen = seen
        return self.usable

    def leave_out(self):
        self.left_out = True

    @contextmanager
    def reading(self):
        yield


class Match:
    view_name = "home"


@pytest.fixture
def monitor(monkeypatch, settings):
    found = Monitor()
    found.usable = True
    monkeypatch.setitem(settings.DATABASES, "replica", {})
    monkeypatch.setattr(middleware, "monitor", found)
    monkeypatch.setattr(middleware, "reading_replica", found.reading)
    monkeypatch.setattr(middleware, "keep_position", lambda response: response.set_cookie("kept"))
    return found


def asked(view, *, method="GET", address="/", name="home", user=None):
    """The response, and who made it."""
    request = RequestFactory().generic(method, address)
    request.user, request.resolver_match = user or User(pk=1), Match()
    request.resolver_match.view_name = name

    def respond(request):
        found = whole.process_view(request, view, (), {})
        made_by.append("primary" if found is None else "replica")
        return found or HttpResponse("primary")

    made_by = []
    whole = ReplicaMiddleware(respond)
    return whole(request), made_by[0]


def page(request):
    return HttpResponse("replica")


def raising(error):
    def view(request):
        raise error

    return view


def test_without_a_replica_there_is_no_middleware():
    with pytest.raises(MiddlewareNotUsed):
        ReplicaMiddleware(page)


def test_readers_page_comes_from_the_replica_and_leaves_no_cookie(monitor):
    response, made_by = asked(page)
    assert (response.content, made_by, response.cookies) == (b"replica", "replica", {})
    assert monitor.seen == 0


@pytest.mark.parametrize(
    "of",
    [{"method": "POST"}, {"name": "reports:edit"}, {"name": "admin:index"}, {"address": "/?download=all"}, {"address": "/?format=pdf"}],
)  # fmt: skip
def test_what_writes_or_is_no_readers_page_comes_from_the_primary_and_is_remembered(monitor, of):
    response, made_by = asked(page, **of)
    assert (made_by, response.cookies["kept"].value) == ("primary", "")
    assert monitor.seen is None  # nobody asked for the replica


def test_replica_that_is_left_out_makes_no_difference(monitor):
    monitor.usable = False
    response, made_by = asked(page)
    assert (response.status_code, made_by, [*response.cookies]) == (200, "primary", ["kept"])


@pytest.mark.parametrize("error", [Http404(), OperationalError(), KeyError("x")])
def test_whatever_fails_on_the_replica_is_asked_of_the_primary(monitor, error):
    response, made_by = asked(raising(error))
    assert (response.status_code, made_by, monitor.left_out) == (200, "primary", False)


def counted():
    return [registry.get_sample_value("report_replica_reads_total", {"answer": answer}) for answer in ("replica", "primary", "failed")]  # fmt: skip


def test_error_that_a_page_answers_is_asked_of_the_primary(monitor):
    """A bureau that the replica does not know yet."""
    response, made_by = asked(lambda request: HttpResponse("none", status=404))
    assert (response.content, made_by) == (b"primary", "primary")


def test_answers_are_counted_by_who_gave_them(monitor):
    before = counted()
    for view in (page, page, raising(Http404()), raising(OperationalError()), raising(KeyError("x"))):
        asked(view)
    monitor.usable = False
    asked(page)
    assert [now - was for now, was in zip(counted(), before, strict=True)] == [2, 2, 2]


def test_replica_that_is_gone_is_left_out_at_once(monitor, monkeypatch):
    monkeypatch.setattr(middleware, "is_unreachable", lambda error: isinstance(error, OperationalError))
    assert database_errors.is_unreachable(OperationalError()) is False
    assert asked(raising(OperationalError()))[1] == "primary"
    assert monitor.left_out


def test_what_was_read_of_the_replica_is_read_anew(monitor):
    user = User(pk=1)

    def view(request):
        request.snapshot = "of the replica"
        user.__dict__["_tree"] = []
        raise Http404

    request = RequestFactory().get("/")
    request.user, request.resolver_match = user, Match()
    assert ReplicaMiddleware(page).process_view(request, view, (), {}) is None
    assert type(request.snapshot) is SimpleLazyObject
    assert "_tree" not in user.__dict__
