"""How far the replica is behind, as a thread of each process sees it. No request asks for it or waits for it."""

import asyncio
import os
import socket
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

from .position import REPLAYED, WRITTEN, position_of
from .router import REPLICA

INTERVAL = 1.0  # seconds
PATIENCE = 2.0  # seconds that a server has for an answer
LOOKS, PAUSE = 10, 0.03  # at a replica that has not yet replayed what was just written
SAME_CLUSTER = "SELECT pg_is_in_recovery(), (SELECT system_identifier FROM pg_control_system())"
OF_ONE_CONNECTION = {"cursor_factory", "context", "prepare_threshold"}


class NotThatReplicaError(Exception):
    """What answers is a server of its own: promoted, or of somebody else's data."""


class Lag:
    """Seconds that a replica is behind: since the newest of the primary's positions that it has replayed."""

    def __init__(self) -> None:
        self._unseen: deque[tuple[float, int]] = deque(maxlen=1000)
        self._caught_up: float | None = None  # when the newest position was written that it has

    def note_written(self, now: float, position: int) -> None:
        self._unseen.append((now, position))

    def seconds(self, now: float, replayed: int) -> float | None:
        """None as long as nobody knows."""
        while self._unseen and self._unseen[0][1] <= replayed:
            self._caught_up = self._unseen.popleft()[0]
        return None if self._caught_up is None else now - self._caught_up


class ReplicaMonitor:
    """`replayed` is how far the replica is at least, `lag` how many seconds it was behind at `looked_at`; None where it is left out."""

    def __init__(self) -> None:
        self.replayed = 0
        self.lag: float | None = None
        self.looked_at = 0.0
        self._process = 0
        self._lock = threading.Lock()
        self._reading: set[Any] = set()

    def is_usable(self, seen: int = 0) -> bool:
        """Whether the replica may be read now by who has seen the primary up to a position."""
        if self._process != os.getpid():
            self._start()
        lag = self.lag
        is_near = lag is not None and lag + time.monotonic() - self.looked_at <= settings.REPLICA_LAG_LIMIT
        return is_near and (seen <= self.replayed or self._has_replayed(seen))

    def leave_out(self) -> None:
        """Until it answers again."""
        self.lag = None

    @contextmanager
    def reading(self) -> Iterator[None]:
        """A connection in use, which is broken off when the replica no longer answers."""
        wrapper = connections[REPLICA]
        with self._lock:
            self._reading.add(wrapper)
        try:
            yield
        finally:
            with self._lock:
                self._reading.discard(wrapper)

    def _has_replayed(self, seen: int) -> bool:
        """Asked before the page's snapshot begins, which then has it."""
        with connections[REPLICA].cursor() as cursor:
            cursor.execute(REPLAYED)
            (replayed,) = cursor.fetchone()
        return replayed is not None and position_of(replayed) >= seen

    def _start(self) -> None:
        """In this process, for a thread does not outlive a fork."""
        with self._lock:
            if self._process == os.getpid():
                return
            self._process, self.lag, self._reading = os.getpid(), None, set()
        threading.Thread(target=lambda: asyncio.run(self._watch()), name="replica", daemon=True).start()

    async def _watch(self) -> None:
        while True:
            try:
                await self._look_on()
            except (_database().Error, OSError, TimeoutError, NotThatReplicaError):
                self.leave_out()
                self._break_off()
            await asyncio.sleep(INTERVAL)

    async def _look_on(self) -> None:
        """Until one of the two does not answer."""
        async with _connected(DEFAULT_DB_ALIAS) as primary, _connected(REPLICA) as replica:
            await _refuse_another(primary, replica)
            lag = Lag()
            while True:
                await self._look(primary, replica, lag)
                await asyncio.sleep(INTERVAL)

    async def _look(self, primary: Any, replica: Any, lag: Lag) -> None:
        written = position_of(*await _answer(primary, WRITTEN))
        lag.note_written(time.monotonic(), written)
        for _ in range(LOOKS):
            (found,) = await _answer(replica, REPLAYED)
            if found is None:
                raise NotThatReplicaError
            replayed = position_of(found)
            if replayed >= written:
                break
            await asyncio.sleep(PAUSE)
        now = time.monotonic()
        self.replayed, self.looked_at = replayed, now
        self.lag = lag.seconds(now, replayed)

    def _break_off(self) -> None:
        """Who waits for an answer gets an error, and reads the primary."""
        with self._lock:
            waiting = [wrapper.connection for wrapper in self._reading]
        for connection in waiting:
            _shut(connection)


def _database() -> Any:
    """psycopg, which a server on SQLite does not load."""
    wrapper: Any = connections[DEFAULT_DB_ALIAS]
    return wrapper.Database


class _connected:  # noqa: N801 (a context manager, which opens with a time limit of its own)
    """A connection of the thread's own, as the settings say."""

    def __init__(self, alias: str) -> None:
        parameters = connections[alias].get_connection_params()
        self.parameters = {
            name: value for name, value in parameters.items() if name not in OF_ONE_CONNECTION
        } | {"connect_timeout": int(PATIENCE)}

    async def __aenter__(self) -> Any:
        opening = _database().AsyncConnection.connect(**self.parameters, autocommit=True)
        self.connection = await asyncio.wait_for(opening, 2 * PATIENCE)
        return self.connection

    async def __aexit__(self, *error: object) -> None:
        await self.connection.close()


async def _answer(connection: Any, sql: str) -> Any:
    """The first row. To cancel the query would mean to wait for the same server once more."""
    asking = asyncio.ensure_future(connection.execute(sql))
    done, _ = await asyncio.wait({asking}, timeout=PATIENCE)
    if not done:
        _shut(connection)
    return await (await asking).fetchone()


async def _refuse_another(primary: Any, replica: Any) -> None:
    (_, cluster), (is_standby, same_cluster) = [
        await _answer(server, SAME_CLUSTER) for server in (primary, replica)
    ]
    if cluster != same_cluster or not is_standby:
        raise NotThatReplicaError


def _shut(connection: Any) -> None:
    """Whoever waits for its answer gets an error."""
    with suppress(_database().Error, OSError, AttributeError):
        sock = socket.socket(fileno=os.dup(connection.pgconn.socket))
        with sock:
            sock.shutdown(socket.SHUT_RDWR)


monitor = ReplicaMonitor()
