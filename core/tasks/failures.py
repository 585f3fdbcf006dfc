"""Background work that came to nothing, for administrators: as long as its results are kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from .leases import LeaseLost, UnknownWork, path_of

SHOWN = 5
DIED = "하던 프로그램이 번번이 죽어 그만두었습니다."
UNKNOWN = "이 일을 아는 프로그램이 하루 동안 없어 그만두었습니다."
STOPPED = "명령을 Ctrl+C로 그만두었습니다."
FAILED = "번번이 오류({})가 나서 그만두었습니다. 까닭은 서버의 로그에 있습니다."
REASONS = {path_of(LeaseLost): DIED, path_of(UnknownWork): UNKNOWN, path_of(KeyboardInterrupt): STOPPED}


@dataclass(frozen=True)
class FailedWork:
    title: str
    at: datetime | None
    reason: str


def failed_work() -> list[FailedWork]:
    """The newest first, some of them."""
    return list(_failed())


def _failed() -> Iterator[FailedWork]:
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).order_by("-finished_at")
    for result in failed[:SHOWN]:
        path = result.exception_class_path
        reason = REASONS.get(path) or FAILED.format(path.rpartition(".")[2])
        yield FailedWork(_title(result), result.finished_at, reason)


def _title(result: Any) -> str:
    """Of a task whose code is gone its path."""
    try:
        return str(getattr(result.task, "title", "")) or result.task_path
    except (ImportError, SuspiciousOperation):
        return result.task_path
