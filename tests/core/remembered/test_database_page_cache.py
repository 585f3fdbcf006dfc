"""What holds of the table on any engine; tests/nodes/test_page_store.py has a PostgreSQL, whose it is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.remembered import database_page_cache as store
from core.remembered.database_page_cache import DatabasePageCache
from core.remembered.page_cache import pack

PARTS = [b"<p>", b"name", "가</p>".encode()]


def sealed(key, parts=PARTS):
    return store.sealed(store._digest(key), parts[0], pack(parts))


def test_only_what_was_sealed_for_this_key_is_opened():
    digest, content = store._digest("key"), sealed("key")
    assert store.opened(digest, content) == PARTS
    broken = [
        sealed("other"),
        content[:-1],
        content[:-1] + bytes([content[-1] ^ 1]),
        pack(PARTS),
        b"\0" * 32 + pack(PARTS),
        b"",
    ]
    assert [store.opened(digest, each) for each in broken] == [None] * len(broken)


def test_digests_and_seals_are_of_the_secret_key(settings):
    settings.SECRET_KEY = "first"
    first, content = store._digest("key"), sealed("key")
    settings.SECRET_KEY = "second"
    assert store._digest("key") != first
    assert store.opened(first, content) is None


@pytest.mark.django_db
def test_in_a_transaction_nothing_is_asked():
    with CaptureQueriesContext(connection) as queries:
        DatabasePageCache().keep("key", PARTS)
        with DatabasePageCache().turn("key", b"mark") as found:
            assert found == (None, False)
    assert len(queries) == 0


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_failure_is_nothing_and_the_table_is_left_alone_for_a_while(monkeypatch):
    monkeypatch.setattr(store, "LOOK", "SELECT %s, %s, content FROM no_such_table WHERE digest = %s")
    cache, now = DatabasePageCache(), [100.0]
    monkeypatch.setattr(store.time, "monotonic", lambda: now[0])
    asked = []
    for now[0] in (100.0, 109.9, 110.0):
        with CaptureQueriesContext(connection) as queries, cache.turn("key", b"mark") as found:
            assert found == (None, False)
        asked.append(len(queries))
    assert asked == [1, 0, 1]
    assert connection.is_usable()
