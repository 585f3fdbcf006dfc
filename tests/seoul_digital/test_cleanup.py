"""Sessions and failed sign-ins are cleared by themselves."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from django.db import OperationalError
from django.utils import timezone

from departments.models import UserSession
from seoul_digital import cleanup

pytestmark = pytest.mark.engine


@pytest.fixture(autouse=True)
def due(monkeypatch):
    monkeypatch.setattr(cleanup, "_next", 0.0)


def days_ago(days):
    return timezone.now() - timedelta(days=days)


def attempt(username, days, failures, address="10.0.0.1"):
    made = AccessAttempt.objects.create(
        username=username, ip_address=address, user_agent="x", failures_since_start=failures
    )
    AccessAttempt.objects.filter(pk=made.pk).update(attempt_time=days_ago(days))


def test_a_sign_in_clears_ended_sessions(client, staff):
    UserSession.objects.create(session_key="ended", session_data="", expire_date=days_ago(1))
    UserSession.objects.create(session_key="running", session_data="", expire_date=days_ago(-1))
    client.force_login(staff)
    keys = set(UserSession.objects.values_list("session_key", flat=True))
    assert "running" in keys
    assert "ended" not in keys


def test_old_failures_go_and_locks_stay(client, staff, django_user_model):
    django_user_model.objects.create(username="locked")
    attempt("locked", days=40, failures=3)
    attempt("locked", days=41, failures=2, address="10.0.0.2")  # five together: locked
    attempt("nobody", days=40, failures=9)  # no account to lock
    attempt("recent", days=29, failures=1)
    client.force_login(staff)
    assert sorted(AccessAttempt.objects.values_list("username", flat=True)) == ["locked", "locked", "recent"]


def test_few_old_failures_of_somebody_go(client, staff, django_user_model):
    django_user_model.objects.create(username="other")
    attempt("other", days=40, failures=4)
    client.force_login(staff)
    assert not AccessAttempt.objects.exists()


def test_sign_ins_are_kept_as_long_as_the_access_log(client, staff, settings):
    for days in (settings.LOG_DAYS - 1, settings.LOG_DAYS + 1):
        line = AccessLog.objects.create(username="staff")
        AccessLog.objects.filter(pk=line.pk).update(attempt_time=days_ago(days))
    client.force_login(staff)
    assert AccessLog.objects.filter(attempt_time__lt=days_ago(300)).count() == 1


def test_it_is_done_once_an_hour(client, staff, monkeypatch):
    calls = []
    monkeypatch.setattr(cleanup, "clear", lambda: calls.append(1))
    client.force_login(staff)
    client.force_login(staff)
    assert calls == [1]


def test_a_sign_in_goes_on_where_nothing_can_be_cleared(client, staff, monkeypatch):
    def fail():
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(cleanup, "clear", fail)
    client.force_login(staff)
    assert client.get("/").status_code == 200
