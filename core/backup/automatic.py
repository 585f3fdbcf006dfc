"""A copy before the database changes its shape."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connections

from .backup import ENGINES, create_dated
from .manifest import BackupError

KEPT = 5


def back_up_before_migrate(using: str, plan: list[Any], **kwargs: object) -> None:
    """Receives `pre_migrate` once a `migrate`; does nothing where nothing is to be migrated or there is nothing yet to lose."""
    connection = connections[using]
    is_in_memory = connection.vendor == "sqlite" and connection.is_in_memory_db()  # type: ignore[attr-defined]
    if not plan or not settings.BACKUP_BEFORE_MIGRATE or is_in_memory:
        return
    if ENGINES[connection.vendor].is_empty(connection):
        return
    try:
        path, manifest = create_dated(settings.BACKUP_FOLDER, "before-migrate", KEPT, connection)
    except BackupError as error:
        raise CommandError(
            f"마이그레이션에 앞서 백업하지 못했으므로 아무것도 바꾸지 않았습니다. {error}\n"
            "백업을 다른 방법으로 해 두었으면 BACKUP_BEFORE_MIGRATE=0으로 다시 실행하십시오."
        ) from error
    for problem in manifest.chain_problems:
        print(f"주의: {problem}", flush=True)
    print(f"마이그레이션에 앞서 {path}에 백업했습니다.", flush=True)
