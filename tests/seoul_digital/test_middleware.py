import sqlite3
from unittest.mock import Mock

import pytest
from django.db import OperationalError

from seoul_digital import middleware

ASKED = "/admin/jsi18n/"  # a page behind the sign-in that asks the database nothing itself


@pytest.fixture
def clock(monkeypatch):
    """A clock to set: seconds since the epoch."""

    class Clock:
        now = 1_661_700_000

        def time(self):
            return self.now

    clock = Clock()
    monkeypatch.setattr(middleware, "time", clock)
    return clock


@pytest.fixture
def reader(client, django_user_model, db, clock):
    client.force_login(django_user_model.objects.create_superuser(username="reader"))
    return client


def signed_in(client):
    return client.get(ASKED).status_code == 200


def test_pages_ask_for_a_sign_in(client, db):
    assert client.get(ASKED).status_code == 302


def test_working_on_keeps_the_session(reader, clock):
    for _ in range(5):
        clock.now += 7_000
        assert signed_in(reader)


def test_two_idle_hours_end_the_session(reader, clock):
    clock.now += 7_200
    assert signed_in(reader)
    clock.now += 7_201
    assert not signed_in(reader)
    assert "_auth_user_id" not in reader.session


def test_twelve_hours_end_the_session_however_busy(reader, clock):
    for _ in range(12):
        clock.now += 3_600
        assert signed_in(reader)
    clock.now += 1
    assert not signed_in(reader)


def test_a_new_sign_in_starts_the_clocks_anew(reader, clock, django_user_model):
    for _ in range(11):
        clock.now += 3_600
        assert signed_in(reader)
    reader.force_login(django_user_model.objects.get(username="reader"))
    for _ in range(11):
        clock.now += 3_600
        assert signed_in(reader)


def test_a_page_writes_the_session_every_five_minutes_at_most(reader, clock, django_assert_num_queries):
    clock.now += 299
    with django_assert_num_queries(1):  # session and user
        signed_in(reader)
    clock.now += 1
    signed_in(reader)
    assert reader.session[middleware.SEEN] == clock.now


@pytest.mark.parametrize(
    ("path", "status"), [(ASKED, 302), ("/admin/none/", 302), ("/static/none.css", 404), ("/\x00", 400)]
)
def test_nothing_is_stored_and_headers_reach_errors(client, db, path, status):
    response = client.get(path)
    assert response.headers["Cache-Control"].startswith(("no-store", "max-age=0, no-cache, no-store"))
    assert response.headers["Permissions-Policy"].startswith("camera=()")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]


def test_sign_out_clears_what_the_browser_keeps(reader):
    assert "Clear-Site-Data" not in reader.get("/").headers
    assert reader.post("/accounts/logout/").headers["Clear-Site-Data"] == '"cache"'


def test_session_that_ends_by_itself_clears_what_the_browser_keeps(reader, clock):
    clock.now += 7_201
    assert reader.get("/").headers["Clear-Site-Data"] == '"cache"'


def test_session_that_another_ended_clears_what_the_browser_keeps(reader):
    reader.session.delete(reader.session.session_key)
    assert reader.get("/").headers["Clear-Site-Data"] == '"cache"'


def test_sign_in_clears_nothing(reader, django_user_model):
    """Chromium holds the page back until it has cleared all."""
    django_user_model.objects.create_user("other", password="correct horse 9")
    fields = {"username": "other", "password": "correct horse 9"}
    assert "Clear-Site-Data" not in reader.post("/accounts/login/", fields).headers


def test_a_wrong_host_gets_the_headers_too(client, db):
    response = client.get(ASKED, headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert response.headers["Cache-Control"] == "no-store"
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]


HEADERS = ("Content-Security-Policy", "Cache-Control", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy",
           "Permissions-Policy", "Cross-Origin-Opener-Policy")  # fmt: skip
ERRORS = {
    400: ("get", "/glossary/?q=%00"),
    403: ("post", "/reports/new/"),
    404: ("get", "/nowhere/"),
    405: ("get", "/integrity/explain/"),
    413: ("post", "/budgets/import/"),
    500: ("get", "/glossary/"),
    503: ("get", "/projects/"),
}


@pytest.mark.parametrize("status", ERRORS)
@pytest.mark.engine
def test_every_error_is_a_korean_page_with_all_headers_and_no_trace(
    client, staff, monkeypatch, settings, status
):
    error = OperationalError("10.0.0.1 is gone")
    error.__cause__ = sqlite3.OperationalError("10.0.0.1 is gone")
    error.__cause__.sqlite_errorcode = sqlite3.SQLITE_BUSY
    failing = {500: RuntimeError("secret"), 503: error}
    if status in failing:
        monkeypatch.setattr("core.snapshot.organisation_units", Mock(side_effect=failing[status]))
    settings.LARGEST_UPLOAD = 10 if status == 413 else settings.LARGEST_UPLOAD
    client.force_login(staff)
    client.raise_request_exception = False
    method, path = ERRORS[status]
    response = getattr(client, method)(path, {"a": "b" * 100} if status == 413 else None)
    content = response.content.decode()
    assert response.status_code == status
    assert f"오류 {status}" in content and '<html lang="ko"' in content
    assert not any(word in content for word in ("Traceback", "secret", "10.0.0.1", "Exception"))
    assert [name for name in HEADERS if name not in response.headers] == []
    assert response.headers["Cache-Control"] == "no-store"


SESSION = "/accounts/session/"


def test_looking_at_the_session_does_not_prolong_it(reader, clock):
    clock.now += 7_000
    assert reader.get(SESSION).json()["left"] == 200
    clock.now += 100
    assert reader.get(SESSION).json()["left"] == 100
    clock.now += 101
    assert reader.get(SESSION).json() == {"left": 0}


def test_page_that_follows_work_by_itself_does_not_prolong_the_session(reader, clock):
    for _ in range(3):
        clock.now += 2_400
        page = reader.get("/departments/", headers={"X-Watch": "1"})
        assert page.status_code == 200
    clock.now += 1
    assert reader.get("/departments/", headers={"X-Watch": "1"}).status_code == 302


def test_going_on_prolongs_the_session_as_far_as_the_day_lasts(reader, clock):
    started = clock.now
    clock.now += 7_000
    state = reader.post(SESSION).json()
    assert (state["left"], state["started"]) == (7_200, str(started))
    for _ in range(5):
        clock.now += 7_000
        reader.post(SESSION)
    assert reader.post(SESSION).json()["left"] == 43_200 - 42_000


def test_short_idle_limit_does_not_end_the_session_of_who_works(reader, clock, settings):
    settings.SESSION_IDLE_LIMIT = 120
    for _ in range(10):
        clock.now += 60
        assert signed_in(reader)


def test_pages_say_how_long_the_session_lasts(reader, clock):
    clock.now += 250
    page = " ".join(reader.get("/admin/").content.decode().split())
    assert 'data-left="6950" data-warning="300" data-url="/accounts/session/"' in page


@pytest.mark.parametrize(
    ("idle", "day", "warning"),
    [(7_200, 43_200, 300), (240, 43_200, 60), (60, 43_200, 15), (7_200, 180, 45), (10, 10, 2)],
)
def test_warning_comes_within_the_shorter_limit(reader, clock, settings, idle, day, warning):
    settings.SESSION_IDLE_LIMIT, settings.SESSION_COOKIE_AGE = idle, day
    assert f'data-warning="{warning}"' in " ".join(reader.get("/admin/").content.decode().split())


def test_day_under_five_minutes_ends_the_session_of_who_works(reader, clock, settings):
    settings.SESSION_COOKIE_AGE = 180
    for _ in range(3):
        clock.now += 60
        assert signed_in(reader)
    clock.now += 1
    assert not signed_in(reader)


@pytest.mark.parametrize(
    ("referer", "expected"),
    [
        ("http://testserver/integrity/?as_of=2022-08-29", "/integrity/%3Fas_of%3D2022-08-29"),
        ("https://evil.example/integrity/", "/integrity/explain/"),
        ("", "/integrity/explain/"),
        ("http://[", "/integrity/explain/"),
    ],
)
def test_form_sent_too_late_leads_back_to_its_page(client, db, referer, expected):
    response = client.post("/integrity/explain/", {"reason": "글"}, HTTP_REFERER=referer)
    assert response.headers["Location"] == f"/accounts/login/?next={expected}"
