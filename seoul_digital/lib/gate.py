"""What is dear is done by a few threads of a process at a time. The others wait, but not too many and not for ever."""

import ctypes
import gc
import sys
import threading
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

from .language import in_korean
from .metrics.series import gate_inside, gate_waiting

Made = TypeVar("Made")
ARENAS, TRIM_FROM, MAP_FROM = (-8, 2), (-1, 1 << 20), (-3, 1 << 20)  # of glibc's mallopt; bytes
TURN = 0.001  # seconds: a page must not wait for five of each thread that is busy


class CrowdedError(Exception):
    """Too many wait already, or it took too long. Nothing has been done."""


class Room:
    """Where the threads of all its gates wait and work: `size` of them, lest no thread is left for anything else."""

    def __init__(self, size: int) -> None:
        self._places = threading.BoundedSemaphore(size)

    @contextmanager
    def place(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise CrowdedError
        try:
            yield
        finally:
            self._places.release()


class Gate:
    """`at_once` threads are let in, each after at most `seconds`. Where it `is_large`, their memory then goes back to the system."""

    def __init__(
        self, room: Room, at_once: int, seconds: float, is_large: bool = True, name: str = ""
    ) -> None:
        self.room, self.seconds, self.is_large = room, seconds, is_large
        self._waiting, self._working = gate_waiting.labels(name), gate_inside.labels(name)
        self._inside = threading.BoundedSemaphore(at_once)
        self._running: dict[Hashable, Future[Any]] = {}
        self._lock = threading.Lock()

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Raises CrowdedError."""
        with self.room.place(), self._admitted():
            yield

    @contextmanager
    def _admitted(self) -> Iterator[None]:
        with self._waiting.track_inprogress():
            is_inside = self._inside.acquire(timeout=self.seconds)
        if not is_inside:
            raise CrowdedError
        try:
            with self._working.track_inprogress():
                yield
        finally:
            self._inside.release()
            if self.is_large:
                give_back_memory()

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` returns or raises, in Korean: made once for all who ask for the same `key` meanwhile. Raises CrowdedError."""
        with self.room.place():
            with self._lock:
                running = self._running.get(key)
                if running is None:
                    mine = self._running[key] = Future()
            if running is None:
                return self._make(key, make, mine)
            try:
                with self._waiting.track_inprogress():
                    found: Made = running.result(self.seconds)
            except TimeoutError as error:
                raise CrowdedError from error
            return found

    def _make(self, key: Hashable, make: Callable[[], Made], mine: "Future[Made]") -> Made:
        try:
            with self._admitted(), in_korean():
                made = make()
            mine.set_result(made)
            return made
        except BaseException as error:
            mine.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._running[key]


@cache
def _libc() -> ctypes.CDLL | None:
    """glibc; None where there is another one."""
    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") and hasattr(library, "mallopt") else None


def share_fairly() -> None:
    """For a process of many threads, once all is loaded: few heaps, what is large goes back as soon as it is free, and short turns."""
    gc.collect()
    gc.freeze()  # what is loaded is looked through no more
    sys.setswitchinterval(TURN)
    if library := _libc():
        for option, amount in (ARENAS, TRIM_FROM, MAP_FROM):
            library.mallopt(option, amount)


def give_back_memory() -> None:
    """Rows of files hold each other: of 20,000 lines 60 MB stay until Python looks for such circles."""
    gc.collect()
    if library := _libc():
        library.malloc_trim(0)
