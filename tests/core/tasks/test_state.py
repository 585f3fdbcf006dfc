"""How the queue stands."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.models import TaskWorker
from core.tasks.leases import claim, perform
from core.tasks.state import QueueState, RunProgress, is_unattended, progress_of, queue_state
from tests.core.tasks.works import patient, plain

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


def grow_older(seconds):
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(seconds=seconds))


def see_worker(seconds_ago):
    TaskWorker.objects.update_or_create(
        name="w", defaults={"seen_at": Now() - timedelta(seconds=seconds_ago)}
    )


def test_what_waits_runs_and_how_long_is_counted(tmp_path):
    assert queue_state() == QueueState(waiting=0, running=0, oldest_seconds=0.0, workers=0)
    plain.enqueue(str(tmp_path / "notes")), plain.enqueue("b"), patient.enqueue("c")
    grow_older(90)
    run = claim("first")
    see_worker(5)
    state = queue_state()
    assert (state.waiting, state.running, state.workers) == (2, 1, 1)
    assert 90 <= state.oldest_seconds < 100
    perform(run)
    assert queue_state().running == 0


def test_what_was_put_off_has_been_due_only_since_then():
    plain.enqueue("a")
    grow_older(3_600)
    DBTaskResult.objects.update(run_after=timezone.now() - timedelta(seconds=20))
    assert 20 <= queue_state().oldest_seconds < 40
    assert not is_unattended()
    DBTaskResult.objects.update(run_after=timezone.now() + timedelta(seconds=60))
    assert (queue_state().waiting, queue_state().oldest_seconds) == (0, 0.0)
    DBTaskResult.objects.update(run_after=timezone.now() - timedelta(seconds=61))
    assert is_unattended()


def test_who_waits_for_a_minute_without_a_worker_is_told():
    assert not is_unattended()
    plain.enqueue("notes")
    assert not is_unattended()
    grow_older(61)
    assert is_unattended()
    see_worker(61)
    assert is_unattended()
    see_worker(59)
    assert not is_unattended()


def test_how_many_are_ahead_and_how_often_it_was_tried():
    plain.enqueue("a"), patient.enqueue("b"), plain.enqueue("c")
    assert [progress_of(plain, name) for name in "acd"] == [RunProgress(0), RunProgress(1), RunProgress(0)]
    run = claim("first")
    assert [progress_of(plain, name) for name in "ac"] == [RunProgress(0, 1), RunProgress(1)]
    run.release()
    assert progress_of(plain, "a") == RunProgress(0, 1)
    assert claim("second").attempt == 2
    assert progress_of(plain, "a") == RunProgress(0, 2)
