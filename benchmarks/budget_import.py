"""Budget files: what they cost beside openpyxl's mere reading, django-import-export and XlsxWriter.

`budget_import.py [ROWS]`, 100,000 by default; `--without-stock` leaves out django-import-export, which takes longest; `--shapes` reads workbooks as other programs save
them, too; `--million` reads a million lines as XLSX and as CSV, and tells whether the cost of a line stays what it is. Each measure runs in a process of its own on a database of its own, so that its peak memory is its own.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

AS_OF, UNIT, DEPARTMENT = "2022-09-30", "원", "데이터센터"
KILOBYTE, MEGABYTE = 1 << 10, 1 << 20
STEPS = ("read, validated, previewed", "committed")
BETWEEN_LOOKS = 0.1  # seconds
READING = 0.35  # of openpyxl's time to read the file
WRITING = 0.4  # of XlsxWriter's time to write the same cells


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


def processor():
    """Seconds of processor of this process and of its children that have ended."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def ours(path):
    """Reads, stages and compares the file, shows its preview, brings it into force. The server runs: a page has been shown before."""
    from budgets.imports import jobs
    from budgets.imports.options import Options
    from budgets.imports.sandbox import pipeline
    from departments.models import Department

    client = _client()
    client.get("/budgets/import/")
    bureau = Department.objects.get(slug="digital-policy-bureau")
    clock, before = Clock(), processor()
    incoming = jobs.register(bureau, path.name, path, Options(AS_OF, UNIT, limited=False, accepted_unit="-"))
    pipeline.read(incoming, path)
    page = client.get(f"/budgets/import/{incoming.pk}/")
    clock.step("read, validated, previewed")
    jobs.put_in_force(incoming)
    clock.step("committed")
    found = {"processor": round(processor() - before, 2), "preview KB": round(len(page.content) / KILOBYTE)}
    if page.status_code != 200 or incoming.state != incoming.State.STAGED:
        raise SystemExit(f"no preview but {page.status_code}: {incoming.report}")
    return clock.steps | found


def openpyxl(path):
    """Walks through the file's values and does nothing with them."""
    clock, before = Clock(), processor()
    from openpyxl import load_workbook

    for _ in load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True):
        pass
    clock.step("read")
    return clock.steps | {"processor": round(processor() - before, 2)}


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
    clock, begun = Clock(), time.process_time()
    written = sum(
        map(len, client.get("/budgets/expenditure/data-center/", {"download": "lines"}).streaming_content)
    )
    clock.step("exported")
    own = time.process_time() - begun
    grown = peak() - before
    if written < KILOBYTE:
        raise SystemExit("the export is too small to be what was asked for")
    cells = _cells(BudgetFigure.objects.filter(source__as_of=AS_OF))
    clock.last, begun = time.perf_counter(), time.process_time()
    _plain_workbook(cells)
    clock.step("XlsxWriter")
    return clock.steps | {
        "processor": round(own, 2),
        "ratio": round(clock.steps["exported"] / clock.steps["XlsxWriter"], 2),
        "ratio of processor": round(own / (time.process_time() - begun), 2),
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

    settings.ALLOWED_HOSTS, settings.SECOND_FACTOR = ["testserver"], "none"
    client = Client()
    client.force_login(get_user_model().objects.get(username="admin"))
    return client


MEASURES = {"ours": ours, "openpyxl": openpyxl, "stock": stock, "export": export}


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
        environment = system.environment | {"LOG_LEVEL": "ERROR"}
        command = [sys.executable, __file__, "--worker", name, path]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        peak_of_all = _peak_of_all(process)
        out, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"{name} failed")
    found = json.loads(out.splitlines()[-1]) | {"MB of all processes": peak_of_all}
    print(f"{name}: " + ", ".join(f"{key} {value}" for key, value in found.items()), flush=True)
    return found


def _peak_of_all(process):
    """The most memory (PSS) of the process and its children together. A process that is just being started still shows that of the one that
    starts it: what two looks in a row have counts."""
    from benchmarks.crowd import family, pss

    peak_of_all = last = 0
    while process.poll() is None:
        now = sum(map(pss, family(process.pid)))
        peak_of_all, last = max(peak_of_all, min(last, now)), now
        time.sleep(BETWEEN_LOOKS)
    return round(peak_of_all / KILOBYTE)


def main(rows, *, with_stock=True, shapes=False):
    from tests.budgets.files import HEADER, execution_rows, write_csv, write_repeating_xlsx, write_xlsx

    with tempfile.TemporaryDirectory() as folder:
        kinds, bars, mine = {"inline": write_xlsx, "shared": write_repeating_xlsx}, {}, {}
        if shapes:
            kinds |= other_writers()
        for kind, write in kinds.items():
            path = write(Path(folder) / f"{kind}.xlsx", execution_rows(rows))
            mine[kind], found = beside_openpyxl(kind, path)
            bars |= found
        dearest = max(found["processor"] for found in mine.values())
        mine["csv"] = measured("ours", write_csv(Path(folder) / "plain.csv", execution_rows(rows)))
        one = write_xlsx(Path(folder) / "한 부서.xlsx", execution_rows(rows, departments=[DEPARTMENT]))
        file = measured("export", one)
        if with_stock:
            bare = Path(folder) / "plain.xlsx"  # what stock reads: no title rows
            _bare(bare, HEADER, execution_rows(rows))
            seconds = [
                sum(found[step] for step in STEPS) for found in (mine["inline"], measured("stock", bare))
            ]
            print(f"times faster than stock: {seconds[1] / seconds[0]:.1f}")
            bars["≥ 5 × stock"] = seconds[1] >= 5 * seconds[0]
    most = max(found["MB of all processes"] for found in mine.values())
    return judged(
        bars
        | {
            "csv ≤ 1.1 × the dearer workbook": mine["csv"]["processor"] <= 1.1 * dearest,
            "peak of all processes ≤ 170 MB": most <= 170,
            "preview page ≤ 300 KB": mine["inline"]["preview KB"] <= 300,
            f"export: processor ≤ {WRITING} × XlsxWriter": file["ratio of processor"] <= WRITING,
            f"export: seconds ≤ {WRITING} × XlsxWriter": file["ratio"] <= WRITING,
            "export ≤ 100 MB": file["MB grown"] <= 100,
        }
    )


def other_writers():
    """By what other programs save workbooks, the same rows."""
    from tests.budgets.files import write_openpyxl_xlsx, write_pandas_xlsx

    writers = {
        "openpyxl": write_openpyxl_xlsx,
        "openpyxl, write-only": partial(write_openpyxl_xlsx, write_only=True),
        "pandas": write_pandas_xlsx,
    }
    return writers | ({"LibreOffice": write_libreoffice_xlsx} if shutil.which("soffice") else {})


def write_libreoffice_xlsx(path, rows):
    from tests.budgets.files import write_openpyxl_xlsx

    with tempfile.TemporaryDirectory() as folder:
        source = write_openpyxl_xlsx(Path(folder) / path.name, rows, write_only=True)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        convert = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", path.parent, source]
        subprocess.run(convert, check=True, stdout=subprocess.DEVNULL)
    return path


def beside_openpyxl(kind, path):
    """What the file costs us, and whether that is as little beside openpyxl's reading as it should be."""
    mine, reading = measured("ours", path), measured("openpyxl", path)
    seconds = sum(mine[step] for step in STEPS)
    ratios = {"processor": mine["processor"] / reading["processor"], "seconds": seconds / reading["read"]}
    print(
        f"{kind}, beside openpyxl's reading: "
        + ", ".join(f"{what} {ratio:.2f}" for what, ratio in ratios.items())
    )
    return mine, {
        f"{kind}: {what} ≤ {READING} × openpyxl's reading": ratio <= READING for what, ratio in ratios.items()
    }


def million(rows=1_000_000):
    """A file ten times as long costs ten times as much, and its reader needs no memory for its length."""
    from tests.budgets.files import execution_rows, write_csv, write_xlsx

    bars = {}
    for write, kind in ((write_xlsx, "xlsx"), (write_csv, "csv")):
        with tempfile.TemporaryDirectory() as folder:
            found = [
                measured("ours", write(Path(folder) / f"{count}.{kind}", execution_rows(count)))
                for count in (rows // 10, rows)
            ]
        ratio = found[1]["processor"] / found[0]["processor"]
        print(f"{kind}: {ratio:.1f} times the processor of a tenth")
        bars[f"{kind} ≤ 12 times a tenth of it"] = ratio <= 12
        bars[f"{kind} ≤ 1,000 MB of all processes"] = found[1]["MB of all processes"] <= 1_000
    return judged(bars)


def judged(bars):
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
        rows = next((int(word) for word in sys.argv[1:] if word.isdigit()), 100_000)
        with_stock = "--without-stock" not in sys.argv
        shapes = "--shapes" in sys.argv
        sys.exit(million() if "--million" in sys.argv else main(rows, with_stock=with_stock, shapes=shapes))
