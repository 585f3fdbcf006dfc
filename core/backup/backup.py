"""Making, checking and restoring a copy."""

import errno
import os
import shutil
import tomllib
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from seoul_digital.lib.hangul import with_particle

from . import postgresql, sqlite
from .contents import Table, tables
from .manifest import (
    FORMAT,
    MANIFEST,
    SUMS,
    BackupError,
    Manifest,
    flush,
    make_private,
    write_sums,
    wrong_files,
)
from .objects import copy_objects, restore_objects
from .queue import forget_queue

ENGINES: dict[str, Any] = {"postgresql": postgresql, "sqlite": sqlite}
OBJECTS = "objects"


def create(path: Path, connection: Any) -> Manifest:
    """A copy at `path`, which must not be there yet. It is there only once all of it is on the disk."""
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise BackupError(f"{path}에 이미 무엇이 있습니다. 아직 없는 폴더의 이름을 적으십시오.")
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.mkdir(mode=0o700)
        manifest = _fill(unfinished, connection)
        make_private(unfinished)
        unfinished.rename(path)
        flush(path.parent)
    except OSError as error:
        is_full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        reason = "디스크에 자리가 없습니다" if is_full else f"쓸 수 없습니다({error.strerror})"
        raise BackupError(f"{path.parent}: {reason}. 백업을 만들지 않았습니다.") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return manifest


def _fill(folder: Path, connection: Any) -> Manifest:
    engine, wanted = ENGINES[connection.vendor], tables(connection)
    database = engine.copy(connection, folder)
    copy_objects(connection, folder / OBJECTS)
    found = engine.contents(folder / database, wanted)
    manifest = Manifest(
        format=FORMAT,
        created_at=timezone.localtime().isoformat(timespec="seconds"),
        engine=connection.vendor,
        release=tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"][
            "version"
        ],
        migrations=found.migrations,
        database=database,
        tables=[asdict(table) for table in wanted],
        models=found.models,
        hashes=found.hashes,
        chain=found.chain.end,
        chain_problems=found.chain.problems(),
    )
    manifest.write(folder)
    write_sums(folder)
    if found.wrong_hashes:
        raise BackupError("\n".join([*found.wrong_hashes, "데이터베이스를 살펴본 다음 다시 백업하십시오."]))
    return manifest


def create_dated(folder: Path, prefix: str, keep: int, connection: Any) -> tuple[Path, Manifest]:
    """A copy in `folder`, named by `prefix` and the time; of those of this name it and the newest others stay, `keep` in all.

    All stay while its chain of changes does not hold: older ones may be the last good. It stays also where the clock was put back, and the others are called as if they were newer.
    """
    path = folder / f"{prefix}-{datetime.now().astimezone():%Y%m%d-%H%M%S}"
    manifest = create(path, connection)
    if manifest.chain_problems:
        return path, manifest
    others = sorted(
        copy for copy in folder.glob(f"{prefix}-*") if copy != path and (copy / MANIFEST).is_file()
    )
    for copy in others[: len(others) - max(0, keep - 1)]:
        shutil.rmtree(copy)
    return path, manifest


def verify(path: Path) -> Manifest:
    """The manifest of a copy that is whole, with what its chain of changes lacks. Raises BackupError with a line for each thing that is wrong."""
    _refuse_bare_file(path)
    wrong = wrong_files(path)
    if not wrong:
        manifest = Manifest.read(path)
        engine, database = ENGINES[manifest.engine], path / manifest.database
        wrong = engine.problems(database)
        if not wrong:
            found = engine.contents(database, [Table(**table) for table in manifest.tables])
            wrong = found.differences(manifest)
            manifest = replace(manifest, chain_problems=found.chain.problems())
    if wrong:
        raise BackupError("\n".join([f"{path}: 쓸 수 없는 백업입니다. 다른 백업을 쓰십시오.", *wrong]))
    return manifest


def _refuse_bare_file(path: Path) -> None:
    if not path.exists():
        raise BackupError(f"{with_particle(path, '이/가')} 없습니다.")
    if path.is_dir() and (path / MANIFEST).is_file():
        return
    files = [path] if path.is_file() else [file for file in path.iterdir() if file.is_file()]
    for file in files:
        with file.open("rb") as opened:
            is_database = opened.read(len(sqlite.HEADER)) == sqlite.HEADER
        if is_database:
            raise BackupError(
                f"{path}: 데이터베이스 파일만 복사한 것이고 백업이 아닙니다. 서비스가 도는 동안 복사했다면 -wal 파일에 있던 것이 빠지거나 "
                "깨져 있을 수 있고, 그런지 견줄 목록이 없습니다. `manage.py backup 폴더`로 백업하십시오. 이 파일밖에 없다면 서비스를 "
                "끝내고 var/db.sqlite3 자리에 -wal 파일과 함께 둔 다음 `manage.py integrity`로 살펴보십시오."
            )
    raise BackupError(
        f"{path}: 백업이 아닙니다({MANIFEST}, {SUMS} 파일이 없습니다). `manage.py backup`이 만든 폴더를 적으십시오."
    )


def restore(path: Path, connection: Any, *, replace: bool, tell: Callable[[str], None]) -> Manifest:
    """Puts a whole copy into an empty place; with `replace` what is there is moved aside first."""
    manifest = verify(path)
    engine = ENGINES[connection.vendor]
    if manifest.engine != connection.vendor:
        raise BackupError(
            f"이 백업은 {manifest.engine}의 것이고 지금 데이터베이스는 {connection.vendor}입니다. DATABASE_URL을 맞추십시오."
        )
    _refuse_newer(manifest)
    is_empty = engine.is_empty(connection)
    if not is_empty:
        if not replace:
            raise BackupError(
                "데이터베이스에 이미 자료가 있습니다. 빈 데이터베이스를 DATABASE_URL에 적거나, 지금 것을 옆으로 옮겨 두고 되살리려면 "
                "--replace를 붙이십시오."
            )
        engine.refuse_if_in_use(connection)
    restore_objects(path / OBJECTS)
    if not is_empty:
        tell(
            f"지금 데이터베이스를 {with_particle(engine.move_aside(connection), '으로/로')} 옮겨 두었습니다."
        )
    engine.restore(connection, path / manifest.database)
    found = engine.live_contents(connection, [Table(**table) for table in manifest.tables])
    forget_queue(connection)
    if wrong := found.differences(manifest):
        raise BackupError("\n".join(["되살린 것이 백업과 다릅니다. 쓰지 마십시오.", *wrong]))
    return manifest


def _refuse_newer(manifest: Manifest) -> None:
    loader = MigrationLoader(None)
    known = {(app, name) for app, name in loader.disk_migrations} | set(loader.replacements)
    ours = {app for app, _ in known}
    if any(app in ours and (app, name) not in known for app, name in manifest.migrations):
        raise BackupError(
            f"이 백업은 이 프로그램이 모르는 판({manifest.release})에서 만든 것입니다. 그 판의 프로그램으로 되살리십시오."
        )
