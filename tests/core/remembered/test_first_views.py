"""What a server looks at before it makes its workers."""

import logging

import pytest
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from budgets.cross_tab.page import reshaped
from core.models import ChangeRecord
from core.remembered import first_views, parts

LOOKED_AT = [
    "/",
    "/departments/",
    "/budgets/revenue/",
    "/budgets/expenditure/",
    "/projects/",
    "/projects/timeline/",
    "/projects/indicators/",
    "/glossary/",
    "/search/",
]


@pytest.fixture
def answers(monkeypatch):
    """(address, status) of each page that was made."""
    found, make = [], first_views.answer

    def answer(request):
        response = make(request)
        found.append((request.path, response.status_code))
        return response

    monkeypatch.setattr(first_views, "answer", answer)
    monkeypatch.setattr(first_views.connections, "close_all", lambda: None)
    return found


def test_every_page_of_many_things_is_made(seeded, answers):
    first_views.look_at_pages()
    assert answers == [(address, 200) for address in LOOKED_AT]
    assert parts._remembered.size > 10_000  # rows and blocks, for the first reader


def test_looking_writes_nothing_and_starts_nothing(seeded, answers):
    records = ChangeRecord.objects.count()
    reshaped.end()  # of a test before
    with CaptureQueriesContext(connection) as queries:
        first_views.look_at_pages()
    assert {query["sql"].lstrip("(").split()[0] for query in queries} == {"SELECT", "WITH"}
    assert ChangeRecord.objects.count() == records
    assert reshaped.pid is None


def test_an_empty_database_is_looked_at_as_well(db, answers, monkeypatch):
    from core.snapshot import Snapshot

    monkeypatch.setattr(Snapshot, "from_query", lambda *args: Snapshot(None, [], [], is_asked=False))
    first_views.look_at_pages()
    assert {status for _, status in answers} == {200}


def test_a_page_that_fails_keeps_no_server_from_starting(monkeypatch, caplog):
    def fail(request):
        if request.path == "/projects/":
            raise ValueError("a page")
        seen.append(request.path)
        return HttpResponse()

    seen = []
    monkeypatch.setattr(first_views, "answer", fail)
    monkeypatch.setattr(first_views.connections, "close_all", lambda: seen.append("closed"))
    with caplog.at_level(logging.ERROR):
        first_views.look_at_pages()
    assert caplog.messages == ["looking at /projects/ before the start"]
    assert seen == [address for address in LOOKED_AT if address != "/projects/"] + ["closed"]


def test_a_database_that_does_not_answer_is_asked_once(monkeypatch, caplog):
    def fail(request):
        asked.append(request.path)
        raise DatabaseError("gone")

    asked = []
    monkeypatch.setattr(first_views, "answer", fail)
    monkeypatch.setattr(first_views.connections, "close_all", lambda: asked.append("closed"))
    with caplog.at_level(logging.WARNING):
        first_views.look_at_pages()
    assert asked == ["/", "closed"]
    assert caplog.messages == ["pages were not looked at before the start: gone"]
