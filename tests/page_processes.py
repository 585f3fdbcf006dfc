"""A web process that shows pages and changes what they show, told line by line what to do:

    python -m tests.page_processes NUMBER

on the database that DATABASE_URL names. `test_remembered_pages.py` runs two of them beside each other.
"""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WAIT = 2  # seconds that one waits for what the other holds


class PageProcess:
    """From outside: each call is a line, and its answer another one."""

    def __init__(self, number, address, secret_key, shared_pages):
        environment = os.environ | {
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "seoul_digital.settings",
            "SECRET_KEY": secret_key,
            "SECOND_FACTOR": "none",
            "SHARED_PAGES": str(shared_pages),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.page_processes", str(number)],
            env=environment,
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self.heard() == "ready"

    def say(self, **words):
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()

    def heard(self):
        for line in self.process.stdout:
            if line.startswith("@"):
                answer = json.loads(line[1:])
                assert "error" not in answer, answer["error"]
                return answer["said"]
        raise AssertionError(f"ended with {self.process.wait()}")

    def ask(self, **words):
        self.say(**words)
        return self.heard()

    def end(self):
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()


def answer(**words):
    print("@" + json.dumps(words), flush=True)


def next_line():
    line = sys.stdin.readline()
    return json.loads(line) if line else None


class Told:
    """From inside: what the lines ask for."""

    def __init__(self, number):
        from tests.changes import World

        self.world, self.around = World(), None
        self.world.count = number * 5_000

    def pages(self, addresses):
        from tests.memories import seen

        asked = [(client, address) for client in self.world.clients for address in addresses]
        return [seen(client, address).decode() for client, address in asked]

    def pages_as_made_anew(self, addresses):
        """Pages, each of which is as it is made without memory."""
        from tests.memories import pages_as_made_anew

        return [page.decode() for page in pages_as_made_anew(self.world.clients, addresses)]

    def interrupted(self, address, moment):
        """A page during which something else happens: before its rows are read, or after."""
        from core.remembered import pages

        with stopped_at(pages, moment):
            self.world.clients[0].get(address)
        return "made"

    def change(self, name):
        """In a transaction that stays open; what waits too long for the other is taken back."""
        from django.db import DatabaseError, transaction

        self.around = transaction.atomic()
        self.around.__enter__()
        try:
            with transaction.atomic():
                getattr(self.world, name)()
        except DatabaseError as error:
            return f"refused: {error}"
        return "changed"

    def finish(self, commits):
        from django.db import transaction

        if not commits:
            transaction.set_rollback(True)
        self.around.__exit__(None, None, None)
        return "finished"


@contextmanager
def stopped_at(pages, moment):
    name, calls = {"before": ("take_snapshot", [1]), "after": ("_revisions", [2])}[moment]
    real, seen = getattr(pages, name), []

    def stop(request):
        seen.append(request)
        if len(seen) in calls:
            answer(said="stopped")
            assert next_line() == {"do": "go"}
        return real(request)

    setattr(pages, name, stop)
    try:
        yield
    finally:
        setattr(pages, name, real)
    if len(seen) < calls[0]:  # from memory: there was nothing to interrupt
        answer(said="stopped")
        assert next_line() == {"do": "go"}


def run(number):
    import traceback

    import pytest
    from django.test.utils import setup_test_environment

    from tests.background import run_waiting

    setup_test_environment()  # for the tests' clients to see what a page is made of

    def wait(task, *args, seconds):
        run_waiting()
        return not task.unfinished(*args).exists()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("core.tasks.backend.BackgroundTask.wait", wait)
        told = Told(number)
        answer(said="ready")
        while words := next_line():
            try:
                said = getattr(told, words.pop("do"))(**words)
            except Exception:
                answer(error=traceback.format_exc()[-3_000:])
            else:
                answer(said=said)


if __name__ == "__main__":
    from tests.core.edit_conflicts.writers import prepare

    prepare(WAIT)
    run(int(sys.argv[1]))
