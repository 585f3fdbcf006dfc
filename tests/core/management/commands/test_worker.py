"""The command starts a worker under its name."""

import pytest
from django.core.management import call_command

from core.tasks.worker import QueueWorker


@pytest.mark.parametrize(("given", "begins"), [((), ""), (("--name", "web-1"), "web-1")])
def test_a_worker_runs_under_its_name(monkeypatch, given, begins):
    names = []
    monkeypatch.setattr(QueueWorker, "run", lambda self: names.append(self.name))
    call_command("worker", *given)
    call_command("worker", *given)
    assert all(name.startswith(begins) for name in names)
    assert (names[0] == names[1]) == bool(given)  # by itself each is another one
