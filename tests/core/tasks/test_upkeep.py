"""What is left behind is cleared away."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.models import TaskWorker
from core.tasks import periodic
from core.tasks.upkeep import clear_up
from seoul_digital import cleanup
from tests.background import run_waiting
from tests.core.tasks.works import plain

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


def test_old_results_and_workers_go_and_new_ones_stay(monkeypatch, tmp_path):
    monkeypatch.setattr(cleanup, "clear", lambda: cleared.append("sessions"))
    cleared = []
    for name in ("old", "new"):
        plain.enqueue(str(tmp_path / "notes"), name)
    run_waiting()
    ages = {"old": timedelta(days=15), "new": timedelta(days=13)}
    for row in DBTaskResult.objects.all():
        row.finished_at = timezone.now() - ages[row.return_value]
        row.save()
    for days in (0, 2):
        TaskWorker.objects.create(name=str(days), seen_at=timezone.now() - timedelta(days=days))
    clear_up.enqueue()
    run_waiting()
    assert sorted(row.return_value or "" for row in DBTaskResult.objects.all()) == ["", "new"]
    assert [row.name for row in TaskWorker.objects.all()] == ["0"]
    assert cleared == ["sessions"]


def test_what_comes_again_by_the_clock():
    known = {name.rpartition(".")[2]: schedule for name, schedule in periodic._schedules.items()}
    assert {name: str(schedule.at or schedule.every) for name, schedule in known.items()} == {
        "clear_up": "1:00:00",
        "tidy": "1:00:00",
        "verify_records": "03:30:00",
        "remind_daily": "09:00:00",
    }
