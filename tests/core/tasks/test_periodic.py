"""Work that comes again by the clock."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from core.models import PeriodicTask
from core.tasks import periodic
from core.tasks.leases import claim, perform
from core.tasks.periodic import TaskSchedule, enqueue_due, register_periodic
from tests.core.tasks.works import plain

pytestmark = [pytest.mark.django_db, pytest.mark.engine]
SEOUL = ZoneInfo("Asia/Seoul")


@pytest.fixture(autouse=True)
def nothing_scheduled(monkeypatch):
    monkeypatch.setattr(periodic, "_schedules", {})


def make_due():
    PeriodicTask.objects.update(due_at=timezone.now() - timedelta(minutes=1))


def test_it_is_enqueued_once_when_it_is_due():
    register_periodic(plain, every=timedelta(hours=1))
    enqueue_due()
    assert not plain.unfinished().exists()  # an hour after a worker saw it first
    make_due()
    enqueue_due(), enqueue_due()
    assert plain.unfinished().count() == 1
    assert timedelta(minutes=59) < PeriodicTask.objects.get().due_at - timezone.now() <= timedelta(hours=1)


def test_it_is_not_enqueued_while_it_waits_or_is_not_wanted():
    register_periodic(plain, every=timedelta(hours=1), is_wanted=lambda: wanted)
    enqueue_due()
    wanted = False
    make_due()
    enqueue_due()
    assert not plain.unfinished().exists()
    wanted = True
    for _ in range(2):
        make_due()
        enqueue_due()
    assert plain.unfinished().count() == 1


def test_two_workers_enqueue_it_once(monkeypatch):
    register_periodic(plain, every=timedelta(hours=1))
    enqueue_due()
    make_due()
    before = timezone.now()
    for _ in range(2):  # both have read that it is due
        periodic._enqueue(plain.module_path, periodic._schedules[plain.module_path], before)
        if run := claim("first"):
            monkeypatch.setattr(run, "task", plain)
            run.result.args_kwargs = {"args": ["/dev/null"], "kwargs": {}}
            perform(run)
    assert claim("second") is None
    assert PeriodicTask.objects.get().due_at > before


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-27 03:00", "2026-11-27 03:30"),
        ("2026-11-27 03:30", "2026-11-28 03:30"),
        ("2026-11-27 23:00", "2026-11-28 03:30"),
    ],
)
def test_a_time_of_day_is_that_of_seoul(now, expected):
    schedule = TaskSchedule(plain, timedelta(days=1), time(3, 30), lambda: True)
    moment = datetime.fromisoformat(now).replace(tzinfo=SEOUL)
    assert f"{timezone.localtime(schedule.after(moment)):%Y-%m-%d %H:%M}" == expected
