"""kill -9 in the middle of an import, of the command and of a worker."""

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import demo
import pytest
from django.core.files import File
from django.db import OperationalError

from budgets.imports import jobs
from budgets.imports.sandbox import pipeline
from budgets.models import BudgetFigure
from core.audit.chain import verify_chain
from core.audit.verification import Verified
from core.models import Source
from core.tasks.leases import own_run
from departments.models import Department
from seoul_digital.lib.file_errors import Problem
from tests.budgets.files import execution_rows, write_csv
from tests.core.tasks.conftest import shared_database, start_worker, stop  # noqa: F401
from tests.core.tasks.works import wait_for
from tests.factories import make_member

ROWS = 30_000
COMMAND = [sys.executable, "manage.py", "import_budget"]
OPTIONS = ["--as-of", "2022-09-30", "--unit", "원", "--whole"]


@pytest.fixture(scope="module")
def system(seeded_file):
    """A migrated and seeded system with a folder for files."""
    with tempfile.TemporaryDirectory() as folder:
        one = demo.prepared(folder, seeded_file)
        write_csv(Path(folder) / "집행현황.csv", execution_rows(ROWS))
        write_csv(Path(folder) / "작은.csv", execution_rows(8))
        yield one, Path(folder)


def ask(folder, query):
    with sqlite3.connect(folder / "demo.sqlite3") as database:
        return database.execute(query).fetchone()


def facts(folder):
    counts = [
        f"(SELECT COUNT(*) FROM {table})"
        for table in ("core_source", "budgets_budgetline", "budgets_budgetfigure")
    ]
    return ask(folder, f"SELECT {', '.join(counts)}")


def let_leases_run_out(folder):
    with sqlite3.connect(folder / "demo.sqlite3") as database:
        database.execute("UPDATE core_tasklease SET expires_at = '2000-01-01 00:00:00'")


def kill_midway(system, folder):
    process = subprocess.Popen(
        [*COMMAND, folder / "집행현황.csv", *OPTIONS],
        cwd=demo.ROOT,
        env=system.environment,
        stdout=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while ask(folder, "SELECT COUNT(*) FROM budgets_budgetfigure")[0] < 5_000 and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


@pytest.mark.thorough
def test_nothing_of_a_killed_import_is_in_force_and_the_next_clears_it_away(system):
    system, folder = system
    before = facts(folder)
    kill_midway(system, folder)
    assert facts(folder) > before
    assert ask(folder, "SELECT COUNT(*) FROM core_source WHERE state = 'draft'") == (1,)
    assert ask(
        folder, "SELECT COUNT(*) FROM core_source WHERE state = 'in_force' AND as_of = '2022-09-30'"
    ) == (0,)
    assert ask(folder, "PRAGMA integrity_check") == ("ok",)
    let_leases_run_out(folder)
    system.manage("import_budget", str(folder / "작은.csv"), *OPTIONS, "--dry-run")
    assert facts(folder) == before
    system.manage("import_budget", str(folder / "집행현황.csv"), *OPTIONS)
    assert facts(folder) == (before[0] + 1, before[1] + ROWS, before[2] + ROWS)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            KeyError("line"),
            "[a.csv] 프로그램의 잘못으로 이 파일을 읽지 못해 읽은 것을 모두 지웠습니다. 관리자에게 알려 주십시오. 무엇이 잘못되었는지는 서버의 로그에 "
            "적혀 있습니다.",
        ),
        (
            OperationalError("gone"),
            "[a.csv] 읽던 중에 끊겨서 읽은 것을 모두 지웠습니다. 파일을 다시 올려 주십시오.",
        ),
    ],
)
def test_a_defect_of_ours_is_called_so_and_is_in_the_log(seeded, tmp_path, caplog, error, said):
    path = write_csv(tmp_path / "a.csv", [])
    bureau = Department.objects.get(slug="digital-policy-bureau")
    incoming = jobs.register(bureau, "a.csv", path, pipeline.Options("2022-09-30", "원"))
    with own_run(jobs.read_uploaded, incoming.pk) as run, jobs.refusing_what_fails(incoming, run):
        raise error
    (problem,) = [Problem(**problem) for problem in incoming.report["problems"]]
    assert (incoming.state, problem.sentence("a.csv")) == ("refused", said)
    assert problem in jobs.PASSING
    assert [record.exc_info[1] for record in caplog.records] == [error]


ROWS_OF_FILE = 13  # its heading, too
STAGES = {
    "before it begins": (jobs, "clear"),
    "when the first lines are due": (pipeline, "draft_source"),
    "when all lines are read": (pipeline._Reader, "_add_child_problems"),
    "when it is staged": (pipeline, "keep_values"),
    "before it ends": (pipeline, "_keep"),
    "after it has ended": (jobs, "delete_upload"),
}


def pausing(real, mark):
    """The function, but that the first process to call it stops there, with a mark, until it is killed."""

    def act(*given, **named):
        if not mark.exists():
            mark.touch()
            signal.pause()
        return real(*given, **named)

    return act


@pytest.mark.engine
@pytest.mark.parametrize(
    "stage",
    [
        pytest.param(name, marks=() if name == "when all lines are read" else pytest.mark.thorough)
        for name in STAGES
    ],
)
def test_the_worker_is_killed_at_a_stage_and_another_reads_the_file_whole(
    start_worker,  # noqa: F811
    tmp_path,
    monkeypatch,
    stage,
):
    owner, name = STAGES[stage]
    monkeypatch.setattr("budgets.imports.staging.ROWS_AT_ONCE", 4)
    monkeypatch.setattr(owner, name, pausing(getattr(owner, name), mark := tmp_path / "mark"))
    path = write_csv(tmp_path / "집행현황.csv", execution_rows(12))
    with path.open("rb") as file:
        uploaded = File(file, path.name)
        bureau = Department.objects.get(slug="digital-policy-bureau")
        user = make_member("예산 담당")
        incoming = jobs.receive(bureau, uploaded, path, pipeline.Options("2022-09-30", "원"), user)
    first = start_worker("first")
    wait_for(mark.exists)
    stop(first, signal.SIGKILL)
    start_worker("second")
    wait_for(lambda: not jobs.read_uploaded.unfinished().exists())
    incoming.refresh_from_db()
    assert (incoming.state, incoming.rows_read) == ("staged", ROWS_OF_FILE)
    assert list(Source.objects.filter(document="집행현황.csv")) == [incoming.source]
    assert BudgetFigure.objects.filter(source=incoming.source).count() == 12
    jobs.put_in_force(incoming)
    assert not list(verify_chain(Verified("기록 사슬")))
