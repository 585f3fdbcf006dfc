"""What each page costs the server: `make benchmark`. Answers of the seeded report, by Django's test client, in this process.

Exits with 1 when a bar is missed; README.md tells them.
"""

import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / part) for part in ("", "tools")]

ROUNDS = int(os.environ.get("ROUNDS") or 9)
UNCHANGED, NOT_MODIFIED = 0.11, 1.2  # bars: of a first view; of an empty view
EMPTY = "/empty/"
PAGES = [
    "/",
    "/departments/",
    "/budgets/revenue/",
    "/budgets/expenditure/",
    "/budgets/cross-tab/",
    "/projects/",
    "/projects/timeline/",
    "/projects/indicators/",
    "/glossary/",
    "/search/?q=와이파이",
]


def addresses():
    """PAGES and one page for each department, its budget lines, and each project."""
    from budgets.models import BudgetLine
    from departments.models import Department
    from projects.models import Project

    yield from PAGES
    yield from (f"/departments/{one.slug}/" for one in Department.objects.order_by("slug"))
    yield from (
        f"/budgets/expenditure/{slug}/"
        for slug in sorted(set(BudgetLine.objects.values_list("department__slug", flat=True)))
    )
    yield from (f"/projects/{one.slug}/" for one in Project.objects.order_by("slug"))


def processor_time(client, address, **headers):
    """Milliseconds of this process, the median of ROUNDS."""
    times = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        client.get(address, headers=headers)
        times.append((time.process_time() - begun) * 1000)
    return median(times)


def first_view(client, address):
    """The same of views that each follow a change that every page may show: of how a source is called."""
    from core.models import Source

    times = []
    for number in range(ROUNDS):
        Source.objects.filter(state="in_force").update(document=f"바뀐 문서 {number}")
        begun = time.process_time()
        client.get(address)
        times.append((time.process_time() - begun) * 1000)
    return median(times)


def measure(reader, other, address):
    """Status, queries, bytes of HTML plain and by brotli, and milliseconds of processor: the first view after a change, another
    reader's view of the unchanged page, and a 304 (0 where there is none)."""
    import brotli
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    reader.get(address)  # loads the templates
    first = first_view(reader, address)
    with CaptureQueriesContext(connection) as queries:
        response = other.get(address)
        count = len(queries)  # later requests empty the log
    tag = response.headers.get("ETag")
    if not tag and hasattr(response.wsgi_request, "is_kept_by_browsers"):
        raise SystemExit(f"{address} is not remembered")
    unchanged = processor_time(other, address)
    not_modified = processor_time(other, address, **{"If-None-Match": tag}) if tag else 0
    size, small = len(response.content), len(brotli.compress(response.content, quality=4))
    return response.status_code, count, size, small, first, unchanged, not_modified


def signed_in(name):
    """Who may read and no more."""
    from django.test import Client

    from departments.models import User

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.create(username=name))
    return client


def report():
    """Whether the bars are kept, by the medians over the pages that are remembered."""
    reader, other = signed_in("reader"), signed_in("other")
    print(f"{'page':<48} status queries  html B  brotli  first ms  unchanged  304")
    unchanged_to_first, not_modified_to_empty = [], []
    for address in addresses():
        status, queries, size, small, first, unchanged, not_modified = measure(reader, other, address)
        empty = processor_time(other, EMPTY)
        print(
            f"{address:<48} {status:>6} {queries:>7} {size:>7} {small:>7} {first:>9.1f} {unchanged:>10.1f} {not_modified:>4.1f}"
        )
        if not_modified:
            unchanged_to_first.append(unchanged / first)
            not_modified_to_empty.append(not_modified / empty)
    rows = [
        ("unchanged, another reader, against the first view", median(unchanged_to_first), UNCHANGED),
        (
            f"304 against an empty signed-in view ({empty:.1f} ms)",
            median(not_modified_to_empty),
            NOT_MODIFIED,
        ),
    ]
    for what, ratio, bar in rows:
        print(f"{what:<56} {ratio:.2f}  ≤ {bar}" + ("" if ratio <= bar else "  MISSED"))
    return all(ratio <= bar for _, ratio, bar in rows)


def add_empty_page():
    """A page of nothing, behind all middleware."""
    from django.http import HttpResponse
    from django.urls import path

    from seoul_digital.urls import urlpatterns

    urlpatterns.insert(0, path(EMPTY[1:], lambda request: HttpResponse()))


def main():
    import demo
    import django

    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(demo.prepared(folder).environment, DJANGO_SETTINGS_MODULE="seoul_digital.settings")
        django.setup()
        add_empty_page()
        sys.exit(not report())


if __name__ == "__main__":
    main()
