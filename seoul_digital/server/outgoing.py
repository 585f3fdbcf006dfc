"""An answer on its way out, which never lets the thread that makes it wait for the client."""

import errno
import socket
import time

from .incoming import BODY_RATE, HEAD_SECONDS, PIECE
from .spool import Spool, SpoolFullError


class Outgoing:
    """Stands in for a connection's socket. What the client does not take at once is kept; the main loop sends it by `flush`."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.sock.setblocking(False)
        self._kept: Spool | None = None
        self._started = 0.0
        self._sent = 0

    def fileno(self) -> int:
        return self.sock.fileno()

    @property
    def is_flushed(self) -> bool:
        return not self._kept

    def deadline(self) -> float:
        """When the client must have taken more of what is kept."""
        return self._started + HEAD_SECONDS + self._sent / BODY_RATE

    def sendall(self, data: bytes) -> None:
        sent = 0 if self._kept else self._send(data)
        if sent == len(data):
            return
        if self._kept is None:
            self._kept, self._started, self._sent = Spool(), time.monotonic(), 0
        try:
            self._kept.write(data[sent:])
        except SpoolFullError as error:
            raise BrokenPipeError(errno.EPIPE, str(error)) from error  # which ends the connection

    def _send(self, data: bytes) -> int:
        try:
            return self.sock.send(data)
        except BlockingIOError:
            return 0

    def flush(self) -> None:
        """Send what is kept, as far as the client takes it now."""
        while self._kept and (piece := self._kept.peek(PIECE)):
            sent = self._send(piece)
            self._kept.skip(sent)
            self._sent += sent
            if sent < len(piece):
                return
        self.discard()

    def discard(self) -> None:
        if self._kept is not None:
            self._kept.close()
        self._kept = None

    # What else gunicorn asks of a socket in a thread; the main loop alone closes it.
    def setblocking(self, flag: bool) -> None: ...

    def settimeout(self, seconds: float | None) -> None: ...

    def gettimeout(self) -> float:
        return 0.0

    def shutdown(self, how: int) -> None: ...

    def close(self) -> None: ...

    def recv(self, size: int) -> bytes:
        return b""
