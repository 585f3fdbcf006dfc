"""Who runs a task: a worker claims it for a minute, says again and again that it lives, and ends it together with its effect.

The database's clock tells when a lease is over, for those of the nodes may differ.
"""

import logging
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from threading import Event, Thread
from traceback import format_exception
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import SuspiciousOperation
from django.db import (
    DatabaseError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    connection,
    connections,
    transaction,
)
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from ..models.tasks import TaskLease
from .backend import BackgroundTask, QueueFull

LEASE = timedelta(seconds=60)
COMMAND = "command-"  # begins the names of those that are no workers
BEAT = 10  # seconds between two signs of life
AGAIN_AFTER = timedelta(seconds=5)  # times the tries that have failed
# A worker of an older release leaves a new kind of work to the others; what no worker has known for so long never will be.
UNKNOWN_AGAIN_AFTER, UNKNOWN_FOR = timedelta(minutes=1), timedelta(days=1)
logger = logging.getLogger(__name__)


class UnknownWork(Exception):
    """The code of a task is in no release that runs."""


class LeaseLost(Exception):
    """Another worker has taken the task up meanwhile: whatever this one still does of it must not count."""


@dataclass
class TaskRun:
    """A task that is being run, under one lease. `attempt` counts from 1."""

    result: Any  # DBTaskResult
    task: BackgroundTask
    token: UUID
    is_completed: bool = False

    @property
    def attempt(self) -> int:
        return len(self.result.worker_ids)

    @property
    def _lease(self) -> Any:
        return TaskLease.objects.filter(task_id=self.result.pk, token=self.token)

    def beat(self) -> bool:
        """Makes the lease longer; False where it is another's by now.

        A lease that is `held` at the moment is passed over: nobody else can take it up, and to wait for its end would let those of the
        worker's other tasks run out.
        """
        with transaction.atomic():
            if self._lease.select_for_update(skip_locked=True).exists():
                return bool(self._lease.update(expires_at=Now() + LEASE))
        return bool(self._lease.exists())

    @contextmanager
    def held(self) -> Iterator[None]:
        """A transaction in which nobody else can take the task up. Raises LeaseLost."""
        with transaction.atomic():
            if not self._lease.select_for_update().exists():
                raise LeaseLost(self.result.pk)
            yield

    @property
    def kept(self) -> dict[str, Any]:
        """What earlier runs and this one have kept."""
        return dict(TaskLease.objects.values_list("kept", flat=True).get(task_id=self.result.pk))

    def keep(self, done: dict[str, Any]) -> None:
        """Keeps, at once, what must not be done again should this worker die. Raises LeaseLost."""
        if not self._lease.update(kept=done):
            raise LeaseLost(self.result.pk)

    def complete(self, value: Any = None) -> None:
        """Ends the task, within `held`, in the transaction of its effect."""
        self._end(TaskResultStatus.SUCCESSFUL, return_value=value, exception_class_path="")
        self.is_completed = True

    def fail(self, error: BaseException) -> None:
        """Puts the task back to be tried again or, where it was tried as often as it may, abandons it."""
        if self.attempt >= self.task.tries:
            self.abandon(error)
            return
        logger.warning("%s failed, and is tried again", self.result.task_name, exc_info=error)
        self.release(after=AGAIN_AFTER * self.attempt)

    def abandon(self, error: BaseException | None = None) -> None:
        """Ends the task without its effect. `error` is None where its workers died."""
        name = self.result.task_name
        logger.error(
            "%s failed for good after %d tries", name, min(self.attempt, self.task.tries), exc_info=error
        )
        with self.held():
            self._leave_undone()
            self._end(
                TaskResultStatus.FAILED,
                exception_class_path=path_of(type(error) if error else LeaseLost),
                traceback="".join(format_exception(error)) if error else "",
            )

    def _leave_undone(self) -> None:
        """What cannot even be left so is told of, and does not keep the task from ending."""
        try:
            with transaction.atomic():
                if self.task.abandoned:
                    self.task.abandoned(self, *self.result.args_kwargs["args"])
        except (OperationalError, InterfaceError):  # which passes
            raise
        except Exception:
            logger.exception("%s could not be left", self.result.task_name)

    def release(self, *, after: timedelta = timedelta(), counts: bool = True) -> None:
        """Gives the task back to the queue; without `counts` as if it had not been begun."""
        with transaction.atomic():
            if not self._lease.update(token=None, alone=None, expires_at=None):
                return
            workers = self.result.worker_ids if counts else self.result.worker_ids[:-1]
            DBTaskResult.objects.filter(pk=self.result.pk).update(
                status=TaskResultStatus.READY, run_after=timezone.now() + after, worker_ids=workers
            )

    def _end(self, status: str, **given: Any) -> None:
        DBTaskResult.objects.filter(pk=self.result.pk).update(
            status=status, finished_at=timezone.now(), **given
        )
        TaskLease.objects.filter(task_id=self.result.pk).delete()


def claim(worker: str, at_work: Collection[str] = ()) -> TaskRun | None:
    """Takes up a task whose worker is dead, else the next that waits, but of no kind that the worker is `at_work` on."""
    if not (_expired(at_work).exists() or _waiting(at_work).exists()):
        return None  # without a lock
    with transaction.atomic():
        lease = _expired(at_work).select_for_update(skip_locked=True, of=("self",)).first()
        if lease:
            return _begin(lease.task, worker)
        result = _waiting(at_work).select_for_update(skip_locked=True).first()
        return _begin(result, worker) if result else None


def _expired(at_work: Collection[str]) -> Any:
    return TaskLease.objects.filter(expires_at__lt=Now()).exclude(task__queue_name__in=at_work)


def _waiting(at_work: Collection[str]) -> Any:
    alone = TaskLease.objects.filter(alone__isnull=False).values("alone")
    return DBTaskResult.objects.ready().exclude(Q(queue_name__in=at_work) | Q(queue_name__in=alone))


def _begin(result: Any, worker: str) -> TaskRun | None:
    """Claims the row, which is locked. None where another worker began such work this very moment, or where the work is not known."""
    try:
        task: Any = result.task
    except (ImportError, SuspiciousOperation):
        _leave_unknown(result)
        return None
    run = TaskRun(result, task, uuid4())
    given = {"token": run.token, "worker": worker, "alone": task.queue_name if task.alone else None}
    try:
        with transaction.atomic():
            TaskLease.objects.update_or_create(task=result, defaults=given | {"expires_at": Now() + LEASE})
    except IntegrityError:
        return None
    result.claim(worker)
    return run


def _leave_unknown(result: Any) -> None:
    """Left to a worker of a newer release, and failed where none comes for a day. `started_at` is when it was first not known."""
    now, row = timezone.now(), DBTaskResult.objects.filter(pk=result.pk)
    if result.exception_class_path != path_of(UnknownWork):
        logger.warning("unknown background work: %s", result.task_path)
        row.update(started_at=now, exception_class_path=path_of(UnknownWork))
    elif result.started_at < now - UNKNOWN_FOR:
        logger.error("unknown background work was given up: %s", result.task_path)
        row.update(status=TaskResultStatus.FAILED, finished_at=now)
        TaskLease.objects.filter(task_id=result.pk).delete()
        return
    row.update(run_after=now + UNKNOWN_AGAIN_AFTER)
    TaskLease.objects.filter(task_id=result.pk).update(expires_at=Now() + UNKNOWN_AGAIN_AFTER)


def path_of(kind: type[BaseException]) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def expire(worker: str) -> None:
    """What a worker of this name holds may be taken up at once: it is known to be dead."""
    TaskLease.objects.filter(worker=worker).update(expires_at=Now() - timedelta(seconds=1))


@contextmanager
def own_run(task: BackgroundTask, *args: Any) -> Iterator[TaskRun]:
    """A run that a command makes itself, at once, and whose end it tells. Raises QueueFull.

    Whoever stops the command (Ctrl+C) wants no more of it: the task is abandoned. Of one that is killed a worker takes it up.
    """
    run = begin_own(task, *args)
    try:
        with beating(run):
            yield run
    except KeyboardInterrupt as error:
        with suppress(LeaseLost):  # it has just ended
            run.abandon(error)
        raise


def begin_own(task: BackgroundTask, *args: Any) -> TaskRun:
    """A run of whoever asks, begun together with what the transaction around it writes. Raises QueueFull."""
    with transaction.atomic():
        run = _begin(DBTaskResult.objects.get(pk=task.enqueue(*args).id), f"{COMMAND}{uuid4().hex}")
        if run is None:
            raise QueueFull(task.name)
    return run


@contextmanager
def beating(run: TaskRun) -> Iterator[None]:
    """A thread says that the run lives, for as long as such a task may run: then its lease runs out, and what it does no longer counts."""
    is_over, end = Event(), time.monotonic() + run.task.most_seconds

    def say_so() -> None:
        while not is_over.wait(BEAT):
            if time.monotonic() > end:
                logger.error("%s takes longer than %d s", run.result.task_name, run.task.most_seconds)
                break
            with suppress(DatabaseError, InterfaceError):
                run.beat()
        connections.close_all()

    thread = Thread(target=say_so, daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def abandon_dead_commands() -> None:
    """What a command had begun when it was killed: no worker can go on with it."""
    dead = TaskLease.objects.filter(expires_at__lt=Now(), worker__startswith=COMMAND)
    while True:
        with transaction.atomic():
            lease = dead.select_for_update(skip_locked=True, of=("self",)).first()
            run = _begin(lease.task, f"{COMMAND}{uuid4().hex}") if lease else None
        if lease is None:
            return
        if run:
            run.abandon()


def perform(run: TaskRun) -> None:
    """Runs the task to its end, whichever that is."""
    if run.attempt > run.task.tries:
        run.abandon()
        return
    try:
        value = run.task.call(run, *run.result.args_kwargs["args"])
        if not run.is_completed:
            with run.held():
                run.complete(value)
    except LeaseLost:
        logger.warning("%s was taken up by another worker", run.result.task_name)
    except Exception as error:
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        run.fail(error)
