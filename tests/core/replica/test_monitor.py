"""How far the replica is behind; tests/nodes has a real one."""

import os
import time

import pytest

from core.replica import monitor as monitors
from core.replica.monitor import Lag, ReplicaMonitor


@pytest.fixture
def monitor(monkeypatch, settings):
    """One that has just seen a replica at 100, with no lag; its thread does not run."""
    settings.REPLICA_LAG_LIMIT = 5
    found = ReplicaMonitor()
    found._process, found.replayed, found.lag, found.looked_at = os.getpid(), 100, 0.0, time.monotonic()
    return found


def test_lag_is_the_age_of_the_newest_position_that_was_replayed():
    lag = Lag()
    assert lag.seconds(10.0, replayed=5) is None
    lag.note_written(10.0, 7)
    assert lag.seconds(10.0, replayed=6) is None
    assert lag.seconds(10.25, replayed=7) == 0.25
    lag.note_written(11.0, 9)
    lag.note_written(12.0, 11)
    assert lag.seconds(12.5, replayed=8) == 2.5
    assert lag.seconds(12.5, replayed=10) == 1.5
    assert lag.seconds(12.5, replayed=11) == 0.5


def test_idle_primary_makes_no_lag():
    lag = Lag()
    for second in (1.0, 2.0, 60.0):
        lag.note_written(second, 7)
        assert lag.seconds(second, replayed=7) == 0


@pytest.mark.parametrize(("lag", "age", "usable"), [(0.0, 0, True), (4.9, 0, True), (5.1, 0, False), (2.0, 4, False), (None, 0, False)])  # fmt: skip
def test_replica_is_left_out_past_the_limit_or_where_nobody_has_looked_lately(monitor, lag, age, usable):
    monitor.lag, monitor.looked_at = lag, time.monotonic() - age
    assert monitor.is_usable() is usable


def test_replica_that_failed_is_left_out_until_it_answers_again(monitor):
    monitor.leave_out()
    assert not monitor.is_usable()
    monitor.lag = 0.0
    assert monitor.is_usable()


def test_who_has_written_reads_the_replica_once_it_has_replayed_that(monitor, monkeypatch):
    asked = []
    monkeypatch.setattr(monitor, "_has_replayed", lambda seen: asked.append(seen) or seen <= 150)
    assert [monitor.is_usable(seen) for seen in (100, 150, 151)] == [True, True, False]
    assert asked == [150, 151]  # what is known is asked no second time


def test_each_process_looks_by_itself(monitor, monkeypatch):
    started = []
    monkeypatch.setattr(monitors.threading.Thread, "start", lambda thread: started.append(thread.name))
    monitor._process = 0
    assert not monitor.is_usable()
    assert not monitor.is_usable()
    assert started == ["replica"]
