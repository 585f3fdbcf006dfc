"""A request on its way in: its head until the empty line, then the body that the head announces."""

import os
import re
from collections.abc import Iterator

from .spool import Spool

HEAD_SECONDS = float(os.environ.get("HEAD_SECONDS") or 10)
BODY_RATE = 8 << 10  # bytes a second that a body or an answer needs at least, after the same seconds of grace
LONGEST_LINE, LARGEST_HEAD = 4094, 64 << 10  # bytes
SWALLOWED = (
    256 << 20
)  # bytes of too large a body taken in and forgotten: most browsers show no answer while they send
PIECE = 64 << 10
CONTENT_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,18})[ \t]*\r\n", re.IGNORECASE)
TRANSFER_ENCODING = re.compile(rb"\r\ntransfer-encoding[ \t]*:", re.IGNORECASE)
EXPECT = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*(?=\r\n)", re.IGNORECASE)


class RefusedError(Exception):
    """A request that the server answers itself, with this status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Incoming:
    """One request of a connection. `started` is the time of its first byte, None before; `largest` the largest body kept."""

    def __init__(self, largest: int) -> None:
        self.largest = largest
        self.head: bytes | bytearray = bytearray()
        self.rest = b""  # what came after this request
        self.started: float | None = None
        self.wants_continue = False
        self._body: Spool | None = None
        self._missing: int | None = None  # bytes of the body still to come; None before the end of the head
        self._received = 0

    @property
    def is_complete(self) -> bool:
        return self._missing == 0

    @property
    def is_in_body(self) -> bool:
        return self._missing is not None

    def deadline(self) -> float:
        """When the client must have sent more. Call it after the first byte."""
        assert self.started is not None  # noqa: S101 (for mypy)
        return self.started + HEAD_SECONDS + (self._received / BODY_RATE if self.is_in_body else 0)

    def feed(self, data: bytes, now: float) -> None:
        """Take in what has been received. Raises RefusedError or SpoolFullError."""
        if self.started is None:
            self.started = now
        if self._missing is None:
            data = self._feed_head(data, now)
        if self._missing:
            taken, data = data[: self._missing], data[self._missing :]
            self._missing -= len(taken)
            self._received += len(taken)
            if self._body is not None:
                self._body.write(taken)
        self.rest += data

    def _feed_head(self, data: bytes, now: float) -> bytes:
        """What of the data is no longer head."""
        searched = max(0, len(self.head) - 3)
        self.head += data
        end = self.head.find(b"\r\n\r\n", searched)
        if end < 0:
            if len(self.head) > LARGEST_HEAD:
                raise RefusedError(431 if b"\r\n" in self.head[:LONGEST_LINE] else 414)
            return b""
        data = bytes(self.head[end + 4 :])
        self.head = bytes(self.head[: end + 4])
        if TRANSFER_ENCODING.search(self.head):
            raise RefusedError(411)  # Django reads no body whose length is not announced
        announced = CONTENT_LENGTH.search(self.head)
        self._missing = int(announced[1]) if announced else 0
        self.started = now  # the body has its own time
        self._begin_body()
        return data

    def _begin_body(self) -> None:
        self.head, expects = EXPECT.subn(b"", self.head)
        if self._missing and self._missing > self.largest:
            self._missing = 0 if expects else min(self._missing, SWALLOWED)
        elif self._missing:
            self._body = Spool()
            self.wants_continue = bool(expects)

    def pieces(self) -> Iterator[bytes]:
        """The request as the parser wants it; ends where a body that was too large would follow."""
        yield bytes(self.head)
        while self._body and (piece := self._body.peek(PIECE)):
            self._body.skip(len(piece))
            yield piece

    def close(self) -> None:
        if self._body is not None:
            self._body.close()
