"""What a browser has seen of the primary, in a cookie that nobody can write but the server."""

from django.db import DatabaseError
from django.http import HttpResponse
from django.test import RequestFactory

from core.replica import position

request = RequestFactory().get


class Primary:
    """Stands in for the connections: a primary that has written up to 1/10."""

    def __init__(self, error=None):
        self.error = error

    def __getitem__(self, alias):
        return self

    cursor = __enter__ = lambda self: self

    def __exit__(self, *error):
        return None

    def execute(self, sql):
        if self.error:
            raise self.error

    def fetchone(self):
        return ("1/10",)


def kept(monkeypatch, **primary):
    monkeypatch.setattr(position, "connections", Primary(**primary))
    response = HttpResponse()
    position.keep_position(response)
    return response.cookies


def asking(cookies):
    asked = RequestFactory().get("/")
    asked.COOKIES.update({name: morsel.value for name, morsel in cookies.items()})
    return asked


def test_positions_are_ordered_across_their_halves():
    found = [position.position_of(lsn) for lsn in ("0/FFFFFFFF", "1/0", "16/B374D848")]
    assert found == [4294967295, 4294967296, 97500059720]


def test_browser_that_has_seen_nothing_is_at_the_beginning():
    assert position.seen_position(request("/")) == 0


def test_kept_position_comes_back(monkeypatch):
    cookies = kept(monkeypatch)
    assert position.seen_position(asking(cookies)) == (1 << 32) + 16
    cookie = cookies["read_position"]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"], cookie["expires"]) == (
        True,
        "Lax",
        "",
        "",
    )


def test_cookie_is_for_the_host_alone_with_tls(monkeypatch, settings):
    settings.SESSION_COOKIE_SECURE = True
    cookies = kept(monkeypatch)
    assert cookies["__Host-read_position"]["secure"] is True
    assert position.seen_position(asking(cookies)) == (1 << 32) + 16


def test_position_that_somebody_else_wrote_is_past_whatever_there_is(monkeypatch):
    cookies = kept(monkeypatch)
    cookies["read_position"] = "1:" + cookies["read_position"].value.partition(":")[2]
    assert position.seen_position(asking(cookies)) == 1 << 64


def test_primary_that_does_not_answer_leaves_the_cookie_as_it_is(monkeypatch):
    assert kept(monkeypatch, error=DatabaseError()) == {}
