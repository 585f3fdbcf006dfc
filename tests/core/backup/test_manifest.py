"""Whether a copy is whole."""

import json
import random

import pytest

from core import backup
from core.backup.manifest import write_sums


def refused(path):
    with pytest.raises(backup.BackupError) as error:
        backup.verify(path)
    return str(error.value)


def test_a_copy_with_any_four_kilobytes_overwritten_is_refused(copy):
    """Each page of the database, and some places across two; the other files whole."""
    chance = random.Random(47)
    for file in copy.iterdir():
        whole = file.read_bytes()
        last = max(0, len(whole) - 4096)
        offsets = [*range(0, len(whole), 4096)][:: max(1, len(whole) // 4096 // 100)]
        for offset in {*offsets, last, *(chance.randint(0, last) for _ in range(20))}:
            with file.open("r+b") as opened:
                opened.seek(offset)
                opened.write(chance.randbytes(min(4096, len(whole) - offset)))
            assert "쓸 수 없는 백업입니다. 다른 백업을 쓰십시오." in refused(copy)
        file.write_bytes(whole)
    backup.verify(copy)


def test_missing_and_foreign_files_are_named(copy):
    (copy / "database.sqlite3").rename(copy / "other.sqlite3")
    text = refused(copy)
    assert "database.sqlite3: 백업에 없습니다." in text
    assert "other.sqlite3: SHA256SUMS에 없는 파일입니다." in text


def test_another_format_is_refused(copy):
    manifest = json.loads((copy / "manifest.json").read_text())
    (copy / "manifest.json").write_text(json.dumps(manifest | {"format": 2}))
    write_sums(copy)
    assert "형식이 2입니다" in refused(copy)


def test_a_bare_database_file_is_named_as_such(copy, tmp_path):
    alone = tmp_path / "db.sqlite3"
    (copy / "database.sqlite3").rename(alone)
    assert "데이터베이스 파일만 복사한 것이고 백업이 아닙니다" in refused(alone)
    (tmp_path / "folder").mkdir()
    alone.rename(tmp_path / "folder" / "db.sqlite3")
    assert "-wal 파일에 있던 것이 빠지거나" in refused(tmp_path / "folder")


def test_what_is_no_backup_is_named(tmp_path):
    assert "백업이 아닙니다(manifest.json, SHA256SUMS 파일이 없습니다)" in refused(tmp_path)
    assert "none가 없습니다." in refused(tmp_path / "none")
