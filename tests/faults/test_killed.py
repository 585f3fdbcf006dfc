"""The process that answers is killed (SIGKILL) at each write of users' journeys: no half state, and the next try works.

As the memory limit of a machine does it, or its plug: nothing after the write runs, no `finally` and no rollback of ours.
"""

import os
import signal
import time

import pytest
from django.db import connection

from tests.faults import faults
from tests.faults.conftest import params
from tests.faults.faults import Steps
from tests.faults.journeys import JOURNEYS
from tests.faults.rehearsal import Rehearsal, describe

MOMENTS = {
    "at a statement": (faults.statements, faults.die),
    "before a commit": (faults.commits, faults.die),
    "after a commit": (faults.commits, lambda commit: (commit(), faults.die())),
    "at a file": (faults.opened_files, faults.die),
    "at a mail": (faults.mails, faults.die),
}
EVERY = 1 if os.environ.get("FAULTS") == "all" else 5  # of more statements than these one in so many


@pytest.fixture(params=params([journey for journey in JOURNEYS if journey.writes], quick={"edit"}))
def journey(request):
    return request.param


def killed(rehearsal, kind, strike, at):
    """Whether a process of its own was killed at its `at`-th write of the kind."""
    connection.close()
    child = os.fork()
    if not child:
        try:
            with kind(Steps(at, strike)):
                rehearsal.go()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    wait_until_left()
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def wait_until_left():
    """PostgreSQL hears of the end of a client a moment later."""
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    while connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(others)
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.01)


def wrong_after(rehearsal, is_last):
    """What is half, and what the next try makes of it."""
    changes = rehearsal.settled()
    if changes not in rehearsal.stages and not rehearsal.is_refused(changes):
        yield f"half: {describe(changes, rehearsal.stages[-1])}"
    elif is_last and rehearsal.stages[-1] - changes:
        yield from rehearsal.retried(changes)
    rehearsal.world.restore()


def test_a_worker_killed_at_a_write_leaves_no_half(world, journey, tmp_path):
    rehearsal, wrong = Rehearsal(world, journey, tmp_path), []
    for moment, (kind, strike) in MOMENTS.items():
        count = rehearsal.counts[kind]
        struck = range(1, count + 1, EVERY if count > EVERY else 1)
        for at in struck:
            assert killed(rehearsal, kind, strike, at), f"{moment} {at}/{count}"
            wrong += [f"{moment} {at}/{count}: {text}" for text in wrong_after(rehearsal, at == struck[-1])]
    assert not wrong, "\n".join(wrong)
