"""kill -9 in the middle of an import, on a database of its own."""

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

from tests.budgets.files import execution_rows, write_csv

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
