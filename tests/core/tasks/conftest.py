"""Workers of a test: processes of their own on a database that they and the test see."""

import os
import signal
import tempfile

import pytest
from django.db import connection

from core.tasks import leases, worker
from core.tasks.worker import QueueWorker
from tests.faults.state import PostgresqlCopies, SqliteCopies


@pytest.fixture
def shared_database(transactional_db, seeded, tmp_path):
    database = (SqliteCopies if connection.vendor == "sqlite" else PostgresqlCopies)(tmp_path)
    database.open()
    database.keep()
    yield
    database.close()


@pytest.fixture
def start_worker(shared_database, monkeypatch, tmp_path):
    """Starts a worker whose lease is a second; gives the process id."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # where one that is killed leaves what it had
    monkeypatch.setattr(leases, "LEASE", leases.timedelta(seconds=1))
    monkeypatch.setattr(leases, "AGAIN_AFTER", leases.timedelta())
    monkeypatch.setattr(worker, "BEAT", 0.2)
    monkeypatch.setattr(worker, "PAUSE", 0.02)
    monkeypatch.setattr(worker, "SECONDS_TO_END", 1)
    started = []

    def start(name="worker"):
        connection.close()
        pid = os.fork()
        if not pid:
            try:
                QueueWorker(name).run()
            finally:
                os._exit(0)
        started.append(pid)
        return pid

    yield start
    for pid in started:
        stop(pid, signal.SIGKILL)


def stop(pid, number=signal.SIGTERM):
    """Ends a worker and waits for its end; gives its exit code, None where it had ended."""
    try:
        os.kill(pid, number)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    except (ProcessLookupError, ChildProcessError):
        return None
