"""What is counted for `/metrics` (core/metrics/page.py). gunicorn.conf.py names the folder in which the processes of a server count together.

Names of routes, never paths: keys, names and dates stay out.
"""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)  # seconds
registry = CollectorRegistry()


def _counter(name: str, text: str, label: str) -> Counter:
    return Counter(name, text, [label], registry=registry)


def _gauge(name: str, text: str, label: str) -> Gauge:
    return Gauge(name, text, [label], registry=registry, multiprocess_mode="livesum")


request_seconds = Histogram(
    "report_request_seconds",
    "Requests by name of the route and status, until the answer begins",
    ["route", "status"],
    buckets=BUCKETS,
    registry=registry,
)
pages = _counter(
    "report_remembered_pages",
    "Readers' pages: not_modified (304), remembered, made, unkept (made, and not to be kept)",
    "answer",
)
page_store = _counter(
    "report_page_store",
    "Pages and what is known of them, asked of the store that all nodes share: found, missing, kept, failed",
    "answer",
)
figures = _counter("report_figures", "Figures of pages that were made: remembered, drawn", "answer")
replica_reads = _counter(
    "report_replica_reads",
    "Readers' pages where there is a replica: replica, primary (the replica is left out, or not yet where the reader is), failed (then made by the primary)",
    "answer",
)
unavailable = _counter(
    "report_unavailable",
    "Requests answered 503: busy, full, unreachable (database), store (of objects), crowded (gate)",
    "reason",
)
gate_waiting = _gauge("report_gate_waiting", "Threads that wait for a turn at dear work", "gate")
gate_inside = _gauge("report_gate_inside", "Threads at dear work", "gate")
