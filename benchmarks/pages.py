"""What each page costs the server: `make benchmark-pages`. Answers of the seeded report, by Django's test client, in this process."""

import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / part) for part in ("", "tools")]

ROUNDS = 9
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


def timed(client, address):
    begun = time.perf_counter()
    response = client.get(address)
    return response, (time.perf_counter() - begun) * 1000


def measure(client, address):
    """Status, queries, bytes of HTML plain and by brotli, and the median of milliseconds."""
    import brotli
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    timed(
        client, address
    )  # loads the templates and, the first time, writes down when the session was last seen
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
        count = len(queries)  # later requests empty the log
    times = [timed(client, address)[1] for _ in range(ROUNDS)]
    return (
        response.status_code,
        count,
        len(response.content),
        len(brotli.compress(response.content, quality=4)),
        median(times),
    )


def signed_in():
    from django.test import Client

    from departments.models import User

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username="admin"))
    return client


def report():
    client = signed_in()
    print(f"{'page':<48} {'status':>6} {'queries':>7} {'html B':>8} {'brotli':>7} {'ms':>6}")
    for address in addresses():
        status, queries, size, small, milliseconds = measure(client, address)
        print(f"{address:<48} {status:>6} {queries:>7} {size:>8} {small:>7} {milliseconds:>6.1f}")


def main():
    import demo
    import django

    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(demo.prepared(folder).environment, DJANGO_SETTINGS_MODULE="seoul_digital.settings")
        django.setup()
        report()


if __name__ == "__main__":
    main()
