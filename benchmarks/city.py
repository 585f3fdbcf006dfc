"""What the seeded bureau's pages cost in a city of 43 bureaus, beside the same pages alone; search over the city; opening an edition.

`CITY_DATABASE` names an SQLite file or a URL with a demonstration city (`manage.py demo_city`); without it one is made, which takes
minutes. `BUREAUS`, `FIGURES` … make a smaller one. Exits with 1 when a bar is missed; README.md tells them.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / part) for part in ("", "tools", "benchmarks")]

ROUNDS = int(os.environ.get("ROUNDS") or 7)
SIZES = [name for name in ("bureaus", "divisions", "years", "figures", "pages") if name.upper() in os.environ]
DEARER, QUERIES, SEARCH, OPENING, PUBLISHING = 1.2, 15, 150, 2_000, 5_000  # bars: times, queries, ms
AHEAD = 0.3  # times what publishing takes that makes its documents itself
ROWS = 15  # of a list in administration: no more than the seeded bureau has alone
BUREAU = "digital-policy-bureau"
OWN = [
    "/",
    "/departments/",
    "/budgets/revenue/",
    "/budgets/expenditure/",
    "/budgets/cross-tab/",
    "/projects/",
    "/projects/timeline/",
]
OWN += [
    "/projects/indicators/",
    "/glossary/",
    "/integrity/",
    "/facts/",
    "/document/",
    "/document/one-page/",
    "/reports/",
    "/search/?q=와이파이",
]
OWN += [
    f"/departments/{BUREAU}/",
    "/departments/ict-security/",
    "/budgets/expenditure/ict-security/",
    "/projects/public-wifi/",
]
OWN += ["/compare/?from=2020-01-31&to=2022-08-29"]
ADMIN = ["/admin/", "/history/"]
ADMIN += [
    f"/admin/{name}/"
    for name in (
        "core/source", "core/controltotal", "departments/department", "departments/placement", "departments/duty", "departments/staffing",
        "budgets/budgetline", "budgets/budgetfigure", "budgets/revenuefigure", "projects/project", "projects/brief", "projects/milestone",
        "projects/indicator", "projects/measurement", "glossary/term", "glossary/definition",
    )
]  # fmt: skip
WORDS = ("예산", "와이파이", "공원 정비", "ㄱㄱㅇㅇㅍㅇ", "민관 융합데이터")


def processor_time(work):
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def clients():
    """A reader and a planner of the seeded bureau."""
    from django.contrib.auth.models import Group
    from django.test import Client

    from departments.models import Department, User

    bureau, found = Department.objects.get(slug=BUREAU), []
    for name, role in (("city-reader", ""), ("city-planner", "기획 담당")):
        user, _ = User.objects.get_or_create(username=name, defaults={"department": bureau})
        user.groups.set(Group.objects.filter(name=role))
        client = Client(SERVER_NAME="localhost")
        client.force_login(user)
        found.append(client)
    return found


def first_view(client, address, number):
    """Queries and ms of a view after a change of the bureau's own."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from departments.models import Duty

    own = Duty.objects.filter(order=1, source__bureau__slug=BUREAU)
    own.filter(department__slug="ict-security").update(text=f"바뀐 업무 {number}")
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
        count = len(queries)
    if response.status_code != 200:
        raise SystemExit(f"{address} {response.status_code}")
    own.filter(department__slug="ict-security").update(text=f"또 바뀐 업무 {number}")
    return count, processor_time(lambda: client.get(address))


def pages():
    """Of each view of each page, asked for by a line, (queries, ms)."""
    from django.contrib import admin

    for model_admin in admin.site._registry.values():
        model_admin.list_per_page = ROWS
    reader, planner = clients()
    for client, addresses in ((reader, OWN), (planner, ADMIN)):
        for address in addresses:
            client.get(address)  # loads the templates
            for number in range(ROUNDS):
                sys.stdin.readline()
                print(json.dumps(first_view(client, address, number)), flush=True)


def searches():
    """Of each word the ms of a search over the city, its own bureau among it, the first and the next."""
    reader, _ = clients()
    found = {}
    for word in WORDS:
        rows = [first_view(reader, f"/search/?q={word}", number)[1] for number in range(ROUNDS)]
        found[word] = (rows[0], median(rows))
    return found


def measured_once(work):
    """(ms of the processor, ms by the clock)."""
    begun = time.perf_counter()
    return processor_time(work), (time.perf_counter() - begun) * 1000


def opening():
    """Of opening an edition of the seeded bureau, and of one around it; nothing stays."""
    from django.db import transaction

    from departments.models import Department
    from reports.editions.forms import NewEditionForm
    from reports.editions.opening import open_edition

    found = {}
    for slug in (BUREAU, "demonstration-city-001"):
        if not (bureau := Department.objects.filter(slug=slug).first()):
            continue
        dates = {"as_of": "2023-03-31", "deadline": "2023-04-07"}
        form = NewEditionForm({"title": "시험", "council_session": "", **dates}, asks=False)
        if not form.is_valid():
            raise SystemExit(form.errors)
        with transaction.atomic():
            found[bureau.name] = measured_once(
                lambda: open_edition(bureau=bureau, **form.cleaned_data)  # noqa: B023
            )
            transaction.set_rollback(True)
    return found


def publishing():
    """Of what the page says before an edition of the seeded bureau is published, and of publishing it; then of its documents that a worker
    makes ahead, and of publishing with these. Nothing stays."""
    from django.db import transaction

    from core.tasks.leases import claim, perform
    from departments.models import User
    from reports.editions.preparing import prepare_documents
    from reports.editions.publishing import prepare, proposal, publish
    from tests.reports.editions.publishers import ready_to_publish

    proposals = []
    with transaction.atomic():
        edition = ready_to_publish()
        user = User.objects.get(username="one")
        seen = measured_once(lambda: proposals.append(proposal(edition)))

        def done():
            with transaction.atomic():
                took = measured_once(
                    lambda: publish(edition, user=user, version_token=proposals[0].version_token)
                )
                transaction.set_rollback(True)
            return took

        found = {"its page": seen, "done": done()}
        prepare_documents.enqueue(edition.pk, prepare(edition).documents_mark)
        found["its documents ahead"] = measured_once(lambda: perform(claim("benchmark")))
        found["done with these"] = done()
        transaction.set_rollback(True)
    return found


PARTS = {"pages": pages, "searches": searches, "opening": opening, "publishing": publishing}


def started(part, database):
    """A process of its own that measures in the database."""
    environment = os.environ | {"DATABASE_URL": database, "SECOND_FACTOR": "none", "PART": part}
    environment.setdefault("SECRET_KEY", "benchmark")
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    return subprocess.Popen([sys.executable, __file__], env=environment, cwd=ROOT, **pipes)


def measured(part, database):
    process = started(part, database)
    output, _ = process.communicate()
    if process.returncode:
        raise SystemExit(process.returncode)
    return json.loads(output.splitlines()[-1])


def measured_by_turns(alone, city):
    """Of each page (queries, ms) alone and in the city, view by view, so that both are measured at the same load."""
    processes = [started("pages", database) for database in (alone, city)]
    for address in OWN + ADMIN:
        views = [[], []]
        for _ in range(ROUNDS):
            for process, seen in zip(processes, views, strict=True):
                process.stdin.write("\n")
                process.stdin.flush()
                seen.append(json.loads(process.stdout.readline()))
        yield address, *((max(n for n, _ in seen), median(ms for _, ms in seen)) for seen in views)
    for process in processes:
        process.communicate()


def make(folder, name, *command):
    database = f"sqlite:///{folder}/{name}.sqlite3"
    environment = {"SECRET_KEY": "benchmark"} | os.environ | {"DATABASE_URL": database}
    for arguments in (("migrate", "--verbosity", "0"), command):
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=True)
    return database


def report(alone, city):
    """Whether the bars are kept."""
    kept = True
    print(f"{'page':<48} queries  ms alone  in a city  ratio")
    for address, (count_alone, ms_alone), (count, ms) in measured_by_turns(alone, city):
        ratio = ms / ms_alone
        missed = ratio > DEARER or count > QUERIES and address in OWN
        print(
            f"{address:<48} {count_alone:>3} {count:>3} {ms_alone:>9.1f} {ms:>10.1f} {ratio:>6.2f}{'  MISSED' * missed}",
            flush=True,
        )
        kept &= not missed
    for word, (first, usual) in measured("searches", city).items():
        print(
            f"{'search ' + word:<48} {first:>17.1f} {usual:>10.1f} ms ≤ {SEARCH}{'  MISSED' * (usual > SEARCH)}"
        )
        kept &= usual <= SEARCH
    for part, bar in (("opening", OPENING), ("publishing", PUBLISHING)):
        taken = measured(part, city)
        for name, (cpu, wall) in taken.items():
            missed = max(cpu, wall) > bar
            print(f"{f'{part} {name}':<48} {cpu:>17.0f} {wall:>10.0f} ms ≤ {bar}{'  MISSED' * missed}")
            kept &= not missed
    ahead = taken["done with these"][0] / taken["done"][0]
    print(
        f"{'publishing with documents ahead / without':<48} {ahead:>17.2f} ≤ {AHEAD}{'  MISSED' * (ahead > AHEAD)}"
    )
    return kept and ahead <= AHEAD


def main():
    if part := os.environ.get("PART"):
        os.environ["DJANGO_SETTINGS_MODULE"] = "seoul_digital.settings"
        import django

        django.setup()
        print(json.dumps(PARTS[part]()))
        return
    with tempfile.TemporaryDirectory() as folder:
        sizes = [f"--{name}={os.environ[name.upper()]}" for name in SIZES]
        city = os.environ.get("CITY_DATABASE") or make(folder, "city", "demo_city", *sizes)
        sys.exit(not report(os.environ.get("ALONE_DATABASE") or make(folder, "alone", "seed"), city))


if __name__ == "__main__":
    main()
