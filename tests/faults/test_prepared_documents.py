"""The process that makes documents ahead is killed at each of its writes: another one makes them, once, and publishing is as without them."""

import os
import signal
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.models import StoredFile, TaskLease, TaskWorker
from core.storage import clear_expired
from departments.models import User
from reports.editions import preparing, publishing
from reports.editions.ready_documents import documents_state
from reports.models import PublishedFile
from tests.background import run_waiting
from tests.faults import faults
from tests.faults.faults import Steps
from tests.faults.journeys import edition_in
from tests.reports.editions.conftest import confirm_all, explain_errors, sign

pytestmark = pytest.mark.thorough
ENDS = {
    "at a statement": (faults.statements, faults.die),
    "before a commit": (faults.commits, faults.die),
    "after a commit": (faults.commits, lambda commit: (commit(), faults.die())),
}


@pytest.fixture
def asked(world):
    """The key of an edition whose documents wait to be made, and their mark."""
    edition, _ = edition_in("review")
    explain_errors(edition)
    confirm_all(edition)
    sign(edition, User.objects.get(username="planner"))
    TaskWorker.objects.create(name="worker", seen_at=timezone.now() + timedelta(days=1))
    prepared = publishing.prepare(edition)
    assert preparing.asked_for(prepared).is_under_way
    world.keep()
    return edition, prepared.documents_mark


def killed(kind, strike, at):
    connection.close()
    child = os.fork()
    if not child:
        try:
            with kind(Steps(at, strike)):
                run_waiting()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def next_hour():
    """The lease of the dead worker runs out, and what nobody said to keep is old."""
    TaskLease.objects.update(expires_at=Now() - timedelta(seconds=1))
    DBTaskResult.objects.update(run_after=timezone.now())
    run_waiting()
    unkept = StoredFile.objects.filter(expires_at__lt=Now() + timedelta(minutes=61))
    unkept.update(expires_at=Now() - timedelta(seconds=1))
    clear_expired()


def test_a_worker_killed_at_a_write_leaves_no_half(world, asked):
    edition, mark = asked
    for moment, (kind, strike) in ENDS.items():
        steps = Steps()
        with kind(steps):
            assert run_waiting() == 1
        world.restore()
        assert steps.count > 3
        for at in range(1, steps.count + 1):
            assert killed(kind, strike, at), f"{moment} {at}"
            state = documents_state(edition.pk, mark)
            assert state.is_under_way or state.ready.is_whole, f"{moment} {at}"
            next_hour()
            ready = documents_state(edition.pk, mark).ready
            assert ready.contents() == {"json": b"{}"}, f"{moment} {at}"
            assert StoredFile.objects.filter(folder="prepared").count() == 1, f"{moment} {at}"
            assert [row.status for row in DBTaskResult.objects.all()] == ["SUCCESSFUL"], f"{moment} {at}"
            world.restore()


def test_publishing_needs_nobody_to_make_them(world, asked):
    """Of a worker that died in the midst, and of one that comes afterwards."""
    edition, _ = asked
    assert killed(faults.commits, faults.die, 2)
    user = User.objects.get(username="planner")
    token = publishing.proposal(edition).version_token
    publishing.publish(edition, user=user, version_token=token)
    next_hour()
    assert [file.bytes for file in PublishedFile.objects.all()] == [b"{}"]
    assert not StoredFile.objects.filter(folder="prepared").exists()
