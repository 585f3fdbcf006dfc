import sqlite3

import pytest
from django.db import OperationalError

pytestmark = pytest.mark.engine

SIGN_IN = "/accounts/login/"


@pytest.fixture
def kim(db, django_user_model):
    return django_user_model.objects.create_user(username="kim", password="correct-horse-9")


def try_to_sign_in(client, password, address="10.0.0.1"):
    return client.post(SIGN_IN, {"username": "kim", "password": password}, REMOTE_ADDR=address)


def test_four_failures_lock_nothing(client, kim):
    for _ in range(4):
        assert try_to_sign_in(client, "wrong").status_code == 200
    assert try_to_sign_in(client, "correct-horse-9").status_code == 302


def test_five_failures_lock_the_name_from_any_address(client, kim):
    for number in range(5):
        try_to_sign_in(client, "wrong", address=f"10.0.0.{number}")
    response = try_to_sign_in(client, "correct-horse-9", address="10.9.9.9")
    assert response.status_code == 429
    assert "잠" in response.content.decode()


def test_a_lock_leaves_others_alone(client, kim, django_user_model):
    django_user_model.objects.create_user(username="lee", password="another-horse-9")
    for _ in range(5):
        try_to_sign_in(client, "wrong")
    assert client.post(SIGN_IN, {"username": "lee", "password": "another-horse-9"}).status_code == 302


def test_passwords_are_kept_by_argon2(settings, db, django_user_model):
    settings.PASSWORD_HASHERS = settings.PASSWORD_HASHERS[1:]  # as they are outside the tests
    kim = django_user_model.objects.create_user(username="kim", password="correct-horse-9")
    assert kim.password.startswith("argon2$argon2id$")


def test_session_id_changes_and_the_old_cookie_is_dead_after_sign_out(client, kim):
    try_to_sign_in(client, "correct-horse-9")
    cookie = client.cookies["sessionid"].value
    client.post("/accounts/logout/")
    client.cookies["sessionid"] = cookie
    assert client.get("/admin/jsi18n/").status_code == 302


FULL = OperationalError("database or disk is full")
FULL.__cause__ = sqlite3.OperationalError("database or disk is full")
FULL.__cause__.sqlite_errorcode = 13  # SQLITE_FULL


def fail(*args, **kwargs):
    raise FULL


@pytest.mark.parametrize(
    "write",
    [
        "departments.models.UserSession.save",
        "departments.models.User.save",  # when it was
        "axes.models.AccessLog.objects.create",
        "axes.models.AccessAttempt.objects.filter",
    ],
)
def test_sign_in_on_a_full_disk_works_or_says_so(client, kim, monkeypatch, write):
    client.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr(write, fail)
        response = try_to_sign_in(client, "correct-horse-9")
    page = response.content.decode()
    assert (response.status_code, "디스크가 가득 찼습니다" in page) == (503, True)
    assert client.get("/").status_code == 302  # nobody is half signed in
    assert try_to_sign_in(client, "correct-horse-9").status_code == 302
    assert client.get("/admin/jsi18n/").status_code == 302  # no staff
    assert client.get("/").status_code == 200


def test_wrong_password_on_a_full_disk_is_told_and_lets_nobody_in(client, kim, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("axes.models.AccessAttempt.objects.select_for_update", fail)
    response = try_to_sign_in(client, "wrong")
    assert (response.status_code, "디스크가 가득 찼습니다" in response.content.decode()) == (503, True)
