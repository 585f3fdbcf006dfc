"""SQLite: its online backup while others write, one file without a log beside it."""

import contextlib
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from .contents import Contents, Table, measure
from .manifest import BackupError, flush

DATABASE = "database.sqlite3"
HEADER = b"SQLite format 3\0"
SUFFIXES = ("-wal", "-shm", "")


def path_of(connection: Any) -> Path:
    return Path(connection.settings_dict["NAME"])


def copy(connection: Any, folder: Path) -> str:
    connection.ensure_connection()
    with closing(sqlite3.connect(folder / DATABASE)) as target:
        connection.connection.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, without a log
    return DATABASE


def contents(path: Path, wanted: list[Table]) -> Contents:
    with closing(_opened(path)) as database:
        return measure(database.execute, wanted)


def live_contents(connection: Any, wanted: list[Table]) -> Contents:
    return contents(path_of(connection), wanted)


def problems(path: Path) -> list[str]:
    """What SQLite itself finds wrong in the pages of the file."""
    try:
        with closing(_opened(path)) as database:
            found = [text for (text,) in database.execute("PRAGMA integrity_check") if text != "ok"]
            loose = database.execute("PRAGMA foreign_key_check").fetchall()
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        return [f"{path.name}: 데이터베이스 파일이 깨졌습니다({error})."]
    wrong = [f"{path.name}: 데이터베이스 파일이 깨졌습니다({text})." for text in found[:5]]
    return wrong + [
        f"{path.name}: {table}의 {row}번 줄이 없는 것을 가리킵니다." for table, row, *_ in loose[:5]
    ]


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def is_empty(connection: Any) -> bool:
    path = path_of(connection)
    if not path.exists() or not path.stat().st_size:
        return True
    with closing(sqlite3.connect(path)) as database:
        return not database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]


def move_aside(connection: Any) -> str:
    """Renames the database with what belongs to it, never deletes it. Returns the new name."""
    path = path_of(connection)
    connection.close()
    aside = path.with_name(f"{path.name}.before-{datetime.now().astimezone():%Y%m%d-%H%M%S}")
    for suffix in SUFFIXES:
        old = path.with_name(path.name + suffix)
        if old.exists():
            old.rename(aside.with_name(aside.name + suffix))
    return str(aside)


def make_file_private(connection: Any, **kwargs: object) -> None:
    """Receives `connection_created`: the database and its log are for their owner alone, also those made before."""
    if connection.vendor != "sqlite" or connection.is_in_memory_db():
        return
    path = path_of(connection)
    for suffix in SUFFIXES:
        file = path.with_name(path.name + suffix)
        with contextlib.suppress(OSError):  # the file of somebody else
            if file.stat().st_mode & 0o077:
                file.chmod(0o600)


def refuse_if_in_use(connection: Any) -> None:
    """Raises BackupError where another process has the database open: it would go on writing into the file that is moved aside."""
    connection.close()
    with closing(sqlite3.connect(path_of(connection), timeout=1)) as database:
        try:
            (mode,) = database.execute("PRAGMA journal_mode=DELETE").fetchone()
        except sqlite3.OperationalError:
            mode = "wal"
        if mode == "wal":
            raise BackupError("서비스가 돌고 있습니다. 서비스를 끝낸 다음 되살리십시오.")


def restore(connection: Any, source: Path) -> None:
    """Puts the copy in place by one rename."""
    path = path_of(connection)
    path.parent.mkdir(parents=True, exist_ok=True)
    for suffix in SUFFIXES:  # an empty file, or the log of a database that is no more
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    shutil.copyfile(source, unfinished)
    unfinished.chmod(0o600)
    flush(unfinished)
    unfinished.rename(path)
    flush(path.parent)
