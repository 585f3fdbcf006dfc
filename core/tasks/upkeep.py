"""What is left behind is cleared away every hour: results of background work, workers that are no more, sessions, files that nobody keeps."""

from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from seoul_digital import cleanup

from ..models.tasks import TaskWorker
from ..storage import clear_expired
from .backend import background_task
from .leases import TaskRun

RESULTS_KEPT = timedelta(days=14)
WORKERS_KEPT = timedelta(days=1)


@background_task(title="정리", queue_name="upkeep", alone=True)
def clear_up(run: TaskRun) -> None:
    now = timezone.now()
    DBTaskResult.objects.finished().filter(finished_at__lt=now - RESULTS_KEPT).delete()
    TaskWorker.objects.filter(seen_at__lt=now - WORKERS_KEPT).delete()
    cleanup.clear()
    clear_expired()
