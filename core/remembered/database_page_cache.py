"""A table of PostgreSQL in which all nodes share the pages that they remember; whatever fails there, a page is made anew.

Not by Django's cache in the database, which unpickles what it reads: who may write into the table could run code in every node. Here a row
is found by a digest and holds bytes under a seal, both of SECRET_KEY, so that what somebody else wrote is nothing. The table is unlogged: no write of it
waits for the disk or goes to a replica, and after a crash it is empty.
"""

import hashlib
import threading
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
SEALED = MARK = (
    32  # bytes of what stands before a page: its seal, and what tells the data that it was made of
)
GET = "SELECT content FROM core_remembered_page WHERE digest = %s"
# The page, and where it is not of these data the lock: whether whoever asks makes it. Who waits has it for no longer than his statement.
LOOK = """
SELECT content, CASE WHEN substring(content FROM 33 FOR 32) = %s THEN NULL ELSE pg_try_advisory_lock(%s) END
FROM (SELECT 1) AS one LEFT JOIN core_remembered_page ON digest = %s"""
WAIT_FOR_LOCK = "SELECT pg_advisory_xact_lock_shared(%s)"
UNLOCK = "SELECT pg_advisory_unlock(%s)"
KEEP = """
INSERT INTO core_remembered_page (digest, content, kept_at) VALUES (%s, %s, now())
ON CONFLICT (digest) DO UPDATE SET content = excluded.content, kept_at = excluded.kept_at"""
KEEP_AND_UNLOCK = f"BEGIN; {KEEP}; COMMIT; {UNLOCK}"  # who has waited for the lock finds the page
TIDY = """
DELETE FROM core_remembered_page WHERE digest IN (
    SELECT digest FROM (
        SELECT digest, kept_at, row_number() OVER newest AS place, sum(octet_length(content)) OVER newest AS size
        FROM core_remembered_page WINDOW newest AS (ORDER BY kept_at DESC, digest)
    ) AS kept WHERE place > %s OR size > %s OR kept_at < now() - interval '1 day')"""
LOCKED = {LOOK, KEEP_AND_UNLOCK, UNLOCK}  # after whose failure the session may have the lock
_found, _missing, _kept, _failed = (
    page_store.labels(answer) for answer in ("found", "missing", "kept", "failed")
)


class DatabasePageCache:
    """Beyond `rows` and `size` (bytes) those pages go that were written longest ago, and after a day all."""

    def __init__(self, rows: int = MOST_ROWS, size: int = MOST_BYTES) -> None:
        self.bounds = [rows, size]
        self._kept = TIDIED_AFTER - 1
        self._failed_at = -PAUSE
        self._held = threading.local()  # the lock of the page that a thread makes

    @contextmanager
    def turn(self, place: str, mark: bytes) -> Iterator[tuple[Parts | None, bool]]:
        """The page that was kept of the place last, and whether it was waited for. Where its mark is another one, one process of all nodes at
        a time is let in to make it; who has waited for too long goes in as well. A lock goes with the connection of a process that dies."""
        digest, number = _digest(place), lock_of(mark)
        content, is_free = self._execute(LOOK, [_short(mark), number, digest]) or (None, None)
        if has_waited := is_free is False:
            self._execute(WAIT_FOR_LOCK, [number], LONGEST_FLIGHT)
            (content,) = self._execute(GET, [digest]) or [None]
        parts = opened(digest, bytes(content)) if content else None
        (_found if parts else _missing).inc()
        self._held.number = number if is_free else None
        try:
            yield parts, has_waited
        finally:
            if self._held.number is not None:
                self._execute(UNLOCK, [number])

    def keep(self, place: str, parts: Parts) -> None:
        """The first part is the page's mark. The same statement gives back the lock of the turn."""
        packed = pack(parts)
        if packed is None or len(packed) > MOST_OF_PAGE:
            return
        digest, number = _digest(place), getattr(self._held, "number", None)
        row = [digest, sealed(digest, parts[0], packed)]
        if number is None:
            self._execute(KEEP, row)
        elif self._execute(KEEP_AND_UNLOCK, [*row, number]):
            self._held.number = None
        self._kept += 1
        if self._kept >= TIDIED_AFTER:
            self._kept = 0
            self._execute(TIDY, self.bounds)
        _kept.inc()

    def _execute(self, sql: str, parameters: list[Any], seconds: float = PATIENCE) -> Any:
        """The first row of the last statement, if there is one; by the primary, for a replica has no unlogged table. In a transaction nothing is asked, which a
        failure would end."""
        connection = connections[DEFAULT_DB_ALIAS]
        if connection.in_atomic_block or sql != UNLOCK and time.monotonic() < self._failed_at + PAUSE:
            return None
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL statement_timeout = '{seconds}s'; {sql}", parameters)
                while cursor.nextset():
                    pass
                return cursor.fetchone() if cursor.description else None
        except Error:
            if sql != WAIT_FOR_LOCK:
                self._failed_at = time.monotonic()
                _failed.inc()
            if sql in LOCKED:
                connection.close()  # which may have the lock still, and lives on beyond the request
                self._held.number = None
            connection.close_if_unusable_or_obsolete()
            return None


def _digest(key: str) -> bytes:
    return salted_hmac(f"{__name__}.key", key, algorithm="sha256").digest()


def lock_of(mark: bytes) -> int:
    """Of the lock of all pages of the mark, which one place has."""
    return int.from_bytes(_digest(mark.hex())[:8], "big", signed=True)


def _short(mark: bytes) -> bytes:
    return hashlib.sha256(mark).digest()


def sealed(digest: bytes, mark: bytes, packed: bytes) -> bytes:
    content = _short(mark) + packed
    return _seal(digest, content) + content


def _seal(digest: bytes, content: bytes) -> bytes:
    return salted_hmac(f"{__name__}.content", digest + content, algorithm="sha256").digest()


def opened(digest: bytes, sealed: bytes) -> Parts | None:
    """What was kept under the digest by somebody who has the key; None for all else."""
    seal, content = sealed[:SEALED], sealed[SEALED:]
    return unpack(content[MARK:]) if compare_digest(seal, _seal(digest, content)) else None
