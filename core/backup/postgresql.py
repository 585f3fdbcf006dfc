"""PostgreSQL: pg_dump and pg_restore of the client, which must be as new as the server."""

import os
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from seoul_digital.lib.hangul import with_particle

from ..remembered.database_page_cache import TABLE as PAGES
from .contents import Contents, Table, measure, measure_copy
from .manifest import BackupError

DATABASE = "database.dump"
ASIDE = "before_"  # of schemas that a restore has moved aside


def _client(connection: Any) -> tuple[list[str], dict[str, str]]:
    """Arguments and environment of a client program. The password is in the environment, where other users cannot read it."""
    arguments, environment = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
    return [*arguments[1:-1], f"--dbname={arguments[-1]}"], os.environ | (environment or {})


def _run(command: list[str], environment: dict[str, str] | None = None) -> None:
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError as error:
        raise BackupError(_missing(command[0])) from error
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["?"])[-1]
        raise BackupError(
            f"{with_particle(command[0], '이/가')} 끝내지 못했습니다: {last}\n데이터베이스의 주소, 권한, 디스크의 자리, 그리고 "
            "클라이언트의 판이 서버보다 낮지 않은지 보십시오."
        )


def _missing(program: str) -> str:
    return f"{program} 명령이 없습니다. PostgreSQL 클라이언트를 설치하십시오(Debian: apt-get install postgresql-client)."


def copy(connection: Any, folder: Path) -> str:
    arguments, environment = _client(connection)
    options = ["--format=custom", "--no-owner", "--no-privileges", f"--exclude-schema={ASIDE}*"]
    options += [f"--exclude-table-data={PAGES}"]  # made anew
    _run(["pg_dump", *options, f"--file={folder / DATABASE}", *arguments], environment)
    return DATABASE


def contents(path: Path, wanted: list[Table]) -> Contents:
    return measure_copy(_rows(path), wanted)


def _rows(path: Path) -> Iterator[bytes]:
    """The lines of the script that a dump makes. Raises BackupError where it is broken."""
    command = ["pg_restore", "--data-only", "--file=-", str(path)]
    try:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # noqa: S603
    except FileNotFoundError as error:
        raise BackupError(_missing("pg_restore")) from error
    with process:
        assert process.stdout and process.stderr  # noqa: S101 (for mypy)
        yield from process.stdout
        complaint = process.stderr.read().decode(errors="replace").strip()
    if process.returncode:
        raise BackupError(f"{path.name}: 덤프가 깨졌습니다({complaint}).")


def live_contents(connection: Any, wanted: list[Table]) -> Contents:
    with connection.cursor() as cursor:

        def execute(sql: str) -> list[Any]:
            cursor.execute(sql)
            return cursor.fetchall()

        return measure(execute, wanted)


def problems(path: Path) -> list[str]:
    """Nothing: a dump is read to its end when it is counted."""
    return []


def is_empty(connection: Any) -> bool:
    return not connection.introspection.table_names()


def refuse_if_in_use(connection: Any) -> None:
    """Raises BackupError where somebody else is connected."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        if cursor.fetchone()[0]:
            raise BackupError(
                "서비스가 돌고 있습니다(다른 접속이 있습니다). 서비스를 끝낸 다음 되살리십시오."
            )


def move_aside(connection: Any) -> str:
    """Renames the schema that holds everything. Returns its new name."""
    name = f"{ASIDE}{datetime.now().astimezone():%Y%m%d_%H%M%S}"
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(f"ALTER SCHEMA public RENAME TO {name}")
        cursor.execute("CREATE SCHEMA public")
    return f"스키마 {name}"


def restore(connection: Any, source: Path) -> None:
    """All of it or nothing, in one transaction."""
    arguments, environment = _client(connection)
    connection.close()
    options = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]
    _run(["pg_restore", *options, *arguments, str(source)], environment)
