"""The worker: claims tasks, runs each in a process of its own, and says for all of them that they live.

A process for each: what a task leaves in memory and in its temporary folder goes with it, and what kills it (the memory limit, a defect of a library) is
noticed at once.
A process ends when its worker does, however that ends.
"""

import ctypes
import logging
import os
import signal
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field

from django.db import DatabaseError, InterfaceError, connections
from django.db.models.functions import Now

from seoul_digital.owned_folders import OwnedFolder, clear_left

from ..models.tasks import TaskWorker
from . import leases, periodic
from .leases import BEAT, TaskRun

PAUSE = 0.5  # seconds between two looks at the queue
AFTER_ERROR = 5  # seconds, where the database does not answer
MOST_AT_ONCE = 2  # tasks of a worker, of different kinds
SECONDS_TO_END = 10  # that a task has when the worker is stopped; then it goes back into the queue
ENDING = {signal.SIGTERM, signal.SIGINT}
WAKING = ENDING | {signal.SIGCHLD}
PR_SET_PDEATHSIG = 1
FOLDER = "report-task-"
logger = logging.getLogger(__name__)


@dataclass
class Job:
    """A process that runs a task; `folder` has its temporary files, which no exit of it would clear away."""

    run: TaskRun
    pid: int
    folder: OwnedFolder | None
    begun: float = field(default_factory=time.monotonic)

    @property
    def is_overdue(self) -> bool:
        return time.monotonic() - self.begun > self.run.task.most_seconds

    @property
    def is_running(self) -> bool:
        """Whether it has not ended this very moment, and its lease with it."""
        return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self.clear()

    def clear(self) -> None:
        if self.folder:
            self.folder.remove()


class QueueWorker:
    """`name` is this worker's alone. What an earlier one of the same name left is taken up at once, for that one is dead."""

    def __init__(self, name: str):
        self.name = name
        self.jobs: list[Job] = []
        self.last_beat = float("-inf")
        self.stops_at: float | None = None

    def run(self) -> None:
        """Until SIGTERM or SIGINT: then tasks that run have some seconds to end."""
        signal.pthread_sigmask(signal.SIG_BLOCK, WAKING)
        clear_left(FOLDER)
        pause = PAUSE
        is_new = True
        while self.stops_at is None or self.jobs and time.monotonic() < self.stops_at:
            try:
                if is_new:
                    leases.expire(self.name)
                    is_new = False
                self._turn()
                pause = PAUSE
            except (DatabaseError, InterfaceError) as error:
                logger.warning("the worker waits for the database: %s", error)
                connections.close_all()
                pause = AFTER_ERROR
            woken = signal.sigtimedwait(WAKING, pause)
            if woken and woken.si_signo in ENDING and self.stops_at is None:
                self.stops_at = time.monotonic() + SECONDS_TO_END
        self._give_back()

    def _turn(self) -> None:
        self._reap()
        self._stop_overdue()
        if time.monotonic() - self.last_beat >= BEAT:
            self._beat()
        while self.stops_at is None and len(self.jobs) < MOST_AT_ONCE:
            run = leases.claim(self.name, [job.run.task.queue_name for job in self.jobs])
            if run is None:
                break
            self._start(run)

    def _reap(self) -> None:
        """A process that ended by itself has ended its task; one that was killed leaves it to be tried again."""
        for job in list(self.jobs):
            pid, status = os.waitpid(job.pid, os.WNOHANG)
            if pid:
                self.jobs.remove(job)
                job.clear()
                if os.waitstatus_to_exitcode(status) != 0:
                    logger.error("%s died (%d)", job.run.result.task_name, os.waitstatus_to_exitcode(status))
                    job.run.release(after=leases.AGAIN_AFTER)

    def _stop_overdue(self) -> None:
        """A task that hangs would keep its kind of work for good; that it was begun counts as a try."""
        for job in [job for job in self.jobs if job.is_overdue and job.is_running]:
            self.jobs.remove(job)
            job.kill()
            name, limit = job.run.result.task_name, job.run.task.most_seconds
            logger.error("%s was killed: it took longer than %d s", name, limit)
            job.run.release(after=leases.AGAIN_AFTER)

    def _beat(self) -> None:
        TaskWorker.objects.update_or_create(name=self.name, defaults={"seen_at": Now()})
        for job in list(self.jobs):
            if not job.run.beat() and job.is_running:
                self.jobs.remove(job)
                job.kill()
        if self.stops_at is None:
            periodic.enqueue_due()
        self.last_beat = time.monotonic()

    def _start(self, run: TaskRun) -> None:
        connections.close_all()  # which two processes cannot share
        worker, folder = os.getpid(), None
        with suppress(OSError):  # a full disk, of which the task is to tell
            folder = OwnedFolder(FOLDER)
        pid = os.fork()
        if pid:
            self.jobs.append(Job(run, pid, folder))
            return
        tempfile.tempdir = folder.path if folder else tempfile.tempdir
        code = 1
        try:
            _be_a_job_of(worker)
            leases.perform(run)
            code = 0
        except BaseException:
            logger.exception("%s could not be ended", run.result.task_name)
        finally:
            logging.shutdown()
            os._exit(code)

    def _give_back(self) -> None:
        """What has not ended in time is begun anew by the next worker."""
        for job in self.jobs:
            job.kill()
        with suppress(DatabaseError, InterfaceError):  # else their leases run out
            for job in self.jobs:
                job.run.release(counts=False)
            TaskWorker.objects.filter(name=self.name).delete()


def _be_a_job_of(worker: int) -> None:
    for number in ENDING:  # the worker's, which tells its jobs
        signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, WAKING)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != worker:  # it died before that
        os._exit(1)
