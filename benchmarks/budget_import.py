"""Budget files: how long they take and how much memory, beside django-import-export and XlsxWriter. `budget_import.py [ROWS]`, 100,000 by default.

Each measure runs in a process of its own on a database of its own, so that its peak memory is its own.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

AS_OF, UNIT, DEPARTMENT = "2022-09-30", "원", "데이터센터"
KILOBYTE, MEGABYTE = 1 << 10, 1 << 20


def peak(who=resource.RUSAGE_SELF):
    """Highest resident memory in MB."""
    return resource.getrusage(who).ru_maxrss * KILOBYTE / MEGABYTE


class Clock:
    """Seconds of named steps."""

    def __init__(self):
        self.steps, self.last = {}, time.perf_counter()

    def step(self, name):
        now = time.perf_counter()
        self.steps[name], self.last = round(now - self.last, 2), now


def ours(path):
    """Reads, stages and compares the file, shows its preview, brings it into force."""
    from budgets.imports import jobs
    from budgets.imports.options import Options
    from budgets.imports.sandbox import pipeline
    from departments.models import Department

    client = _client()
    clock = Clock()
    bureau = Department.objects.get(slug="digital-policy-bureau")
    incoming = jobs.register(bureau, path.name, path, Options(AS_OF, UNIT, limited=False, accepted_unit="-"))
    with jobs.locked(incoming.token):
        pipeline.read(incoming, path)
    page = client.get(f"/budgets/import/{incoming.pk}/")
    clock.step("read, validated, previewed")
    jobs.put_in_force(incoming)
    clock.step("committed")
    return clock.steps | {
        "preview KB": round(len(page.content) / KILOBYTE),
        "MB": round(peak()),
        "MB of the child": round(peak(resource.RUSAGE_CHILDREN)),
        "CPU s": round(
            sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)),
            1,
        ),
    }


def stock(path):
    """django-import-export as it comes, for the lines alone, without their figures and without history: less than half of the work."""
    import tablib
    from django.conf import settings
    from import_export.fields import Field
    from import_export.resources import ModelResource
    from import_export.widgets import ForeignKeyWidget

    from budgets.models import BudgetLine
    from departments.models import Department

    settings.SIMPLE_HISTORY_ENABLED = False
    keys = BudgetLine.natural_key_fields

    class LineResource(ModelResource):
        department = Field("department", "department", ForeignKeyWidget(Department, "name"))

        class Meta:
            model = BudgetLine
            fields = import_id_fields = tuple(key.removesuffix("__slug") for key in keys)

    clock = Clock()
    book = tablib.Dataset().load(path.read_bytes(), "xlsx", headers=True)
    rows = [[row[0], "general", row[2], "", *row[3:9]] for row in book]
    data = tablib.Dataset(
        *rows, headers=["fiscal_year", "account_kind", "department", "account_name", *keys[4:]]
    )
    result = LineResource().import_data(data, dry_run=True)
    if result.has_errors():
        raise SystemExit("django-import-export refused the file")
    clock.step("read, validated, previewed")
    LineResource().import_data(data, dry_run=False)
    clock.step("committed")
    return clock.steps | {"MB": round(peak())}


def export(path):
    """The lines of one department as a workbook, beside XlsxWriter's own `constant_memory` for the same cells."""
    from budgets.models import BudgetFigure

    ours(path)
    client, before = _client(), peak()
    clock = Clock()
    written = sum(
        map(len, client.get("/budgets/expenditure/data-center/", {"download": "lines"}).streaming_content)
    )
    clock.step("exported")
    grown = peak() - before
    if written < KILOBYTE:
        raise SystemExit("the export is too small to be what was asked for")
    cells = _cells(BudgetFigure.objects.filter(source__as_of=AS_OF))
    clock.last = time.perf_counter()
    _plain_workbook(cells)
    clock.step("XlsxWriter")
    return clock.steps | {
        "ratio": round(clock.steps["exported"] / clock.steps["XlsxWriter"], 2),
        "MB grown": round(grown),
    }


def _cells(figures):
    from budgets.expenditure.lines import file_rows

    return list(file_rows(figures.order_by("line__order"), figures.amounts_given()))


def _plain_workbook(rows):
    import xlsxwriter

    with tempfile.TemporaryFile() as file, xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        page, number_format = book.add_worksheet(), book.add_format({"num_format": '#,##0;"△"#,##0;"-"'})
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                page.write(number, column, value, None if isinstance(value, str) else number_format)


def _client():
    """Signed in as the administrator."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(get_user_model().objects.get(username="admin"))
    return client


MEASURES = {"ours": ours, "stock": stock, "export": export}


def worker(name, path):
    os.environ["DJANGO_SETTINGS_MODULE"] = "seoul_digital.settings"
    import django

    django.setup()
    print(json.dumps(MEASURES[name](Path(path)), ensure_ascii=False))


def measured(name, path):
    """Runs a measure in a new process on a new, seeded database."""
    import demo

    with tempfile.TemporaryDirectory() as folder:
        system = demo.prepared(folder)
        environment = system.environment | {"IMPORT_FOLDER": f"{folder}/imports", "LOG_LEVEL": "ERROR"}
        command = [sys.executable, __file__, "--worker", name, path]
        out = subprocess.run(
            command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
        ).stdout
    found = json.loads(out.splitlines()[-1])
    print(f"{name}: " + ", ".join(f"{key} {value}" for key, value in found.items()), flush=True)
    return found


def main(rows):
    from tests.budgets.files import HEADER, execution_rows, write_xlsx

    with tempfile.TemporaryDirectory() as folder:
        plain = write_xlsx(Path(folder) / "집행현황.xlsx", execution_rows(rows))
        bare = Path(folder) / "plain.xlsx"  # what stock reads: no title rows
        _bare(bare, HEADER, execution_rows(rows))
        one = write_xlsx(Path(folder) / "한 부서.xlsx", execution_rows(rows, departments=[DEPARTMENT]))
        mine, theirs, file = measured("ours", plain), measured("stock", bare), measured("export", one)
    seconds = [
        sum(found[step] for step in ("read, validated, previewed", "committed")) for found in (mine, theirs)
    ]
    print(f"times faster than stock: {seconds[1] / seconds[0]:.1f}")
    bars = {
        "read, validated, previewed ≤ 15 s": mine["read, validated, previewed"] <= 15,
        "committed ≤ 15 s": mine["committed"] <= 15,
        "peak ≤ 500 MB": mine["MB"] + mine["MB of the child"] <= 500,
        "preview page ≤ 300 KB": mine["preview KB"] <= 300,
        "≥ 5 × stock": seconds[1] >= 5 * seconds[0],
        "export ≤ 1.3 × XlsxWriter": file["ratio"] <= 1.3,
        "export ≤ 100 MB": file["MB grown"] <= 100,
    }
    missed = [bar for bar, met in bars.items() if not met]
    print("missed: " + ", ".join(missed) if missed else "all bars met")
    return bool(missed)


def _bare(path, header, rows):
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate([header, *rows]):
            page.write_row(number, 0, row)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--worker"]:
        worker(*sys.argv[2:])
    else:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
