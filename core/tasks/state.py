"""How the queue stands: for pages that wait for it, and for who watches the system."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, Min, Q, When
from django.db.models.functions import Greatest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from ..models.tasks import SEEN_FOR, TaskWorker
from .backend import UNFINISHED, BackgroundTask


@dataclass(frozen=True)
class QueueState:
    """`oldest_seconds` is how long the one that waits longest has been due."""

    waiting: int
    running: int
    oldest_seconds: float
    workers: int


def queue_state() -> QueueState:
    """For `/metrics`; three short queries."""
    due = _due()
    oldest = due.aggregate(oldest=Min("due_at"))["oldest"]
    age = (timezone.now() - oldest).total_seconds() if oldest else 0.0
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).count()
    return QueueState(due.count(), running, max(age, 0.0), TaskWorker.objects.living().count())


def _due() -> Any:
    """What waits, with `due_at`: since when it could have been begun, which after a failed try is later than it was enqueued."""
    is_put_off = When(
        run_after__lte=timezone.now(), then=Greatest("enqueued_at", "run_after")
    )  # else far away
    return DBTaskResult.objects.ready().annotate(due_at=Case(is_put_off, default=F("enqueued_at")))


def is_unattended() -> bool:
    """Whether something due has waited for a minute and no worker has been seen for as long."""
    late = timezone.now() - SEEN_FOR
    return _due().filter(due_at__lt=late).exists() and not TaskWorker.objects.living().exists()


@dataclass(frozen=True)
class RunProgress:
    """`ahead` counts those of the kind that come before it, 0 where its turn has come; `attempt` is above 1 where a worker died."""

    ahead: int = 0
    attempt: int = 0


def progress_of(task: BackgroundTask, *args: Any) -> RunProgress:
    """How far the task with these arguments is that waits or is being run."""
    own = task.unfinished(*args).first()
    if own is None or own.status == TaskResultStatus.RUNNING:
        return RunProgress(0, len(own.worker_ids) if own else 0)
    earlier = Q(enqueued_at__lt=own.enqueued_at) | Q(enqueued_at=own.enqueued_at, pk__lt=own.pk)
    ahead = DBTaskResult.objects.filter(earlier, queue_name=task.queue_name, status__in=UNFINISHED)
    return RunProgress(ahead.count(), len(own.worker_ids))
