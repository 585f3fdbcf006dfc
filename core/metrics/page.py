"""`/metrics` for Prometheus: what the processes of this node have counted, and how queue, replica and memory stand now."""

import os
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Metric, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from seoul_digital.access_log import address_of
from seoul_digital.lib.metrics.series import registry

from ..models import TaskWorker
from ..replica.monitor import monitor
from ..replica.router import REPLICA
from ..tasks.state import queue_state

FOLDER = "PROMETHEUS_MULTIPROC_DIR"


@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """For the addresses of METRICS_FROM; to all others there is no such page."""
    if not is_allowed(address_of(request).strip('"')):
        raise Http404
    shared = registry
    if FOLDER in os.environ:
        shared = CollectorRegistry()
        multiprocess.MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
    now = CollectorRegistry()
    now.register(StateCollector())
    text = generate_latest(shared) + generate_latest(now)
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST)


def is_allowed(address: str) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    plain = getattr(found, "ipv4_mapped", None) or found
    return any(plain in network for network in settings.METRICS_FROM)


class StateCollector(Collector):
    """How things stand when they are asked for."""

    def collect(self) -> Iterator[Metric]:
        yield _gauge("report_memory_bytes", "Memory of the web processes (PSS)", sum(_memory()))
        try:
            found = [*_queue()]
        except DatabaseError:
            found = []
        yield _gauge("report_database_up", "Whether the database answers", bool(found))
        yield from found
        if REPLICA in settings.DATABASES:
            yield _gauge("report_replica_used", "Whether readers' pages come from it", monitor.is_usable())
            lag = float("nan") if monitor.lag is None else monitor.lag
            yield _gauge("report_replica_lag_seconds", "How far it is behind; NaN where nobody knows", lag)


def _queue() -> Iterator[Metric]:
    state = queue_state()
    yield _gauge("report_queue_waiting", "Background work that is due", state.waiting)
    yield _gauge("report_queue_running", "Background work that is being done", state.running)
    yield _gauge("report_queue_oldest_seconds", "For how long the oldest has waited", state.oldest_seconds)
    yield _gauge("report_workers", "Workers seen within a minute", state.workers)
    seen = TaskWorker.objects.aggregate(last=Max("seen_at"))["last"]
    ago = (timezone.now() - seen).total_seconds() if seen else float("nan")
    yield _gauge("report_worker_seen_seconds", "Since the last sign of life of any worker", ago)


def _memory() -> Iterator[int]:
    """Of each process of this server: the one that made the others, and those."""
    parent = os.getppid() if FOLDER in os.environ else os.getpid()
    try:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    except OSError:
        children = []
    for process in {parent, os.getpid(), *map(int, children)}:
        try:
            lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        except OSError:  # it has just ended
            continue
        yield from (int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:"))


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value)
