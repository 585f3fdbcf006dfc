"""Putting a copy in place: never over what is there, never half."""

import json
import shutil
import sqlite3
import stat
from contextlib import closing

import pytest

from core import backup
from core.backup.manifest import write_sums
from seoul_digital.lib.hangul import with_particle


def restored(copy, connection, replace=False):
    output = []
    backup.restore(copy, connection, replace=replace, tell=output.append)
    return output


def projects(path):
    with closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT count(*) FROM projects_project").fetchone()[0]


def test_a_copy_comes_back_into_an_empty_place(whole_copy, connect_to_file, tmp_path):
    path = tmp_path / "var" / "db.sqlite3"
    assert restored(whole_copy, connect_to_file(path)) == []
    assert projects(path) == 11
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_was_due_when_the_copy_was_made_is_not_done_again(seeded_file, connect_to_file, tmp_path):
    here, there = shutil.copy(seeded_file, tmp_path / "here.sqlite3"), tmp_path / "there.sqlite3"
    with closing(sqlite3.connect(here)) as database, database:
        database.execute("INSERT INTO core_periodictask VALUES ('reminders', '2022-09-30 00:00:00')")
    backup.create(tmp_path / "copy", connect_to_file(here))
    restored(tmp_path / "copy", connect_to_file(there))
    with closing(sqlite3.connect(there)) as database:
        assert database.execute("SELECT count(*) FROM core_periodictask").fetchone() == (0,)
    assert not there.with_name("there.sqlite3-wal").exists()


def test_a_database_is_not_written_over_unless_asked(whole_copy, connect_to_file, tmp_path):
    path = tmp_path / "db.sqlite3"
    restored(whole_copy, connect_to_file(path))
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE mine (id INTEGER)")
    with pytest.raises(backup.BackupError, match="이미 자료가 있습니다.*--replace"):
        restored(whole_copy, connect_to_file(path))
    (output,) = restored(whole_copy, connect_to_file(path), replace=True)
    (aside,) = tmp_path.glob("db.sqlite3.before-*")
    assert output == f"지금 데이터베이스를 {with_particle(aside, '으로/로')} 옮겨 두었습니다."
    with closing(sqlite3.connect(aside)) as database:
        assert database.execute("SELECT count(*) FROM mine").fetchone() == (0,)
    assert projects(path) == 11


def test_a_running_service_is_noticed(whole_copy, connect_to_file, tmp_path):
    path = tmp_path / "db.sqlite3"
    restored(whole_copy, connect_to_file(path))
    with closing(sqlite3.connect(path)) as service:
        service.execute("PRAGMA journal_mode=WAL")
        service.execute("SELECT count(*) FROM projects_project").fetchone()
        with pytest.raises(backup.BackupError, match="서비스가 돌고 있습니다"):
            restored(whole_copy, connect_to_file(path), replace=True)
    assert list(tmp_path.glob("db.sqlite3.before-*")) == []


def test_a_broken_copy_touches_nothing(copy, connect_to_file, tmp_path):
    (copy / "database.sqlite3").write_bytes(b"SQLite format 3\0")
    with pytest.raises(backup.BackupError, match="쓸 수 없는 백업입니다"):
        restored(copy, connect_to_file(tmp_path / "db.sqlite3"))
    assert not (tmp_path / "db.sqlite3").exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"engine": "postgresql"}, "이 백업은 postgresql의 것이고 지금 데이터베이스는 sqlite입니다"),
        ({"migrations": [["core", "0999_later"]]}, "이 프로그램이 모르는 판"),
    ],
)
def test_another_engine_and_a_newer_release_are_refused(
    copy, connect_to_file, tmp_path, monkeypatch, change, sentence
):
    manifest = backup.verify(copy)
    (copy / "manifest.json").write_text(json.dumps(vars(manifest) | change))
    write_sums(copy)
    monkeypatch.setattr("core.backup.backup.verify", lambda path: backup.Manifest.read(path))  # as if made so
    with pytest.raises(backup.BackupError, match=sentence):
        restored(copy, connect_to_file(tmp_path / "db.sqlite3"))
