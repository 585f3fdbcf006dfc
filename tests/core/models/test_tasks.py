"""What the queue keeps beside its tasks."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from core.models import PeriodicTask, TaskLease, TaskWorker
from tests.core.tasks.works import alone, plain

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


def test_a_lease_goes_with_its_task_and_one_of_a_kind_is_alone(now="2026-11-27T00:00Z"):
    alone.enqueue("a"), alone.enqueue("b"), plain.enqueue("c")
    first, second, third = DBTaskResult.objects.order_by("enqueued_at")
    lease = TaskLease.objects.create(task=first, token=uuid4(), worker="w", alone="alone", expires_at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        TaskLease.objects.create(task=second, token=uuid4(), worker="v", alone="alone", expires_at=now)
    TaskLease.objects.create(task=second), TaskLease.objects.create(task=third)  # which are not being run
    assert str(lease) == f"{first.pk} w"
    first.delete()
    assert TaskLease.objects.count() == 2


def test_workers_and_periodic_tasks_are_known_by_name(now="2026-11-27T00:00Z"):
    assert str(TaskWorker.objects.create(name="w", seen_at=now)) == "w"
    assert str(PeriodicTask.objects.create(name="verify", due_at=now)) == f"verify {now}"
