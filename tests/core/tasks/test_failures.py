"""What administrators read of background work that came to nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.tasks.failures import failed_work

pytestmark = pytest.mark.django_db


def failed(path, error, days_ago=0):
    DBTaskResult.objects.create(
        task_path=path,
        backend_name="default",
        args_kwargs={"args": [], "kwargs": {}},
        status="FAILED",
        run_after=timezone.now(),
        finished_at=timezone.now() - timedelta(days=days_ago),
        exception_class_path=error,
    )


def test_what_came_to_nothing_is_told_with_its_reason():
    failed("core.tasks.upkeep.clear_up", "builtins.ValueError", 3)
    failed("core.audit.verify_task.verify_records", "core.tasks.leases.LeaseLost", 2)
    failed("core.tasks.upkeep.of_yesterday", "core.tasks.leases.UnknownWork", 1)
    failed("core.tasks.upkeep.clear_up", "builtins.KeyboardInterrupt")
    DBTaskResult.objects.create(
        task_path="core.tasks.upkeep.clear_up",
        backend_name="default",
        args_kwargs={"args": [], "kwargs": {}},
        status="SUCCESSFUL",
        run_after=timezone.now(),
        finished_at=timezone.now(),
    )
    assert [(work.title, work.reason) for work in failed_work()] == [
        ("정리", "명령을 Ctrl+C로 그만두었습니다."),
        ("core.tasks.upkeep.of_yesterday", "이 일을 아는 프로그램이 하루 동안 없어 그만두었습니다."),
        ("기록 확인", "하던 프로그램이 번번이 죽어 그만두었습니다."),
        ("정리", "번번이 오류(ValueError)가 나서 그만두었습니다. 까닭은 서버의 로그에 있습니다."),
    ]


def test_no_more_than_five_are_told():
    for days_ago in range(6):
        failed("core.tasks.upkeep.clear_up", "builtins.ValueError", days_ago)
    assert len(failed_work()) == 5
