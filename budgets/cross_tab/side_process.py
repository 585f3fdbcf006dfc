"""A function in a process of its own, for what is dear to load and seldom asked: it ends when nobody has asked for a while.

Its memory then goes back whole, which no library that was loaded into a server process would give back. Of plain values in, plain values out:
the process has neither Django's settings nor a database nor secrets. Where there is none to be had, the function runs here. One that takes too
long is killed, and who waited for it is told that it is crowded (503): a thread of a server must not wait for ever.
"""

import atexit
import logging
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Any, Generic, ParamSpec, TypeVar

from seoul_digital.lib.child_process import ENVIRONMENT, ROOT

Given = ParamSpec("Given")
Made = TypeVar("Made")
LINGER = 10.0  # seconds
LONGEST = 10.0  # seconds: for a turn, and then for an answer, loading included
ATTEMPTS = 2  # the process may have been killed since it was last asked
logger = logging.getLogger(__name__)


class SideProcess(Generic[Given, Made]):
    """Of one function of a module; one call at a time, others wait for their turn."""

    def __init__(
        self, function: Callable[Given, Made], linger: float = LINGER, longest: float = LONGEST
    ) -> None:
        self.function, self.linger, self.longest = function, linger, longest
        self._begin()
        atexit.register(self.end)
        os.register_at_fork(after_in_child=self._begin)  # what was started is the parent's

    def _begin(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._end: threading.Timer | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def __call__(self, *args: Given.args, **kwargs: Given.kwargs) -> Made:
        """What the function returns or raises. Raises CrowdedError where it takes too long."""
        if not self._lock.acquire(timeout=self.longest):
            raise _crowded()
        try:
            self._stop_timer()
            answer = self._asked((args, kwargs))
            self._end = _later(self.linger, self._end_if_due)
        finally:
            self._lock.release()
        if answer is None:
            return self.function(*args, **kwargs)
        made: Made = answer[0]
        if error := answer[1]:
            raise error
        return made

    def end(self) -> None:
        with self._lock:
            self._stop_timer()
            self._let_go()

    def _asked(self, call: Any) -> Any:
        """The answer; None where no process gives one."""
        for _ in range(ATTEMPTS):
            is_late = threading.Event()
            try:
                process = self._process = self._process or self._started()
                with _ended_after(self.longest, process, is_late):
                    assert process.stdin and process.stdout  # noqa: S101 (for mypy)
                    pickle.dump(call, process.stdin, pickle.HIGHEST_PROTOCOL)
                    process.stdin.flush()
                    return pickle.load(process.stdout)  # noqa: S301  # of a process that we have started
            except (OSError, EOFError, pickle.UnpicklingError) as error:
                logger.warning("no answer of the process for %s: %r", self._name, error)
                self._let_go()
                if is_late.is_set():  # nor would it be sooner here
                    raise _crowded() from error
            except BaseException:  # half a question, or an answer that would be the next one's
                self._let_go()
                raise
        return None

    @property
    def _name(self) -> str:
        return f"{self.function.__module__}:{self.function.__qualname__}"

    def _started(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(  # noqa: S603 (this project's own modules)
            [sys.executable, "-m", __name__, self._name, str(2 * self.longest)],
            cwd=ROOT,
            env=ENVIRONMENT | {"OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def _let_go(self) -> None:
        if process := self._process:
            self._process = None
            process.kill()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):  # what it has not read
                    pipe.close()  # type: ignore[union-attr]
            process.wait()

    def _stop_timer(self) -> None:
        if self._end:
            self._end.cancel()
            self._end = None

    def _end_if_due(self) -> None:
        with self._lock:
            if self._end is threading.current_thread():  # nobody has asked while it waited for the lock
                self._end = None
                self._let_go()


def _crowded() -> Exception:
    from seoul_digital.lib.gate import (
        CrowdedError,
    )  # and Django with it, which the process beside does without

    return CrowdedError()


def _later(seconds: float, act: Callable[[], None]) -> threading.Timer:
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    timer.start()
    return timer


@contextmanager
def _ended_after(
    seconds: float, process: "subprocess.Popen[bytes]", is_late: threading.Event
) -> Iterator[None]:
    """Kills the process where it is not done by then, so that who reads from it or writes to it goes on."""

    def stop() -> None:
        is_late.set()
        process.kill()

    timer = _later(seconds, stop)
    try:
        yield
    finally:
        timer.cancel()


def serve(name: str, longest: float) -> None:
    """The process's whole life, until whoever started it closes the pipe or dies. One that is at work then notices it later, at the latest
    after so many seconds, when it kills itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the server, which ends it
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # nobody is left to read the answer
    signal.setitimer(signal.ITIMER_REAL, longest)
    module, _, qualname = name.partition(":")
    function = getattr(import_module(module), qualname)
    answers, sys.stdout = sys.stdout.buffer, sys.stderr  # nothing else comes between
    while True:
        signal.setitimer(signal.ITIMER_REAL, 0)
        try:
            args, kwargs = pickle.load(sys.stdin.buffer)  # noqa: S301  # of the one that started us
        except EOFError:
            return
        signal.setitimer(signal.ITIMER_REAL, longest)
        answer: tuple[Any, Exception | None]
        try:
            answer = function(*args, **kwargs), None
        except Exception as error:
            answer = None, error
        pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()


if __name__ == "__main__":
    serve(sys.argv[1], float(sys.argv[2]))
