"""Workers that live, die and are stopped, as processes."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, connections
from django_tasks_db.models import DBTaskResult

from core.models import TaskLease, TaskWorker
from core.tasks import worker
from core.tasks.leases import claim
from tests.core.tasks.conftest import stop
from tests.core.tasks.works import alone, deadly, effects, hanging, littering, noted, patient, plain, wait_for

pytestmark = pytest.mark.engine


@pytest.fixture
def notes(tmp_path):
    return str(tmp_path / "notes")


def ended(count=1):
    def look():
        finished = DBTaskResult.objects.finished()
        return finished.count() >= count and sorted(finished.values_list("status", "return_value"), key=str)

    return wait_for(look)


def job_of(notes, begun=1):
    """The process that runs the patient task for the `begun`-th time."""
    line = wait_for(lambda: len(noted(notes)) >= begun and noted(notes)[begun - 1])
    return int(line.split()[-1])


def is_gone(pid):
    try:
        return "Z" in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return True


def let_go(notes):
    Path(notes).with_name("go").touch()


def test_a_worker_does_not_wait_for_a_task_that_is_just_ending(shared_database, notes):
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time, whichever row it is")
    plain.enqueue(notes)
    run = claim("worker")

    def beat():
        try:
            return run.beat()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool, run.held():
        assert pool.submit(beat).result(5)


def test_two_workers_run_each_task_once(start_worker, notes):
    start_worker("first"), start_worker("second")
    for number in range(3):
        plain.enqueue(notes, f"task {number}")
        alone.enqueue(notes)
    assert ended(6) == [
        *[("SUCCESSFUL", f"task {number}") for number in range(3)],
        *[("SUCCESSFUL", None)] * 3,
    ]
    assert sorted(noted(notes)) == ["alone 1"] * 3 + ["task 0", "task 1", "task 2"]
    assert wait_for(lambda: TaskWorker.objects.living().count() == 2)


@pytest.mark.parametrize("again", ["same", "other"])
def test_a_killed_worker_takes_its_jobs_along_and_another_takes_them_up(start_worker, notes, again, tmp_path):
    patient.enqueue(notes)
    first = start_worker("same")
    job = job_of(notes)
    stop(first, signal.SIGKILL)
    wait_for(lambda: is_gone(job))
    assert DBTaskResult.objects.get().status == "RUNNING"
    (left,) = tmp_path.glob("report-task-*")
    os.utime(left, (0, 0))
    start_worker(again)
    job_of(notes, begun=2)
    assert not left.exists()
    let_go(notes)
    assert ended() == [("SUCCESSFUL", 2)]
    assert effects() == ["effect 2"]


def test_a_killed_job_is_tried_again_by_its_worker(start_worker, notes):
    patient.enqueue(notes)
    start_worker()
    os.kill(job_of(notes), signal.SIGKILL)
    job_of(notes, begun=2)
    let_go(notes)
    assert (ended(), effects()) == ([("SUCCESSFUL", 2)], ["effect 2"])


def test_what_kills_each_of_its_jobs_is_given_up(start_worker, notes):
    deadly.enqueue(notes)
    start_worker()
    assert ended() == [("FAILED", None)]
    assert (noted(notes), effects()) == (["try 1", "try 2", "given up"], ["effect of giving up"])


def test_what_hangs_is_killed_after_its_limit_and_given_up(start_worker, notes):
    hanging.enqueue(notes)
    start_worker()
    job = job_of(notes)
    assert (ended(), effects(), is_gone(job)) == ([("FAILED", None)], ["effect of giving up"], True)


def test_temporary_files_go_with_their_task_however_it_ends(start_worker, notes):
    littering.enqueue(notes)
    start_worker()
    assert ended() == [("SUCCESSFUL", None)]
    left = [Path(folder) for folder in noted(notes)]
    assert len({folder.parent for folder in left}) == 2
    wait_for(lambda: not any(folder.parent.exists() for folder in left))


def test_a_worker_that_wakes_after_its_lease_does_not_count(start_worker, notes, monkeypatch):
    patient.enqueue(notes)
    with monkeypatch.context() as patch:
        patch.setattr(
            worker, "BEAT", 60
        )  # it is not stopped within a write, which would hold all of SQLite up
        sleeper = start_worker("sleeper")
    job = job_of(notes)
    for pid in (sleeper, job):
        os.kill(pid, signal.SIGSTOP)
    start_worker("other")
    job_of(notes, begun=2)  # the lease has run out
    let_go(notes)
    assert ended() == [("SUCCESSFUL", 2)]
    for pid in (sleeper, job):
        os.kill(pid, signal.SIGCONT)
    wait_for(lambda: is_gone(job))
    assert (effects(), DBTaskResult.objects.get().return_value) == (["effect 2"], 2)


def test_a_stopped_worker_ends_what_it_can_and_gives_the_rest_back(start_worker, notes):
    patient.enqueue(notes)
    stopped = start_worker()
    job = job_of(notes)
    assert stop(stopped) == 0
    assert is_gone(job)
    row = DBTaskResult.objects.get()
    assert (row.status, row.worker_ids, TaskLease.objects.get().token) == ("READY", [], None)
    assert not TaskWorker.objects.exists()
    stopped = start_worker()
    job_of(notes, begun=2)
    let_go(notes)
    assert (stop(stopped), ended()) == (0, [("SUCCESSFUL", 1)])
