"""What holds of every request, whatever the address: its token, its method, its headers, what a look may write."""

from itertools import islice

import pytest
from django.core.management import call_command
from django.db import connection
from django.middleware.csrf import CsrfViewMiddleware
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.test_pages import ROUTES
from tests.test_permissions import ADDRESSES, keys  # noqa: F401 (a fixture)

OWN_TABLES = ("django_session", "departments_usersession", "axes_", "SAVEPOINT")  # of the sign-in itself


@pytest.mark.parametrize(("name", "pattern"), [pytest.param(name, p, id=route) for name, route, p in ROUTES])
def test_every_view_refuses_a_post_without_a_token(rf, name, pattern):
    request = rf.post("/", {"csrfmiddlewaretoken": "forged"})
    request._dont_enforce_csrf_checks = False
    refusal = CsrfViewMiddleware(lambda request: None).process_view(request, pattern.callback, (), {})
    assert refusal.status_code == 403


def test_a_post_without_a_token_gets_a_korean_page(db, django_user_model):
    client = Client(enforce_csrf_checks=True)
    client.force_login(django_user_model.objects.create_superuser(username="reader"))
    response = client.post("/accounts/password/", {})
    assert (response.status_code, "오류 403" in response.content.decode()) == (403, True)


def test_a_post_from_another_site_is_refused(db, rf):
    """The Origin is looked at, too, whatever the token."""
    client = Client(enforce_csrf_checks=True)
    token = client.get("/accounts/login/").context["csrf_token"]
    fields = {"csrfmiddlewaretoken": str(token), "username": "x", "password": "y"}
    assert client.post("/accounts/login/", fields).status_code == 200
    headers = {"origin": "https://elsewhere.example"}
    assert client.post("/accounts/login/", fields, headers=headers).status_code == 403


def writes(queries):
    heads = ("INSERT", "UPDATE", "DELETE", "REPLACE")
    sql = [query["sql"] for query in queries]
    return [text for text in sql if text.startswith(heads) and not any(table in text for table in OWN_TABLES)]


@pytest.mark.parametrize("nth", [3, pytest.param(1, marks=pytest.mark.thorough)])
def test_a_look_changes_nothing(admin_client, keys, nth):  # noqa: F811
    written = {}
    for name, (address, _) in islice(ADDRESSES.items(), 0, None, nth):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            admin_client.get(address.rpartition(" ")[2].format(**keys))
        if found := writes(queries.captured_queries):
            written[name] = found
    assert written == {}


@pytest.mark.parametrize("method", ["TRACE", "PUT", "PATCH", "DELETE", "CONNECT", "XYZ"])
def test_no_page_knows_another_method(admin_client, method):
    response = admin_client.generic(method, "/accounts/password/")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST, OPTIONS")
    assert "오류 405" in response.content.decode()


def test_what_takes_a_post_alone_says_so(admin_client):
    response = admin_client.get("/accounts/sessions/end/")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "그 화면의 단추를 눌러 주세요" in response.content.decode()


def test_headers_of_every_page(client, db, settings):
    headers = client.get("/accounts/login/").headers
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "Access-Control-Allow-Origin" not in headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    for rule in ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert rule in policy


def test_answers_over_https_say_so_for_a_year(client, db, settings):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 365 * 24 * 3600, True
    headers = client.get("/accounts/login/", secure=True).headers
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_cookies_are_for_the_server_alone(client, db, django_user_model):
    django_user_model.objects.create_user(username="kim", password="correct-horse-9")
    client.post("/accounts/login/", {"username": "kim", "password": "correct-horse-9"})
    assert {"sessionid", "csrftoken"} <= set(client.cookies)
    for name in ("sessionid", "csrftoken"):
        cookie = client.cookies[name]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (
            True,
            "Lax",
            "/",
            "",
        )
