"""Sixteen writers on a database of their own (DATABASE_URL), until the input ends. Prints the name of each thing that is committed."""

import os
import sys
import threading
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

WRITERS = 16
sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
os.environ["DJANGO_SETTINGS_MODULE"] = "seoul_digital.settings"


def publish():
    """An edition with a file, whose hashes a copy must hold."""
    from departments.models import Department
    from reports.models import Edition, PublishedReport
    from tests.factories import publish_file

    bureau = Department.objects.order_by("pk").first()
    day = datetime(2022, 8, 29, tzinfo=UTC)
    edition = Edition.objects.create(
        bureau=bureau, title="x", as_of=day.date(), deadline=day.date(), created_at=day
    )
    text, content = '{"제목": "업무\\n보고\\t"}', bytes(range(256)) * 100
    report = PublishedReport.objects.create(
        edition=edition, report=text, sha256=sha256(text.encode()).hexdigest()
    )
    publish_file(report, content, extension="pdf", name="x.pdf")


def write(number, stop):
    """Two rows a transaction, with their history: both or neither."""
    from django.db import connection, transaction

    from departments.models import JobSeries

    count = 0
    while not stop.is_set():
        name = f"{number}-{count}"
        with transaction.atomic():
            JobSeries.objects.create(name=f"a {name}", order=count)
            JobSeries.objects.create(name=f"b {name}", order=count)
        os.write(1, f"{name}\n".encode())  # whole lines, whoever else writes
        count += 1
        stop.wait(0.02)
    connection.close()


def main():
    import django

    django.setup()
    publish()
    stop = threading.Event()
    threads = [threading.Thread(target=write, args=(number, stop)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    sys.stdin.read()
    stop.set()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
