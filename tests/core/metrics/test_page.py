"""Who may ask for /metrics, and what it says; tests/nodes asks a real server of two nodes."""

from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.db import DatabaseError
from django.utils import timezone

from core.metrics import page
from core.models import TaskWorker
from core.replica.monitor import ReplicaMonitor


@pytest.fixture
def allowed(settings):
    settings.METRICS_FROM = [ip_network("127.0.0.1"), ip_network("10.2.0.0/16")]


def lines(client, **headers):
    response = client.get("/metrics", **headers)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/plain; version=")
    text = response.content.decode()
    return dict(line.rsplit(" ", 1) for line in text.splitlines() if line and line[0] != "#")


def test_nobody_may_ask_by_default(client, seeded):
    assert client.get("/metrics").status_code == 404


@pytest.mark.parametrize(
    ("address", "forwarded", "status"),
    [
        ("127.0.0.1", "", 200),
        ("::ffff:10.2.3.4", "", 200),
        ("10.3.0.1", "", 404),
        ("127.0.0.1", "10.2.3.4", 200),
        ("127.0.0.1", "10.3.0.1", 404),  # a proxy that is trusted says who asks
        ("127.0.0.1", "127.0.0.1, 10.3.0.1", 404),  # whatever the client wrote there itself
        ("10.3.0.1", "10.2.3.4", 404),  # who is not trusted says nothing
        ("127.0.0.1", "unknown", 404),
    ],
)
def test_only_listed_addresses_may_ask(client, seeded, allowed, address, forwarded, status):
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert client.get("/metrics", REMOTE_ADDR=address, **headers).status_code == status


def test_counts_pages_and_how_things_stand(staff_client, allowed):
    before = lines(staff_client)
    for _ in range(2):
        staff_client.get("/departments/data-center/")
    TaskWorker.objects.create(name="worker", seen_at=timezone.now() - timedelta(seconds=20))
    after = lines(staff_client)
    remembered = 'report_remembered_pages_total{answer="remembered"}'
    assert float(after[remembered]) == float(before[remembered]) + 1
    assert after["report_database_up"] == "1.0"
    assert (after["report_queue_waiting"], after["report_workers"]) == ("0.0", "1.0")
    assert 19 < float(after["report_worker_seen_seconds"]) < 60
    assert (20 << 20) < float(after["report_memory_bytes"]) < (4 << 30)
    assert 'report_gate_waiting{gate="files"}' in after
    assert "report_replica_used" not in after  # there is none
    assert not [name for name in after if "data-center" in name or "staff" in name]


def test_says_that_the_database_does_not_answer(client, seeded, allowed, monkeypatch):
    def fail():
        raise DatabaseError

    monkeypatch.setattr(page, "queue_state", fail)
    found = lines(client)
    assert found["report_database_up"] == "0.0"
    assert "report_queue_waiting" not in found


@pytest.mark.parametrize(
    ("lag", "shown", "used"), [(None, "NaN", "0.0"), (0.5, "0.5", "1.0"), (9.0, "9.0", "0.0")]
)
def test_says_how_far_the_replica_is_behind(client, seeded, allowed, settings, monkeypatch, lag, shown, used):
    monitor = ReplicaMonitor()
    monitor.lag = lag
    monkeypatch.setattr(monitor, "is_usable", lambda: lag is not None and lag < 5)
    monkeypatch.setattr(page, "monitor", monitor)
    monkeypatch.setitem(settings.DATABASES, "replica", {"ATOMIC_REQUESTS": False})
    found = lines(client)
    assert (found["report_replica_lag_seconds"], found["report_replica_used"]) == (shown, used)
