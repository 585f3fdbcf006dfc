"""The cross-tab over many lines, on one date and on two: `cross_tab.py [ROWS]`, 100,000 by default.

Times are medians of ROUNDS answers by Django's test client in this process, pandas and templates loaded before.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

ROUNDS = 5
BAR = 500  # ms for one date
DATES = ("2022-09-30", "2022-10-31")
URL = "/budgets/cross-tab/"
SHAPES = [
    ("department", "account", "current"),
    ("department", "object_name", "rate"),
    ("policy", "department", "committed"),
    ("unit", "object_name", "unexecuted"),
    ("detailed", "object_name", "rate"),
]


def bring_in(path, as_of):
    from budgets.imports import jobs
    from budgets.imports.options import Options
    from budgets.imports.sandbox import pipeline
    from departments.models import Department

    bureau = Department.objects.get(slug="digital-policy-bureau")
    options = Options(as_of, "원", limited=False, accepted_unit="-")
    incoming = jobs.register(bureau, path.name, path, options)
    pipeline.read(incoming, path)
    jobs.put_in_force(incoming)


def timed(client, query):
    """Milliseconds of one page and of the processor for it, the figure's JSON forgotten."""
    from django.core.cache import caches

    caches["charts"].clear()
    begun, begun_work = time.perf_counter(), time.process_time()
    content = client.get(URL, query).content
    taken, worked = time.perf_counter() - begun, time.process_time() - begun_work
    if b'id="table-cross-tab"' not in content:
        raise SystemExit(f"no cross-tab for {query}")
    return taken * 1000, worked * 1000


def medians(client, query):
    return [median(times) for times in zip(*(timed(client, query) for _ in range(ROUNDS)), strict=True)]


def report(rows):
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    from tests.budgets.files import execution_rows, write_xlsx

    with tempfile.TemporaryDirectory() as folder:
        for number, as_of in enumerate(DATES):
            bring_in(write_xlsx(Path(folder) / f"{as_of}.xlsx", execution_rows(rows, seed=number)), as_of)
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(get_user_model().objects.get(username="admin"))
    begun = time.perf_counter()
    client.get(URL)
    print(f"first page, loading pandas: {(time.perf_counter() - begun) * 1000:.0f} ms")
    slowest = 0
    for names in SHAPES:
        query = dict(zip(("rows", "columns", "measure"), names, strict=True))
        (one, work), (two, _) = medians(client, query), medians(client, query | {"from": DATES[0]})
        shape = f"{' × '.join(names[:2])}, {names[2]}"
        print(f"{shape}: {one:.0f} ms (CPU {work:.0f} ms), two dates {two:.0f} ms", flush=True)
        slowest = max(slowest, one)
    return slowest


def main(rows):
    """Runs itself on a database of its own."""
    import demo

    with tempfile.TemporaryDirectory() as folder:
        environment = demo.prepared(folder).environment | {
            "LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "seoul_digital.settings",
        }
        command = [sys.executable, __file__, "--worker", str(rows)]
        return subprocess.run(command, cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    if sys.argv[1:2] == ["--worker"]:
        import django

        django.setup()
        slowest = report(int(sys.argv[2]))
        print(f"one date ≤ {BAR} ms: {'met' if slowest <= BAR else 'missed'}")
        sys.exit(slowest > BAR)
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
