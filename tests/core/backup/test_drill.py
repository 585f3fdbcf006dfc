"""The drill: a copy made while sixteen write, restored elsewhere, equal; on both engines."""

import threading
from pathlib import Path

import pytest

from core import backup
from core.backup.manifest import write_sums
from tests.core.backup.drill import manage, series_in, started


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
    assert manifest.hashes["core.StoredPiece"]
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

    output = manage(there, tmp_path, "restore", str(tmp_path / "copy"), "--replace")
    assert "로 옮겨 두었습니다." in output
    assert series_in(there) == names

    database = tmp_path / "copy" / manifest.database
    with database.open("r+b") as opened:
        opened.seek(database.stat().st_size // 2)
        opened.write(b"\xff" * 4096)
    write_sums(tmp_path / "copy")  # as if it had been broken before
    with pytest.raises(backup.BackupError, match="깨졌습니다"):
        backup.verify(tmp_path / "copy")
