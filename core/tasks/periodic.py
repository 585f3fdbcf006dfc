"""Work that comes again by the clock: once over all nodes, for who moves the moment on which it is due enqueues it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from ..models.tasks import PeriodicTask
from .backend import BackgroundTask, QueueFull


@dataclass(frozen=True)
class TaskSchedule:
    """`at` is a time of day in the zone of the settings; else it is due `every` so often."""

    task: BackgroundTask
    every: timedelta
    at: time | None
    is_wanted: Callable[[], bool]

    def after(self, moment: datetime) -> datetime:
        """The next time that it is due."""
        if self.at is None:
            return moment + self.every
        local = timezone.localtime(moment)
        today = timezone.make_aware(datetime.combine(local.date(), self.at))
        return today if today > moment else today + timedelta(days=1)


_schedules: dict[str, TaskSchedule] = {}


def register_periodic(
    task: BackgroundTask,
    *,
    every: timedelta = timedelta(days=1),
    at: time | None = None,
    is_wanted: Callable[[], bool] = lambda: True,
) -> None:
    """Called by an app that is ready. `is_wanted` is asked when it is due."""
    _schedules[task.module_path] = TaskSchedule(task, every, at, is_wanted)


def enqueue_due() -> None:
    """Puts into the queue what is due, but for what still waits there or runs."""
    known = dict(PeriodicTask.objects.values_list("name", "due_at"))
    now = timezone.now()
    for name, schedule in _schedules.items():
        if name not in known:
            PeriodicTask.objects.get_or_create(name=name, defaults={"due_at": schedule.after(now)})
        elif known[name] <= now:
            _enqueue(name, schedule, now)


def _enqueue(name: str, schedule: TaskSchedule, now: datetime) -> None:
    with transaction.atomic(), suppress(QueueFull):
        due = PeriodicTask.objects.filter(name=name, due_at__lte=Now())
        is_first = due.update(due_at=schedule.after(now))
        if is_first and schedule.is_wanted() and not schedule.task.unfinished().exists():
            schedule.task.enqueue()
