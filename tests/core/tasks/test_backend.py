"""What a task of ours says of itself, and how many may wait."""

import pytest
from django.db import transaction
from django.utils import timezone

from core.models import TaskWorker
from core.tasks import backend
from core.tasks.backend import QueueFull
from core.tasks.leases import claim
from tests.background import run_waiting
from tests.core.tasks.works import patient, plain

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


def test_no_more_wait_than_may(tmp_path):
    for _ in range(3):
        plain.enqueue("notes")
    with pytest.raises(QueueFull, match="plain"):
        plain.enqueue("notes")
    patient.enqueue("notes")  # another kind
    claim("worker", ["patient"])
    plain.enqueue("notes")  # for one is being run


def test_unfinished_runs_are_told_by_their_arguments():
    plain.enqueue("a"), plain.enqueue("b")
    assert [row.args_kwargs["args"] for row in plain.unfinished()] == [["a"], ["b"]]
    assert [row.args_kwargs["args"] for row in plain.unfinished("b")] == [["b"]]
    assert not plain.unfinished("c").exists()


def test_what_is_rolled_back_is_not_enqueued():
    with pytest.raises(ValueError), transaction.atomic():
        plain.enqueue("a")
        raise ValueError
    assert not plain.unfinished().exists()


def test_who_waits_waits_for_a_worker_that_is_there(monkeypatch, tmp_path):
    looks = []
    monkeypatch.setattr(backend.time, "sleep", lambda seconds: looks.append(seconds) or run_waiting())
    plain.enqueue(str(tmp_path / "notes"))
    assert (plain.wait(str(tmp_path / "notes"), seconds=4), looks) == (False, [])  # nobody has seen one
    TaskWorker.objects.create(name="w", seen_at=timezone.now())
    assert (plain.wait(str(tmp_path / "notes"), seconds=4), looks) == (True, [backend.PAUSE])


def test_who_waits_waits_no_longer_than_it_may(monkeypatch):
    monkeypatch.setattr(backend.time, "sleep", lambda seconds: clock.append(clock[-1] + 3))
    monkeypatch.setattr(backend.time, "monotonic", lambda: clock[-1])
    clock = [100]
    TaskWorker.objects.create(name="w", seen_at=timezone.now())
    plain.enqueue("notes")
    assert (plain.wait("notes", seconds=4), clock) == (False, [100, 103, 106])


def test_a_task_may_run_for_half_an_hour_and_long_ones_for_hours():
    from budgets.imports.jobs import read_uploaded
    from core.audit.verify_task import verify_records

    assert [one.most_seconds for one in (plain, read_uploaded, verify_records)] == [1_800, 7_200, 21_600]
