"""Making a copy, and noticing what is wrong with one. tests/core/backup/test_drill.py has the drill under writers."""

import errno
import shutil
import sqlite3
import stat
import subprocess
from contextlib import closing

import pytest

from core import backup
from core.backup import sqlite
from core.backup.manifest import write_sums
from tests.core.backup.test_manifest import refused


def test_a_copy_says_what_is_in_it(whole_copy):
    manifest = backup.verify(whole_copy)
    assert manifest.engine == "sqlite"
    assert ["core", "0001_initial"] in manifest.migrations
    assert manifest.models["projects.Project"]["rows"] == 11
    assert manifest.models["projects.Project"]["sums"]["id"] == 66
    assert manifest.models["core.ChangeRecord"]["rows"] > 0
    assert manifest.models["migrations.Migration"]["rows"] == len(manifest.migrations)


def test_a_copy_is_for_its_owner_alone(whole_copy):
    assert stat.S_IMODE(whole_copy.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in whole_copy.iterdir()} == {0o600}


def test_standard_tools_check_a_copy(whole_copy):
    subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=whole_copy, check=True)
    with closing(sqlite3.connect(whole_copy / "database.sqlite3")) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert plain.execute("PRAGMA journal_mode").fetchall() == [("delete",)]


def test_a_broken_page_is_found_though_the_sums_were_made_anew(copy):
    with (copy / "database.sqlite3").open("r+b") as opened:
        opened.seek(4096)
        opened.write(b"\xff" * 4096)
    write_sums(copy)
    assert "database.sqlite3: 데이터베이스 파일이 깨졌습니다" in refused(copy)


def test_another_number_is_found_though_the_sums_were_made_anew(copy):
    with closing(sqlite3.connect(copy / "database.sqlite3")) as database:
        database.execute('UPDATE departments_jobseries SET "order" = "order" + 1 WHERE id = 1')
        database.commit()
    write_sums(copy)
    assert "departments.JobSeries: 백업할 때와 다릅니다" in refused(copy)


def test_nothing_is_written_over(seeded_file, connect_to_file, copy):
    with pytest.raises(backup.BackupError, match="이미 무엇이 있습니다"):
        backup.create(copy, connect_to_file(seeded_file))
    backup.verify(copy)


def test_a_full_disk_leaves_nothing(seeded_file, connect_to_file, tmp_path, monkeypatch):
    def fill_disk(connection, folder):
        (folder / "database.sqlite3").write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(sqlite, "copy", fill_disk)
    with pytest.raises(backup.BackupError, match="디스크에 자리가 없습니다. 백업을 만들지 않았습니다."):
        backup.create(tmp_path / "new" / "copy", connect_to_file(seeded_file))
    assert list((tmp_path / "new").iterdir()) == []


def test_the_newest_dated_copies_stay(whole_copy, seeded_file, connect_to_file, tmp_path):
    for day in (24, 25, 26):
        shutil.copytree(whole_copy, tmp_path / f"backup-202211{day}-000000")
    (tmp_path / "backup-notes").mkdir()  # somebody's own
    path, _ = backup.create_dated(tmp_path, "backup", 2, connect_to_file(seeded_file))
    kept = sorted(folder.name for folder in tmp_path.iterdir())
    assert kept == ["backup-20221126-000000", path.name, "backup-notes"]


def test_a_copy_stays_though_the_clock_was_put_back(whole_copy, seeded_file, connect_to_file, tmp_path):
    for day in (24, 25):
        shutil.copytree(whole_copy, tmp_path / f"backup-209911{day}-000000")
    path, _ = backup.create_dated(tmp_path, "backup", 2, connect_to_file(seeded_file))
    assert {folder.name for folder in tmp_path.iterdir()} == {path.name, "backup-20991125-000000"}
