"""Makes the database ready: migrated, seeded, with an administrator. What is up to date is not done again.

Before a migration core.backup makes a copy. A SQLite database of before the migrations were made anew is moved aside, never deleted.
"""

import hashlib
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAMP = ROOT / "var" / "seed.stamp"


def fixtures_digest():
    digest = hashlib.sha256()
    for path in sorted((ROOT / "fixtures").rglob("*.yaml")):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def is_of_before(loader):
    """Whether migrations of ours have run that are no more: the database has another shape."""
    ours = loader.migrated_apps & {path.parent.name for path in ROOT.glob("*/migrations")}
    known = {app for app, _ in loader.disk_migrations}
    unknown = set(loader.applied_migrations) - set(loader.disk_migrations)
    began_without_core = ("departments", "0001_initial") in loader.applied_migrations and not any(
        app == "core" for app, _ in loader.applied_migrations
    )
    return any(app in ours and app in known for app, _ in unknown) or began_without_core


def move_aside(connection):
    """Renames the SQLite database with what belongs to it; of another engine it ends with what to do."""
    from core.backup import sqlite
    from seoul_digital.lib.hangul import with_particle

    if connection.vendor != "sqlite":
        sys.exit(
            "데이터베이스가 이 프로그램의 옛 판에서 만든 것이라 그대로 쓸 수 없습니다. "
            "DATABASE_URL에 빈 데이터베이스를 적고 다시 실행하십시오. 옛 데이터베이스는 건드리지 않았습니다."
        )
    aside = Path(sqlite.move_aside(connection))
    shown = aside.relative_to(ROOT) if aside.is_relative_to(ROOT) else aside
    print(
        f"옛 판의 데이터베이스를 {with_particle(str(shown), '으로/로')} "
        "옮겨 두고 새로 만듭니다. 옛 자료는 그 파일에 그대로 있습니다.",
        flush=True,
    )


def migrate(connection):
    from django.core.management import call_command
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if is_of_before(executor.loader):
        move_aside(connection)
        executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0)


def seed():
    from django.core.management import call_command

    from core.models import Source

    digest = fixtures_digest()
    if not STAMP.is_file() or STAMP.read_text() != digest or not Source.objects.exists():
        call_command("seed")
        STAMP.write_text(digest)


def main():
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "seoul_digital.settings"
    import django
    from django.core.management import CommandError, call_command
    from django.db import connection

    django.setup()
    try:
        migrate(connection)
        seed()
        call_command("createadmin")
    except CommandError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
