import pytest
from django.test import Client

from departments.models import User, second_factors
from departments.models.second_factors import STEP, code_at, new_key

PASSWORD = "correct-horse-9"
NEW, CODE = "/accounts/second-factor/new/", "/accounts/code/"


class Clock:
    """A clock to set: seconds since the epoch."""

    now = 1_661_700_000

    def time(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(second_factors, "time", clock)
    return clock


class App:
    """The authenticator app of a user."""

    def __init__(self, clock, key=""):
        self.clock, self.key = clock, key or new_key()

    def code(self, steps=0):
        return code_at(self.key, self.clock.now // STEP + steps)

    def wrong(self):
        return f"{(int(self.code()) + 1) % 1_000_000:06d}"


@pytest.fixture
def app(clock):
    return App(clock)


@pytest.fixture
def chief(seeded):
    """An administrator."""
    return User.objects.create_superuser(username="chief", password=PASSWORD)


def signed_in(user, **fields):
    """A client that has given the user's password by the form."""
    client = Client()
    client.post("/accounts/login/", {"username": user.username, "password": PASSWORD} | fields)
    return client


def enrol(client, clock, **fields):
    """The app of who is signed in, and the answer with the recovery codes."""
    page = client.get(NEW)
    app = App(clock, page.context["key"].replace(" ", ""))
    answer = client.post(NEW, {"sealed": page.context["sealed"], "code": app.code()} | fields)
    return app, answer


@pytest.fixture
def enrolled(chief, clock):
    """An administrator with an app, whose code of this step has been taken; the recovery codes."""
    app, answer = enrol(signed_in(chief), clock)
    clock.now += 60
    app.recovery_codes = answer.context["codes"]
    return app


def opens(client, path="/"):
    return client.get(path).status_code == 200


@pytest.fixture
def administrators(settings):
    """Administrators need a second factor."""
    settings.SECOND_FACTOR, settings.IS_LOCAL = "administrators", False
