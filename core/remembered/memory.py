"""A memory of a bounded number of bytes, in which each thing is made once however many threads ask for it."""

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

Parts = Sequence[bytes]
UNKEPT = 256  # keys


class BoundedMemory:
    """Holds pieces of bytes by a key; what was asked for longest ago goes first."""

    def __init__(self, most: int) -> None:
        self.most, self.size = most, 0
        self._kept: OrderedDict[str, Parts] = OrderedDict()
        self._unkept: OrderedDict[str, None] = OrderedDict()
        self._making: dict[str, tuple[threading.Lock, int]] = {}
        self._lock = threading.Lock()

    def get(self, key: str) -> Parts | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: str, parts: Parts) -> None:
        with self._lock:
            self.size += _size(parts) - _size(self._kept.pop(key, ()))
            self._kept[key] = parts
            while self.size > self.most:
                self.size -= _size(self._kept.popitem(last=False)[1])

    def leave(self, key: str) -> None:
        """What is made for it is not to be kept: nobody needs to wait for it."""
        with self._lock:
            self._unkept[key] = None
            if len(self._unkept) > UNKEPT:
                self._unkept.popitem(last=False)

    def is_left(self, key: str) -> bool:
        return key in self._unkept

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self._unkept.clear()
            self.size = 0

    @contextmanager
    def making(self, key: str, seconds: float) -> Iterator[None]:
        """Lets one thread in at a time; whoever has waited for too long goes in as well."""
        with self._lock:
            turn, threads = self._making.get(key, (threading.Lock(), 0))
            self._making[key] = turn, threads + 1
        is_first = turn.acquire(timeout=seconds)
        try:
            yield
        finally:
            if is_first:
                turn.release()
            with self._lock:
                turn, threads = self._making.pop(key)
                if threads > 1:
                    self._making[key] = turn, threads - 1


def _size(parts: Parts) -> int:
    return sum(map(len, parts))
