"""The table in which nodes share the pages that they remember, and two real nodes that do."""

import re
import threading
from urllib.error import HTTPError
from urllib.request import Request

import psycopg
import pytest
from django.db import connection

from core.data_version import Revisions
from core.remembered import database_page_cache as store
from core.remembered.database_page_cache import DatabasePageCache
from departments.models import Duty
from tests.factories import make_member
from tests.nodes.conftest import Browser, url_of_tests, wait_until

pytestmark = pytest.mark.engine
PARTS = [b"<p>", b"name", "가</p>".encode()]
PAGE = "/departments/data-center/"


def kept(cache=None, place="key", mark=b"mark"):
    with (cache or DatabasePageCache()).turn(place, mark) as (parts, _):
        return parts


def locks(connection):
    return connection.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'").fetchone()[0]


def rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_remembered_page")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_what_one_node_keeps_another_finds():
    before = Revisions.read(with_drafts=True).version()
    DatabasePageCache().keep("key", PARTS)
    DatabasePageCache().keep("key", [b"newer"])
    other = DatabasePageCache()
    assert (kept(other), kept(other, "another"), rows()) == ([b"newer"], None, 1)
    assert Revisions.read(with_drafts=True).version() == before
    other.keep("large", [bytes(range(256)) * 8, connection.vendor.encode(), b"\0"])  # cannot be taken apart
    assert rows() == 1


@pytest.mark.django_db(transaction=True)
def test_table_is_bounded_in_rows_bytes_and_days(monkeypatch):
    monkeypatch.setattr(store, "TIDIED_AFTER", 1)
    for number in range(5):
        DatabasePageCache(rows=3).keep(f"key {number}", PARTS)
    assert [kept(place=f"key {number}") is None for number in range(5)] == [True, True, False, False, False]  # fmt: skip
    size = len(store.sealed(b"", PARTS[0], store.pack(PARTS)))
    DatabasePageCache(size=2 * size).keep("key 5", PARTS)
    assert rows() == 2
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_remembered_page SET kept_at = kept_at - interval '25 hours'")
    DatabasePageCache().keep("key 6", PARTS)
    assert rows() == 1


@pytest.mark.django_db(transaction=True)
def test_reader_does_not_wait_for_a_table_that_is_locked(monkeypatch):
    monkeypatch.setattr(store, "PATIENCE", 0.05)
    cache = DatabasePageCache()
    cache.keep("key", PARTS)
    with psycopg.connect(url_of_tests()) as other:
        other.execute("LOCK TABLE core_remembered_page")
        assert kept(cache) is None
        cache.keep("key", PARTS)
    assert kept() == PARTS
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)  # of that statement alone


@pytest.mark.django_db(transaction=True)
def test_page_is_made_by_one_process_at_a_time(monkeypatch):
    cache, order = DatabasePageCache(), []
    number = [store.lock_of(b"mark")]

    def other(seconds):
        monkeypatch.setattr(store, "LONGEST_FLIGHT", seconds)
        with cache.turn("key", b"mark") as found:
            order.append(found)
        connection.close()

    with psycopg.connect(url_of_tests(), autocommit=True) as maker:
        maker.execute("SELECT pg_advisory_lock(%s)", number)
        waiting = threading.Thread(target=other, args=(60,))
        waiting.start()
        wait_until(
            lambda: maker.execute(
                "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            ).fetchone()
        )
        assert order == []
        cache.keep("key", PARTS)
        maker.execute(store.UNLOCK, number)
        waiting.join()
        maker.execute("SELECT pg_advisory_lock(%s)", number)
        other(0.05)  # of a maker that hangs
        assert order == [(PARTS, True), (PARTS, True)]


@pytest.mark.django_db(transaction=True)
def test_one_statement_looks_and_locks_and_one_keeps_and_unlocks():
    cache, asked = DatabasePageCache(), []
    cache._kept = 0  # so that nothing is tidied

    def note(run, sql, *rest):
        asked.append(sql)
        return run(sql, *rest)

    with psycopg.connect(url_of_tests(), autocommit=True) as other, connection.execute_wrapper(note):
        with cache.turn("key", b"<p>") as found:
            assert (found, locks(other)) == ((None, False), 1)
            cache.keep("key", PARTS)
            assert (locks(other), kept_by(other)) == (0, 1)
        with cache.turn("key", b"<p>") as found:  # which is there: no lock
            assert (found, locks(other)) == ((PARTS, False), 0)
        assert len(asked) == 3
        with cache.turn("key", b"newer") as found:  # and is not kept
            assert (found, locks(other)) == ((PARTS, False), 1)
        assert (len(asked), locks(other)) == (5, 0)


def kept_by(other):
    return other.execute("SELECT count(*) FROM core_remembered_page").fetchone()[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("failing", ["UNLOCK", "KEEP_AND_UNLOCK"])
def test_lock_that_could_not_be_given_back_goes_with_its_connection(monkeypatch, failing):
    """Else each node would wait for it whenever the page has changed, for as long as the connection is kept."""
    cache, given = DatabasePageCache(), {"UNLOCK": "%s", "KEEP_AND_UNLOCK": "%s, %s, %s"}[failing]
    with cache.turn("key", b"mark"):
        sql = f"BEGIN; SELECT pg_sleep(60), {given}"
        monkeypatch.setattr(store, failing, sql)
        monkeypatch.setattr(store, "LOCKED", {sql})
        monkeypatch.setattr(store, "PATIENCE", 0.05)
        if failing != "UNLOCK":
            cache.keep("key", PARTS)
    with psycopg.connect(url_of_tests()) as other:
        assert (locks(other), rows()) == (0, 0)


def test_table_is_not_written_ahead(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = %s", [store.TABLE])
        assert cursor.fetchone() == ("u",)


def answer(browser, node, tag=""):
    """Status, ETag and text of the page."""
    request = Request(
        node.url + PAGE, headers={"Cookie": browser._header()} | ({"If-None-Match": tag} if tag else {})
    )
    try:
        response = browser.open(request, timeout=30)
    except HTTPError as error:
        response = error
    with response:
        text = re.sub(r'csrfmiddlewaretoken" value="\w+"|data-left="\d+"', "", response.read().decode())
        return response.status, response.headers["ETag"], text


def counted(browser, nodes):
    """Pages that the nodes have made, and what the table has given them."""
    names = ('report_remembered_pages_total{answer="made"}', 'report_page_store_total{answer="found"}')
    told = [browser.ask(node, "/metrics")[1].splitlines() for node in nodes]
    return [
        sum(float(line.split()[-1]) for lines in told for line in lines if line.startswith(name))
        for name in names
    ]


def test_page_that_a_node_has_made_is_shown_by_the_other(site):
    nodes = site[:2]
    reader = Browser(make_member(username="of two nodes"))
    for node in nodes:  # which give a token, and have what is asked of them while the replica is behind
        answer(reader, node)
    before = counted(reader, nodes)
    for number in range(3):
        maker, shower = nodes if number % 2 else nodes[::-1]
        word = f"두 노드의 업무 {number}"
        Duty.objects.filter(pk=Duty.objects.filter(department__slug="data-center", source__state="in_force").first().pk).update(text=word)  # fmt: skip
        wait_until(lambda node=maker, word=word: word in answer(reader, node)[2])
        made, tag, shown = answer(reader, maker)
        wait_until(lambda node=shower, word=word: word in answer(reader, node)[2])
        assert answer(reader, shower) == (200, tag, shown) and made == 200
        assert answer(reader, shower, tag)[0] == answer(reader, maker, tag)[0] == 304
    made, found = (now - then for now, then in zip(counted(reader, nodes), before, strict=True))
    assert (made, found) == (3, 6)  # each page once, where what was found was older
