"""The sign-ins of a user that are open, and their end."""

import pytest
from django.test import Client

from departments.models import User, UserSession
from seoul_digital import middleware
from tests.audit import records_of
from tests.core.access.test_scope import text_of
from tests.departments.accounts.conftest import PASSWORD, signed_in

PAGE = "/accounts/sessions/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0"
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0.0.0 Safari/537.36"


@pytest.fixture
def kim(seeded):
    return User.objects.create_user(username="kim", password=PASSWORD)


def at(user, address, browser):
    client = Client(REMOTE_ADDR=address, headers={"user-agent": browser})
    client.post("/accounts/login/", {"username": user.username, "password": PASSWORD})
    return client


def listed(client):
    return [
        (session.address, session.browser, session.is_current)
        for session in client.get(PAGE).context["sessions"]
    ]


def test_own_sessions_are_listed_with_place_and_browser(kim):
    here, there = at(kim, "10.0.0.1", FIREFOX), at(kim, "10.0.0.2", CHROME)
    at(User.objects.create_user(username="lee", password=PASSWORD), "10.0.0.3", CHROME)
    assert listed(here) == [("10.0.0.1", "Firefox(Linux)", True), ("10.0.0.2", "Chrome(Windows)", False)]
    assert listed(there)[0] == ("10.0.0.2", "Chrome(Windows)", True)
    assert not [
        key for key in UserSession.objects.values_list("pk", flat=True) if key in text_of(here.get(PAGE))
    ]


def test_one_session_is_ended(kim):
    here, there, third = (at(kim, f"10.0.0.{number}", CHROME) for number in (1, 2, 3))
    (wanted,) = [session for session in here.get(PAGE).context["sessions"] if session.address == "10.0.0.2"]
    answer = here.post("/accounts/sessions/end/", {"session": wanted.id}, follow=True)
    assert "로그인 1개를 끝냈습니다." in text_of(answer)
    assert [client.get("/").status_code for client in (here, there, third)] == [200, 302, 200]
    record = records_of(kim).first()
    assert (record.user, record.reason) == (kim, "로그인을 끝냄: 10.0.0.2, Chrome(Windows)")
    answer = here.post("/accounts/sessions/end/", {"session": wanted.id}, follow=True)
    assert "이미 끝난 로그인입니다." in text_of(answer)


def test_all_other_sessions_are_ended(kim):
    here, there, third = (at(kim, f"10.0.0.{number}", CHROME) for number in (1, 2, 3))
    here.post("/accounts/sessions/end-others/")
    assert [client.get("/").status_code for client in (here, there, third)] == [200, 302, 302]


def test_nobody_ends_the_session_of_another(kim):
    lee = User.objects.create_user(username="lee", password=PASSWORD)
    theirs = at(lee, "10.0.0.3", CHROME)
    (session,) = theirs.get(PAGE).context["sessions"]
    at(kim, "10.0.0.1", CHROME).post("/accounts/sessions/end/", {"session": session.id})
    assert theirs.get("/").status_code == 200


@pytest.mark.parametrize("wanted", ["", "x", "가"])
def test_unknown_session_is_told(kim, wanted):
    answer = at(kim, "10.0.0.1", CHROME).post("/accounts/sessions/end/", {"session": wanted}, follow=True)
    assert "이미 끝난 로그인입니다." in text_of(answer)


def test_ended_sessions_are_not_listed(kim, monkeypatch, settings):
    """By a new password, or for nobody has used them."""
    at(kim, "10.0.0.2", CHROME)
    here = at(kim, "10.0.0.1", CHROME)
    fields = {"old_password": PASSWORD, "new_password1": "second-horse-9", "new_password2": "second-horse-9"}
    here.post("/accounts/password/", fields)
    assert [address for address, *_ in listed(here)] == ["10.0.0.1"]
    stale = UserSession.objects.exclude(pk=here.session.session_key).get()
    data = here.session.load() | {middleware.SEEN: 0}
    UserSession.objects.filter(pk=stale.pk).update(session_data=here.session.encode(data))
    assert [address for address, *_ in listed(here)] == ["10.0.0.1"]


def test_session_that_waits_for_its_code_says_so(kim, clock, app):
    from tests.departments.accounts.conftest import enrol

    here = signed_in(kim)
    enrol(here, clock)
    signed_in(kim)
    assert [session.waits_for_code for session in here.get(PAGE).context["sessions"]] == [False, True]
    assert "인증 코드를 넣기 전" in text_of(here.get(PAGE))


@pytest.mark.parametrize("number", [1, 6])
def test_list_asks_a_fixed_number_of_queries(kim, number, django_assert_max_num_queries):
    here = at(kim, "10.0.0.1", CHROME)
    for _ in range(number):
        at(kim, "10.0.0.2", CHROME)
    here.get(PAGE)
    with django_assert_max_num_queries(14):
        here.get(PAGE)
