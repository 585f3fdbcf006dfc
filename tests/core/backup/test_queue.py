"""A copy that comes back begins no work of its day again."""

import sqlite3
from contextlib import closing

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from budgets.imports import jobs
from budgets.imports.options import Options
from core.backup.queue import forget_queue
from core.models import PeriodicTask, TaskLease, TaskWorker
from core.tasks.leases import claim
from departments.models import Department
from tests.background import run_waiting
from tests.core.tasks.works import patient, plain

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(tmp_path, monkeypatch):
    """One result, one task that runs, one that waits, and `verify` due."""
    monkeypatch.setattr(connection, "close", lambda: None)  # the transaction of the test
    plain.enqueue(str(tmp_path / "notes"))
    run_waiting()
    patient.enqueue("b"), claim("worker")
    plain.enqueue("c")
    TaskWorker.objects.create(name="worker", seen_at=timezone.now())
    PeriodicTask.objects.create(name="verify", due_at=timezone.now())


@pytest.mark.engine
def test_nothing_waits_runs_or_is_due_and_results_stay(busy):
    forget_queue(connection)
    assert list(DBTaskResult.objects.values_list("status", flat=True)) == ["SUCCESSFUL"]
    assert [model.objects.count() for model in (TaskLease, TaskWorker, PeriodicTask)] == [0, 0, 0]


def test_a_file_that_waited_to_be_read_is_refused_and_can_be_uploaded_again(busy, seeded, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"x")
    bureau = Department.objects.get(slug="digital-policy-bureau")
    token = storages["uploads"].save("", ContentFile(b"x"))
    incoming = jobs.register(bureau, "a.csv", path, Options("2022-09-30", "원"), token=token)
    jobs.put_in_line(incoming)
    forget_queue(connection)
    jobs.cleanup_interrupted()
    incoming.refresh_from_db()
    assert (incoming.state, incoming.report["problems"]) == ("refused", [jobs.INTERRUPTED.to_dict()])


def test_a_database_of_before_there_was_a_queue_is_left_as_it_is(connect_to_file, tmp_path):
    with closing(sqlite3.connect(tmp_path / "old.sqlite3")) as old:
        old.execute("CREATE TABLE core_source (id)")
    forget_queue(connect_to_file(tmp_path / "old.sqlite3"))
    with closing(sqlite3.connect(tmp_path / "old.sqlite3")) as old:
        assert old.execute("SELECT name FROM sqlite_master").fetchall() == [("core_source",)]
