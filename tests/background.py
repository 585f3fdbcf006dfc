"""Background work in the tests' own process: another one would not see their transaction."""

from contextlib import suppress

from django.db import DatabaseError, InterfaceError, connection

from core.tasks.leases import claim, perform


def run_waiting():
    """Runs what waits, in its order, until nothing does; gives how many there were."""
    count = 0
    while run := claim("tests"):
        perform(run)
        count += 1
    return count


def run_as_a_worker(task, *args, seconds):
    """In place of `BackgroundTask.wait` where the database may fail, of which a worker hears and goes on."""
    for _ in range(2):
        with suppress(DatabaseError, InterfaceError):
            run_waiting()
            break
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
    return not task.unfinished(*args).exists()
