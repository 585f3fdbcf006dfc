"""What the queue of background work has beside its tasks (`core.tasks`): who runs one, which workers live, what is due by the clock."""

from datetime import timedelta

from django.db import models
from django.db.models.functions import Now

SEEN_FOR = timedelta(minutes=1)  # that a worker counts as there after its last sign of life


class TaskLease(models.Model):
    """Who runs a task, and until when nobody else may take it up.

    `token` is another one for each run, so that a worker whose lease was taken over notices it. `kept` is what of the task is done and may
    not be done again (`TaskRun.keep`); it stays until the task has ended. `alone` is the kind of work of which one runs at a time.
    """

    task = models.OneToOneField(
        "django_tasks_database.DBTaskResult", models.CASCADE, primary_key=True, related_name="lease"
    )
    token = models.UUIDField(null=True)
    worker = models.CharField(max_length=100, blank=True)
    alone = models.CharField(max_length=32, null=True, unique=True)  # noqa: DJ001 (null is never equal to null)
    expires_at = models.DateTimeField(null=True, db_index=True)
    kept = models.JSONField(default=dict)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.task_id} {self.worker}"


class TaskWorkerQuerySet(models.QuerySet["TaskWorker"]):
    def living(self) -> "TaskWorkerQuerySet":
        return self.filter(seen_at__gt=Now() - SEEN_FOR)


class TaskWorker(models.Model):
    """A worker that lives, or did some time ago."""

    name = models.CharField(max_length=100, primary_key=True)
    seen_at = models.DateTimeField(db_index=True)

    objects = TaskWorkerQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class PeriodicTask(models.Model):
    """When work that comes again by itself is due; whoever moves `due_at` on puts it into the queue."""

    name = models.CharField(max_length=100, primary_key=True)
    due_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name} {self.due_at}"
