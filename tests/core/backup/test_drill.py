"""The drill: a copy made while sixteen write, restored elsewhere, equal; on both engines."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from core import backup

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def addresses(transactional_db, seeded_file, tmp_path):
    """DATABASE_URL of a seeded database and of an empty one, on the engine of this run."""
    if connection.vendor == "sqlite":
        shutil.copy(seeded_file, tmp_path / "here.sqlite3")
        yield f"sqlite:///{tmp_path}/here.sqlite3", f"sqlite:///{tmp_path}/there.sqlite3"
        return
    settings = connection.settings_dict
    server = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}".format(**settings)
    there = f"{settings['NAME']}_there"
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {there}")
    yield f"{server}/{settings['NAME']}", f"{server}/{there}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {there} WITH (FORCE)")


def started(address, folder, *command):
    environment = os.environ | {"DATABASE_URL": address, "SECRET_KEY": "x", "LOG_FOLDER": str(folder)}
    environment |= {"IMPORT_FOLDER": str(folder / "imports"), "LOG_LEVEL": "ERROR"}
    return subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def manage(address, folder, *command):
    process = started(address, folder, "manage.py", *command)
    out, complaint = process.communicate(timeout=120)
    assert process.returncode == 0, complaint
    return out


def series_in(address):
    connect = sqlite3.connect if connection.vendor == "sqlite" else psycopg.connect
    with closing(connect(address.removeprefix("sqlite:///"))) as database:
        return {name for (name,) in database.execute("SELECT name FROM departments_jobseries")}


@pytest.mark.engine
def test_a_copy_made_under_sixteen_writers_comes_back_equal(addresses, tmp_path):
    here, there = addresses
    writers = started(here, tmp_path, str(Path(__file__).with_name("writers.py")))
    committed, enough = [], threading.Event()

    def listen():
        for line in writers.stdout:
            committed.append(line.strip())
            if len(committed) >= 32:
                enough.set()

    listener = threading.Thread(target=listen)
    listener.start()
    try:
        assert enough.wait(120), writers.stderr.read() if writers.poll() else "too slow"
        before = list(committed)
        manage(here, tmp_path, "backup", str(tmp_path / "copy"))
        assert len(committed) > len(before)  # they wrote on meanwhile
    finally:
        writers.stdin.close()
        listener.join()
        assert writers.wait() == 0, writers.stderr.read()

    manifest = backup.verify(tmp_path / "copy")
    assert manifest.hashes["reports.PublishedReport"]
    assert manifest.hashes["reports.PublishedFile"]
    assert "백업을 되살렸습니다" in manage(there, tmp_path, "restore", str(tmp_path / "copy"))
    names = series_in(there)
    assert {f"{letter} {name}" for name in before for letter in "ab"} <= names  # nothing committed is missing
    assert {name[2:] for name in names if name[:2] == "a "} == {
        name[2:] for name in names if name[:2] == "b "
    }
    assert len(names) == manifest.models["departments.JobSeries"]["rows"]

    manage(there, tmp_path, "backup", str(tmp_path / "again"))
    again = backup.verify(tmp_path / "again")
    assert (again.models, again.hashes, again.migrations) == (
        manifest.models,
        manifest.hashes,
        manifest.migrations,
    )

    told = manage(there, tmp_path, "restore", str(tmp_path / "copy"), "--replace")
    assert "(으)로 옮겨 두었습니다." in told
    assert series_in(there) == names
