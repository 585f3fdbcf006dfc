"""Starts the server and the worker together (`make run`): one Ctrl+C ends both, and a worker that dies is started again.

A server that takes the place of the first (SIGUSR2 to it, then SIGTERM) is looked after like that one.

The server alone serves as well; what waits then waits for a worker. Nothing of Django is loaded here.
"""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
GUNICORN = str(Path(PYTHON).parent / "gunicorn")  # what `python -m` begins cannot begin another one (SIGUSR2)
PR_SET_CHILD_SUBREAPER = 36
ENDING = {signal.SIGTERM, signal.SIGINT}
WAKING = ENDING | {signal.SIGCHLD}
QUIET_LIFE = 60  # seconds after which a death counts as the first again
LONGEST_PAUSE = 60  # seconds before another try
MOST_DEATHS = 3  # in a row; then it is said that something is wrong
NICE = 5  # who reads a page goes first
AGAIN = "차례를 기다리는 일을 하는 프로그램(manage.py worker)이 멈추어 다시 시작합니다. (끝난 값 {})"
FAILING = (
    "차례를 기다리는 일을 하는 프로그램(manage.py worker)이 자꾸 멈춥니다. (끝난 값 {}) 화면은 그대로 열려 있지만 예산 파일을 읽거나 독려 메일을 "
    "보내지 못합니다. 위의 기록을 보십시오. {}초 뒤에 다시 해 봅니다."
)


def started(*command, nice=0):
    """A process that hears the signals which are held back here."""

    def prepare():
        signal.pthread_sigmask(signal.SIG_UNBLOCK, WAKING)
        os.nice(nice)

    return subprocess.Popen(command, cwd=ROOT, preexec_fn=prepare)


def children():
    """Process ids, of Linux."""
    try:
        return set(map(int, Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()))
    except OSError:
        return set()


def follows(pid, server):
    """Whether gunicorn has begun the process to take the server's place."""
    try:
        return f"GUNICORN_PID={server}".encode() in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return False


def adopt_orphans():
    """From now on who loses its parent below here becomes a child of this process: a server that took the place of another (Linux alone)."""
    with suppress(AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


class Adopted:
    """A server that another server has started (SIGUSR2), as `Popen` has those that were started here."""

    def __init__(self, pid):
        self.pid, self.returncode = pid, None

    def poll(self, options=os.WNOHANG):
        if self.returncode is None:
            ended, status = os.waitpid(self.pid, options)
            self.returncode = os.waitstatus_to_exitcode(status) if ended else None
        return self.returncode

    def wait(self):
        return self.poll(0)

    def send_signal(self, number):
        os.kill(self.pid, number)


class Pair:
    """The server and its worker. `deaths` counts those in a row that came soon; `due` is when the worker is to be there."""

    def __init__(self, server, worker):
        self.commands = server, worker
        self.server, self.worker = started(*server), None
        self.deaths, self.born, self.due = 0, 0.0, 0.0

    def keep(self):
        """Until the server ends, or somebody ends both; gives the exit code."""
        while not self.has_ended():
            self.look_after_worker()
            woken = signal.sigtimedwait(WAKING, 1)
            if woken and woken.si_signo in ENDING:
                self.server.send_signal(signal.SIGTERM)
                break
        if self.worker:
            self.worker.terminate()
            self.worker.wait()
        return self.server.wait()

    def has_ended(self):
        """Whether the server has, and left none in its place; who else was left here is let go."""
        ended = self.server.poll() is not None
        left = children() - {self.server.pid, self.worker and self.worker.pid}
        follower = next((pid for pid in left if ended and follows(pid, self.server.pid)), None)
        for pid in left - {follower}:
            os.waitpid(pid, os.WNOHANG)
        if follower:
            self.server = Adopted(follower)
        return ended and not follower

    def look_after_worker(self):
        if self.worker and self.worker.poll() is not None:
            self.record_death(self.worker.returncode)
        if self.worker is None and time.monotonic() >= self.due:
            self.worker, self.born = started(*self.commands[1], nice=NICE), time.monotonic()

    def record_death(self, code):
        self.deaths = self.deaths + 1 if time.monotonic() - self.born < QUIET_LIFE else 1
        pause = min(2**self.deaths, LONGEST_PAUSE) if self.deaths > 1 else 0
        is_failing = self.deaths >= MOST_DEATHS
        print(FAILING.format(code, pause) if is_failing else AGAIN.format(code), file=sys.stderr, flush=True)
        self.worker, self.due = None, time.monotonic() + pause


def main():
    signal.pthread_sigmask(signal.SIG_BLOCK, WAKING)
    adopt_orphans()
    name = f"{socket.gethostname()}-{os.getpid()}"  # its own, so that a new one goes on at once where the dead one was
    worker = [PYTHON, "manage.py", "worker", "--name", name]
    sys.exit(Pair([GUNICORN], worker).keep())


if __name__ == "__main__":
    main()
