"""Background work of the tests. What it does beyond the database it notes in a file, which every process may add to."""

import os
import signal
import tempfile
import time
from pathlib import Path

from django.utils import timezone
from django_tasks import task

from core.models import PeriodicTask

LONG = 20  # seconds that nothing here takes


def note(path, words):
    with Path(path).open("a") as file:
        file.write(f"{words}\n")


def noted(path):
    return Path(path).read_text().splitlines() if Path(path).exists() else []


def wait_for(condition):
    """The moment at which it holds; fails where it does not within LONG."""
    end = time.monotonic() + LONG
    while not (found := condition()):
        assert time.monotonic() < end
        time.sleep(0.01)
    return found


@task(queue_name="plain", most_waiting=3)
def plain(run, path, words="done"):
    note(path, words)
    return words


def effect(name):
    """A row, which can be written once."""
    PeriodicTask.objects.create(name=name, due_at=timezone.now())


def effects():
    return sorted(PeriodicTask.objects.filter(name__startswith="effect").values_list("name", flat=True))


def give_up(run, path):
    note(path, "given up")
    effect("effect of giving up")


@task(queue_name="littering")
def littering(run, path):
    note(path, tempfile.mkdtemp())
    if run.attempt == 1:
        os.kill(os.getpid(), signal.SIGKILL)


@task(queue_name="alone", alone=True, tries=2, abandoned=give_up)
def alone(run, path):
    note(path, f"alone {run.attempt}")


@task(queue_name="failing", tries=2, abandoned=give_up)
def failing(run, path):
    note(path, f"try {run.attempt}")
    raise ValueError("broken")


@task(queue_name="deadly", tries=2, abandoned=give_up)
def deadly(run, path):
    note(path, f"try {run.attempt}")
    os.kill(os.getpid(), signal.SIGKILL)


@task(queue_name="hanging", tries=2, most_seconds=1, abandoned=give_up)
def hanging(run, path):
    note(path, f"begun by {os.getpid()}")
    signal.pause()


@task(queue_name="patient")
def patient(run, path):
    """Waits for the file `go` beside its notes, and ends with its effect."""
    note(path, f"begun {run.attempt} by {os.getpid()}")
    wait_for(Path(path).with_name("go").exists)
    with run.held():
        effect(f"effect {run.attempt}")
        run.complete(run.attempt)
