"""Bytes on their way in or out that nobody takes at the moment."""

import tempfile
import threading

IN_MEMORY = 64 << 10  # bytes; what is longer goes to a temporary file


class SpoolFullError(OSError):
    """All spools of this process together hold as much as they may."""


class Spool:
    """A queue of bytes. `limit` is what all spools of a process may hold together."""

    limit = 512 << 20  # bytes
    held = 0
    _lock = threading.Lock()

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed by close())
        self._read_from = self._size = 0

    def __len__(self) -> int:
        """The bytes not yet read."""
        return self._size - self._read_from

    def write(self, data: bytes) -> None:
        with Spool._lock:
            if Spool.held + len(data) > Spool.limit:
                raise SpoolFullError("no room for more")
            Spool.held += len(data)
        self._size += len(data)
        self._file.seek(0, 2)
        self._file.write(data)

    def peek(self, size: int) -> bytes:
        self._file.seek(self._read_from)
        return self._file.read(size)

    def skip(self, size: int) -> None:
        self._read_from += size

    def close(self) -> None:
        with Spool._lock:
            Spool.held -= self._size
        self._size = self._read_from = 0
        self._file.close()
