"""The gunicorn worker: a request gets a thread once all of it is there, and its thread never waits for the client to take the answer.

Half-sent heads, slow bodies and slow readers thus hold a socket and nobody else up. The main loop collects requests and sends what is
left of answers; gunicorn's parser and threads do the rest. TLS is for the server in front.
"""

import errno
import resource
import selectors
import socket
import time
from collections.abc import Callable
from concurrent import futures
from functools import partial
from typing import Any

from django.conf import settings
from gunicorn import http
from gunicorn.workers import gthread

from .error_pages import error_response
from .incoming import HEAD_SECONDS, PIECE, Incoming, RefusedError
from .outgoing import Outgoing

CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
LINGER_SECONDS = 2.0  # for what a client was still sending, lest it lose the answer
LINGER_BYTES = 64 << 10
NO_MORE_FILES = {errno.EMFILE, errno.ENFILE}


class Connection(gthread.TConn):
    """A client's connection, in the hands of the main loop but while a thread makes an answer."""

    incoming: Incoming
    deadline: float
    lingered = 0

    def __init__(self, cfg: Any, sock: socket.socket, client: Any, server: Any) -> None:
        super().__init__(cfg, sock, client, server)
        self.sock = Outgoing(sock)
        self.initialized = self.data_ready = True


class Worker(gthread.ThreadWorker):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.waiting: dict[Connection, Callable[[Connection], None]] = {}  # with what to do past the deadline

    def init_process(self) -> None:
        limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
        super().init_process()

    # Waiting in the main loop

    def wait(
        self,
        conn: Connection,
        event: int,
        on_event: Callable[[Connection], None],
        deadline: float,
        on_late: Callable[[Connection], None],
    ) -> None:
        conn.deadline = deadline
        self.waiting[conn] = on_late
        self.poller.register(conn.sock, event, lambda _: on_event(conn))

    def wake(self, conn: Connection) -> None:
        if self.waiting.pop(conn, None):
            self.poller.unregister(conn.sock)

    def drop(self, conn: Connection) -> None:
        self.wake(conn)
        conn.incoming.close()
        conn.sock.discard()
        conn.sock.sock.close()
        self.nr_conns -= 1

    def murder_pending(self) -> None:
        now = time.monotonic()
        for conn, on_late in list(self.waiting.items()):
            if conn.deadline <= now:
                on_late(conn)

    def _cap_keepalive(self, deadline: float) -> None:
        """A stopping worker still takes a body that is on its way, and shortly a request."""
        for conn in self.waiting:
            if not conn.incoming.is_in_body:
                conn.deadline = min(conn.deadline, deadline)

    # Requests

    def accept(self, listener: socket.socket) -> None:
        try:
            sock, client = listener.accept()
        except OSError as error:
            if error.errno in NO_MORE_FILES:
                self.evict()
            elif error.errno not in (errno.EAGAIN, errno.ECONNABORTED):
                raise
            return
        self.nr_conns += 1
        if self.nr_conns >= self.worker_connections - self.cfg.threads:
            self.evict()
        conn = Connection(self.cfg, sock, client, listener.getsockname())
        self.await_request(conn, b"", HEAD_SECONDS)

    def evict(self) -> None:
        """Room for a newcomer: the one that has been waited for longest goes, rather one without a whole head."""
        idle = (conn for conn in self.waiting if not conn.incoming.is_in_body)
        if conn := next(idle, next(iter(self.waiting), None)):
            self.drop(conn)

    def await_request(self, conn: Connection, rest: bytes, seconds: float) -> None:
        conn.incoming = Incoming(settings.LARGEST_UPLOAD)
        self.wait(conn, selectors.EVENT_READ, self.receive, time.monotonic() + seconds, self.give_up)
        if rest:
            self.feed(conn, rest)

    def receive(self, conn: Connection) -> None:
        try:
            data = conn.sock.sock.recv(PIECE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self.feed(conn, data)
        else:
            self.drop(conn)

    def feed(self, conn: Connection, data: bytes) -> None:
        incoming = conn.incoming
        try:
            incoming.feed(data, time.monotonic())
        except RefusedError as error:
            return self.refuse(conn, error.status)
        except OSError:  # the spools or the disk are full
            return self.refuse(conn, 503)
        conn.deadline = incoming.deadline()
        if incoming.is_complete:
            self.wake(conn)
            conn.parser = http.get_parser(self.cfg, incoming.pieces(), conn.client)
            self.enqueue_req(conn)
        elif incoming.wants_continue:
            incoming.wants_continue = False
            self.answer(conn, CONTINUE)

    def give_up(self, conn: Connection) -> None:
        """Past the deadline; whoever sent nothing wants no answer."""
        if conn.incoming.started is None:
            self.drop(conn)
        else:
            self.refuse(conn, 408)

    # Answers

    def answer(self, conn: Connection, data: bytes) -> None:
        try:
            conn.sock.sendall(data)
        except OSError:
            self.drop(conn)

    def refuse(self, conn: Connection, status: int) -> None:
        self.log.warning("Refused a request of %s: %s", (conn.client or ["-"])[0], status)
        self.wake(conn)
        try:
            conn.sock.sendall(error_response(status))
        except OSError:
            return self.drop(conn)
        self.send_rest(conn, keep=False)

    def finish_request(self, conn: Connection, done: futures.Future[bool]) -> None:
        keep = not done.cancelled() and not done.exception() and bool(done.result())
        self.send_rest(conn, keep)

    def send_rest(self, conn: Connection, keep: bool) -> None:
        if conn.sock.is_flushed:
            return self.answered(conn, keep)
        on_event = partial(self.flush, keep=keep)
        self.wait(conn, selectors.EVENT_WRITE, on_event, conn.sock.deadline(), self.drop)

    def flush(self, conn: Connection, keep: bool) -> None:
        try:
            conn.sock.flush()
        except OSError:
            return self.drop(conn)
        conn.deadline = conn.sock.deadline()
        if conn.sock.is_flushed:
            self.wake(conn)
            self.answered(conn, keep)

    def answered(self, conn: Connection, keep: bool) -> None:
        conn.incoming.close()
        if keep:
            return self.await_request(conn, conn.incoming.rest, self.cfg.keepalive)
        try:
            conn.sock.sock.shutdown(socket.SHUT_WR)
        except OSError:
            return self.drop(conn)
        self.wait(conn, selectors.EVENT_READ, self.linger, time.monotonic() + LINGER_SECONDS, self.drop)

    def linger(self, conn: Connection) -> None:
        try:
            data = conn.sock.sock.recv(PIECE)
        except OSError:
            data = b""
        conn.lingered += len(data)
        if not data or conn.lingered > LINGER_BYTES:
            self.drop(conn)

    def handle_error(self, req: Any, client: Outgoing, addr: Any, exc: BaseException) -> None:
        """In Korean and with our headers: what gunicorn would answer is asked for its status alone."""
        english = _Recorder()
        super().handle_error(req, english, addr, exc)
        try:
            client.sendall(error_response(english.status))
        except OSError:
            self.log.debug("Failed to send error message.")


class _Recorder:
    """A socket that keeps the status of the answer written to it."""

    status = 500

    def gettimeout(self) -> float:
        return 0.0

    def sendall(self, data: bytes) -> None:
        self.status = int(data.split(b" ", 2)[1])
