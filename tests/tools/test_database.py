"""Making the database ready: what is up to date is left alone, a database of before is moved aside."""

import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from core import backup

ROOT = Path(__file__).resolve().parents[2]


def make_ready(path, stamp):
    program = (
        "import sys; sys.path.insert(0, 'tools'); import database; from pathlib import Path;"
        f"database.STAMP = Path({str(stamp)!r}); database.main()"
    )
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{path}",
        "ADMIN_PASSWORD": "not-a-guess-2022",
        "SECRET_KEY": "x",
        "BACKUP_FOLDER": str(path.parent / "backups"),
    }
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.fixture
def path(tmp_path):
    return tmp_path / "db.sqlite3"


def count(path, table):
    with sqlite3.connect(path) as connection:
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_a_new_database_is_migrated_seeded_and_has_an_administrator(path, tmp_path):
    told = make_ready(path, tmp_path / "stamp")
    assert "사업 11건을 넣었습니다." in told
    assert "관리자 계정을 만들었습니다. 이름: admin" in told
    assert count(path, "projects_project") == 11
    assert make_ready(path, tmp_path / "stamp") == ""  # nothing is done again


@pytest.mark.thorough
def test_a_database_is_copied_before_it_is_migrated(seeded_file, path, tmp_path):
    shutil.copy(seeded_file, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM django_migrations WHERE app = 'glossary'")
        for table in ("glossary_definition", "glossary_term"):
            connection.execute(f"DROP TABLE {table}")
        connection.commit()
    printed = make_ready(path, tmp_path / "stamp")
    (copy,) = (tmp_path / "backups").glob("before-migrate-*")
    assert printed.startswith(f"마이그레이션에 앞서 {copy}에 백업했습니다.")
    assert backup.verify(copy).models["projects.Project"]["rows"] == 11
    assert count(path, "glossary_term") == 21
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.thorough
def test_a_database_of_before_is_moved_aside(path, tmp_path):
    with sqlite3.connect(path) as connection:
        connection.execute(
            "CREATE TABLE django_migrations (id INTEGER PRIMARY KEY, app text, name text, applied datetime)"
        )
        connection.execute(
            "INSERT INTO django_migrations VALUES (1, 'departments', '0006_begin_history', '2026-11-01 00:00:00')"
        )
        connection.execute("CREATE TABLE departments_source (id INTEGER PRIMARY KEY)")
        connection.execute("INSERT INTO departments_source VALUES (7)")
    told = make_ready(path, tmp_path / "stamp")
    (aside,) = tmp_path.glob("db.sqlite3.before-*")
    # Its name ends with the time: 으로 after 0, 3 and 6.
    assert re.match(
        rf"옛 판의 데이터베이스를 {re.escape(str(aside))}(?:으로|로) 옮겨 두고 새로 만듭니다\.", told
    )
    assert count(aside, "departments_source") == 1
    assert count(path, "projects_project") == 11
