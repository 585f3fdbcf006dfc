"""The backend of django-tasks that settings name, and what a task of ours says of itself besides."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import QuerySet
from django_tasks import task
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from ..models.tasks import TaskWorker

PAUSE = 0.1  # seconds between two looks at what is waited for
UNFINISHED = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


class QueueFull(Exception):
    """As many tasks of the kind wait as may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackgroundTask(Task[Any, Any]):
    """`title` is what administrators read; `queue_name` is the kind of work: a worker runs one of a kind at a time, all workers together where it is `alone`.

    The function gets its `TaskRun` first. It may be run again, `tries` times at most, since a worker can die in the midst of it; then
    `abandoned` gets the same and does what is left to do, in the transaction that ends the task. What a worker runs for longer than
    `most_seconds` is killed, as if its worker had died.
    """

    title: str = ""
    tries: int = 3
    most_seconds: float = 30 * 60
    most_waiting: int = 20
    alone: bool = False
    abandoned: Callable[..., None] | None = None

    def unfinished(self, *args: Any) -> QuerySet[DBTaskResult[Any, Any]]:
        """The runs that wait or are being made, oldest first; with arguments those of the same ones."""
        rows = DBTaskResult.objects.filter(task_path=self.module_path, status__in=UNFINISHED)
        wanted = {"args_kwargs": {"args": list(args), "kwargs": {}}} if args else {}
        return rows.filter(**wanted).order_by("enqueued_at", "pk")

    @property
    def is_full(self) -> bool:
        """Whether as many wait as may."""
        return self.unfinished().filter(status=TaskResultStatus.READY).count() >= self.most_waiting

    def wait(self, *args: Any, seconds: float) -> bool:
        """Waits for the end of what has these arguments, so long at most and not at all where no worker is there; tells whether it has ended."""
        end = time.monotonic() + seconds if TaskWorker.objects.living().exists() else 0
        while not (has_ended := not self.unfinished(*args).exists()) and time.monotonic() < end:
            time.sleep(PAUSE)
        return has_ended


def background_task(**given: Any) -> Callable[[Callable[..., Any]], BackgroundTask]:
    """Django-tasks' decorator, typed as what our backend makes of a function; `given` are its fields."""
    return cast("Callable[[Callable[..., Any]], BackgroundTask]", task(**given))


class TaskBackend(DatabaseBackend):
    """Django-tasks-db's, with a limit to what waits. A task that is enqueued in a transaction is there when that is committed."""

    task_class = BackgroundTask  # type: ignore[assignment]

    def enqueue(self, task: BackgroundTask, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:  # type: ignore[override]
        if task.is_full:
            raise QueueFull(task.name)
        return super().enqueue(task, args, kwargs)  # type: ignore[arg-type]
