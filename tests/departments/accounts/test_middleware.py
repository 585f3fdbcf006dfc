"""What stands before every page of who is signed in."""

import pytest
from django.http import HttpResponse
from django.test import Client

from departments.accounts.middleware import SecondFactorMiddleware
from departments.models import SecondFactor, User
from tests.departments.accounts.conftest import CODE, NEW, opens, signed_in
from tests.factories import make_member
from tests.test_pages import ROUTES

pytestmark = pytest.mark.usefixtures("administrators")


def test_sessions_of_before_wait_for_a_code_too(chief, enrolled, settings):
    """Whether they were opened before the enrolment or before the setting."""
    settings.SECOND_FACTOR = "none"
    member = make_member("부서 담당")
    earlier = Client()
    earlier.force_login(member)
    before = Client()
    before.force_login(chief)
    assert opens(earlier)
    assert before.get("/")["Location"].startswith(CODE)
    settings.SECOND_FACTOR = "editors"
    assert earlier.get("/")["Location"].startswith(NEW)


OPEN = {
    "accessibility", "login", "logout", "health", "metrics", "session", "confirm_code", "second_factor_new", "second_factor_later",
}  # fmt: skip


@pytest.mark.parametrize("is_enrolled", [True, False])
def test_no_address_is_open_before_the_second_factor(chief, rf, is_enrolled):
    if is_enrolled:
        SecondFactor.objects.create(user=chief, sealed_key="x")
    gate, user = CODE if is_enrolled else NEW, User.objects.with_access().get(pk=chief.pk)
    middleware = SecondFactorMiddleware(lambda request: HttpResponse())
    opened = set()
    for name, route, pattern in ROUTES:
        path = "/" + route.replace("^", "").replace("$", "").replace("(?P<url>.*)", "nowhere/")
        for argument, converter in pattern.pattern.converters.items():
            kind = type(converter).__name__.removesuffix("Converter").lower()
            path = path.replace(f"<{kind}:{argument}>", "1").replace(f"<{argument}>", "1")
        for method in (rf.get, rf.post):
            request = method(path)
            request.user, request.session = user, {}
            answer = middleware(request)
            if answer.status_code == 200:
                opened.add(name)
            else:
                assert answer["Location"].startswith(f"{gate}?next="), path
    assert opened == OPEN


@pytest.mark.parametrize(
    ("path", "status"), [("/healthz", 200), ("/accounts/login/", 200), ("/accounts/session/", 200)]
)
def test_what_is_nobodys_stays_open(chief, enrolled, path, status):
    answer = signed_in(chief).get(path)
    assert (answer.status_code, "디지털정책관" in answer.content.decode()) == (status, False)


def test_put_off_enrolment_does_not_stand_for_a_code(chief, enrolled, settings):
    settings.IS_LOCAL = True
    client = signed_in(chief)
    client.post("/accounts/second-factor/later/")
    assert not opens(client)
    assert client.get(NEW)["Location"] == CODE
    assert client.post(NEW, {"code": "123456"})["Location"] == CODE


def test_first_password_comes_after_the_code(chief, enrolled):
    User.objects.filter(pk=chief.pk).update(must_change_password=True)
    client = signed_in(chief)
    assert client.get("/")["Location"].startswith(CODE)
    client.post(CODE, {"code": enrolled.code()})
    assert client.get("/")["Location"].startswith("/accounts/password/")
