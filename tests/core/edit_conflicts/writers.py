"""Many people at the same moment, before a database that they really share. `test_writers.py` runs this in a process of its own:

    python tests/core/edit_conflicts/writers.py SCENARIO WAIT PEOPLE

on the database that DATABASE_URL names; WAIT is how many seconds a writer waits for another. The last line is the outcome as JSON.
"""

import json
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

import django  # noqa: E402
from django.conf import settings  # noqa: E402

WRITERS = int(sys.argv[3]) if len(sys.argv) > 3 else 1
LIMIT = 120  # seconds after which writers who never get through give up


def prepare(wait):
    """As the settings have it, but for the waiting time."""
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.ALLOWED_HOSTS.append("testserver")
    options = settings.DATABASES["default"]["OPTIONS"]
    options |= {"timeout": wait} if "timeout" in options else {"options": f"-c lock_timeout={wait}s"}
    settings.DATABASES["default"]["CONN_MAX_AGE"] = 0
    django.setup()


def signed_in(number):
    from django.test import Client

    from departments.models import User

    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create(username=f"writer{number}", is_superuser=True))
    return client


def at_once(write):
    """What `write(number)` gives for each writer, all starting together."""
    from django.db import connections

    start = threading.Barrier(WRITERS)

    def run(number):
        try:
            return write(number, start)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(run, range(WRITERS)))


def form_at(client, url):
    from tests.forms import plain, sent

    return plain(sent(client.get(url)))


def count_up():
    """Each adds one to the same figure: first all from the same page, then again and again until it is saved."""
    from departments.models import Staffing

    staffing = Staffing.objects.get(department__slug="data-center", source__as_of="2022-08-29")
    url = f"/admin/departments/staffing/{staffing.pk}/change/"
    clients = [signed_in(number) for number in range(WRITERS)]

    def add_one(number):
        form = form_at(clients[number], url)
        return lambda: (
            clients[number].post(url, form | {"authorized": int(form["authorized"]) + 1}).status_code
        )

    few = threading.Semaphore(2)  # some still meet, and not all refuse each other for minutes

    def write(number, start):
        post = add_one(number)
        start.wait()
        statuses, deadline = [post()], monotonic() + LIMIT
        while statuses[-1] == 409 and monotonic() < deadline:
            with few:
                statuses.append(add_one(number)())
        return statuses

    statuses = at_once(write)
    after = Staffing.objects.get(pk=staffing.pk)
    from tests.audit import records_of

    changes = records_of(after).filter(kind="changed").count()
    return {"first": [each[0] for each in statuses], "last": [each[-1] for each in statuses], "all": sorted({one for each in statuses for one in each}),
            "added": after.authorized - staffing.authorized, "changes": changes}  # fmt: skip


def add_the_same():
    """Each adds staffing of the same unit to the same source."""
    from departments.models import Department, Staffing

    source = Staffing.objects.filter(source__as_of="2022-08-29").first().source
    unit = Department.objects.exclude(staffings__source=source).first()
    clients = [signed_in(number) for number in range(WRITERS)]
    numbers = {"order": 99, "authorized": 1}

    def write(number, start):
        start.wait()
        return (
            clients[number]
            .post("/admin/departments/staffing/add/", {"source": source.pk, "department": unit.pk, **numbers})
            .status_code
        )

    return {
        "statuses": sorted(at_once(write)),
        "rows": Staffing.objects.filter(source=source, department=unit).count(),
    }


def hold():
    """One holds a row for longer than another waits for it."""
    from django.db import transaction

    from departments.models import Staffing

    staffing = Staffing.objects.get(department__slug="data-center", source__as_of="2022-08-29")
    url = f"/admin/departments/staffing/{staffing.pk}/change/"
    client = signed_in(0)
    form = form_at(client, url) | {"authorized": "70"}
    is_held, may_go = threading.Event(), threading.Event()

    def holder():
        with transaction.atomic():
            Staffing.objects.select_for_update().get(pk=staffing.pk)
            is_held.set()
            may_go.wait(LIMIT)

    thread = threading.Thread(target=holder)
    thread.start()
    is_held.wait(LIMIT)
    snapshot = client.get("/departments/").status_code
    refused = client.post(url, form)
    may_go.set()
    thread.join()
    from tests.audit import records_of

    between = Staffing.objects.get(pk=staffing.pk)
    return {
        "reading": snapshot,
        "refused": [refused.status_code, refused.headers.get("Retry-After"), refused.content.decode()],
        "between": [between.authorized, records_of(between).count()],
        "again": client.post(url, form).status_code,
        "after": Staffing.objects.get(pk=staffing.pk).authorized,
    }


SCENARIOS = {"count_up": count_up, "add_the_same": add_the_same, "hold": hold}

if __name__ == "__main__":
    prepare(int(sys.argv[2]))
    print(json.dumps(SCENARIOS[sys.argv[1]]()))
