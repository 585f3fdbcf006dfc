"""A table of PostgreSQL in which all nodes share the pages that they remember; whatever fails there, a page is made anew.

Not by Django's cache in the database, which unpickles what it reads: who may write into the table could run code in every node. Here a row
is found by a digest and holds bytes under a seal, both of SECRET_KEY, so that what somebody else wrote is nothing. The table is unlogged: no write of it
waits for the disk or goes to a replica, and after a crash it is empty.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from hmac import compare_digest
from typing import Any

from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.utils.crypto import salted_hmac

from seoul_digital.lib.metrics.series import page_store

from .page_cache import Parts, pack, unpack

TABLE = "core_remembered_page"
MOST_ROWS, MOST_BYTES, MOST_OF_PAGE = 4_000, 64 << 20, 1 << 20
TIDIED_AFTER = 50  # pages that a process has kept
PATIENCE = 0.5  # seconds that a reader waits for the table
LONGEST_FLIGHT = 2.0  # seconds that one waits for another node that makes the same page
PAUSE = 10.0  # seconds for which nobody asks it after a failure
SEALED = 32  # bytes
GET = "SELECT content FROM core_remembered_page WHERE digest = %s"
KEEP = """
INSERT INTO core_remembered_page (digest, content, kept_at) VALUES (%s, %s, now())
ON CONFLICT (digest) DO UPDATE SET content = excluded.content, kept_at = excluded.kept_at"""
TIDY = """
DELETE FROM core_remembered_page WHERE digest IN (
    SELECT digest FROM (
        SELECT digest, kept_at, row_number() OVER newest AS place, sum(octet_length(content)) OVER newest AS size
        FROM core_remembered_page WINDOW newest AS (ORDER BY kept_at DESC, digest)
    ) AS kept WHERE place > %s OR size > %s OR kept_at < now() - interval '1 day')"""
# Of one session while it makes the page; who waits has it for no longer than his statement.
TRY_LOCK, UNLOCK = "SELECT pg_try_advisory_lock(%s)", "SELECT pg_advisory_unlock(%s)"
WAIT_FOR_LOCK = "SELECT pg_advisory_xact_lock_shared(%s)"
_found, _missing, _kept, _failed = (
    page_store.labels(answer) for answer in ("found", "missing", "kept", "failed")
)


class DatabasePageCache:
    """Beyond `rows` and `size` (bytes) those pages go that were written longest ago, and after a day all."""

    def __init__(self, rows: int = MOST_ROWS, size: int = MOST_BYTES) -> None:
        self.bounds = [rows, size]
        self._kept = TIDIED_AFTER - 1
        self._failed_at = -PAUSE

    def get(self, key: str) -> Parts | None:
        digest = _digest(key)
        row = self._execute(GET, [digest])
        parts = opened(digest, bytes(row[0])) if row else None
        (_found if parts else _missing).inc()
        return parts

    def keep(self, key: str, parts: Parts) -> None:
        content = pack(parts)
        if content is None or len(content) > MOST_OF_PAGE:
            return
        digest = _digest(key)
        self._execute(KEEP, [digest, _seal(digest, content) + content])
        self._kept += 1
        if self._kept >= TIDIED_AFTER:
            self._kept = 0
            self._execute(TIDY, self.bounds)
        _kept.inc()

    @contextmanager
    def single_flight(self, key: str) -> Iterator[bool]:
        """Lets one process of all nodes in at a time, and tells whether it has waited; whoever has waited for too long goes in as well. A
        lock goes with the connection of a process that dies."""
        number = [int.from_bytes(_digest(key)[:8], "big", signed=True)]
        is_free = self._execute(TRY_LOCK, number)
        has_turn, has_waited = is_free == (True,), is_free == (False,)
        if has_waited:
            self._execute(WAIT_FOR_LOCK, number, LONGEST_FLIGHT)
        try:
            yield has_waited
        finally:
            if has_turn:
                self._execute(UNLOCK, number)

    def _execute(self, sql: str, parameters: list[Any], seconds: float = PATIENCE) -> Any:
        """The first row, if there is one; by the primary, for a replica has no unlogged table. In a transaction nothing is asked, which a
        failure would end."""
        connection = connections[DEFAULT_DB_ALIAS]
        if connection.in_atomic_block or sql != UNLOCK and time.monotonic() < self._failed_at + PAUSE:
            return None
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL statement_timeout = '{seconds}s'; {sql}", parameters)
                cursor.nextset()
                return cursor.fetchone() if cursor.description else None
        except Error:
            if sql != WAIT_FOR_LOCK:
                self._failed_at = time.monotonic()
                _failed.inc()
            if sql in {TRY_LOCK, UNLOCK}:
                connection.close()  # which may have the lock still, and lives on beyond the request
            connection.close_if_unusable_or_obsolete()
            return None


def _digest(key: str) -> bytes:
    return salted_hmac(f"{__name__}.key", key, algorithm="sha256").digest()


def _seal(digest: bytes, content: bytes) -> bytes:
    return salted_hmac(f"{__name__}.content", digest + content, algorithm="sha256").digest()


def opened(digest: bytes, sealed: bytes) -> Parts | None:
    """What was kept under the digest by somebody who has the key; None for all else."""
    seal, content = sealed[:SEALED], sealed[SEALED:]
    return unpack(content) if compare_digest(seal, _seal(digest, content)) else None
