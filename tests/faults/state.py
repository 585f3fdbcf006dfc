"""What there is in the database: before a fault, after it, and back again."""

import hashlib
import re
import shutil
import sqlite3
from collections import Counter
from contextlib import closing

from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.databases import SeededDatabase, connect_to, one_at_a_time
from tests.faults.faults import Mailbox

# What is remembered is made by looking. A session is written by itself, before and after what a person asks for; a link holds the seals of one commit or of several; how often
# background work was tried is nobody's.
UNSEEN = {
    "core_remembered_page",
    "core_chainlink",
    "django_session",
    "departments_usersession",
    "django_tasks_database_dbtaskresult",
    "core_tasklease",
    "django_migrations",
    "sqlite_sequence",
}
HEX = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32,64}")
NUMBER = re.compile(r"\d+(?:[.,:+ TZ-]+\d+)*")


def tables():
    with connection.cursor() as cursor:
        return sorted(set(connection.introspection.table_names(cursor)) - UNSEEN)


def rows(names):
    """Every row, by table."""
    found = {}
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f'SELECT * FROM "{name}"')
            found[name] = Counter(tuple(map(_plain, row)) for row in cursor.fetchall())
    return found


def _plain(value):
    if isinstance(value, memoryview | bytes):
        return hashlib.sha256(bytes(value)).hexdigest()
    return str(value)


def difference(before, now):
    """What was added and what is gone, without keys, moments and other numbers, which another time are others."""
    found = Counter()
    for name in before.keys() | now.keys():
        was, is_ = before.get(name, Counter()), now.get(name, Counter())
        for sign, some in (("+", is_ - was), ("-", was - is_)):
            for row, number in some.items():
                found[f"{sign}{name} {NUMBER.sub('#', HEX.sub('H', ' | '.join(row)))}"] += number
    return found


class SqliteCopies:
    """A file of its own, so that other processes can be killed in the midst of it."""

    def __init__(self, folder):
        self.path, self.kept = folder / "faults.sqlite3", folder / "kept.sqlite3"

    def open(self):
        shutil.copy(SeededDatabase.current.template, self.path)
        BaseDatabaseWrapper.close(
            connection
        )  # SQLite's own keeps one in memory, which comes back after the test
        connect_to(self.path)

    def keep(self):
        connection.close()
        with closing(sqlite3.connect(self.path)) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(self.path, self.kept)

        self.watcher = sqlite3.connect(self.path)

    def mark(self):
        """Another once somebody has committed a change."""
        return self.watcher.execute("PRAGMA data_version").fetchone()

    def restore(self):
        self.watcher.close()
        connection.close()
        for suffix in ("-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        shutil.copy(self.kept, self.path)
        self.watcher = sqlite3.connect(self.path)

    def close(self):
        self.watcher.close()
        connect_to(SeededDatabase.current.name)


class PostgresqlCopies:
    """Made from a template, which is a copy of it as it was."""

    def __init__(self, folder):
        self.name = SeededDatabase.current.name
        self.kept = f"{self.name}_kept"

    def open(self):
        SeededDatabase.restore()

    def keep(self):
        self._copy(self.name, self.kept)

    def mark(self):
        """Another once somebody has committed a change: it has rows of a later transaction, or fewer."""
        newest = "SELECT count(*), max(xmin::text::bigint) FROM"
        with connection.cursor() as cursor:
            cursor.execute(
                " UNION ALL ".join(
                    f'({newest} "{name}")' for name in connection.introspection.table_names(cursor)
                )
            )
            return cursor.fetchall()

    def restore(self):
        self._copy(self.kept, self.name)

    def close(self):
        connection.close()
        self._run(f"DROP DATABASE IF EXISTS {self.kept} WITH (FORCE)")

    def _copy(self, source, target):
        connection.close()
        with one_at_a_time():
            self._run(
                f"DROP DATABASE IF EXISTS {target} WITH (FORCE)",
                f"CREATE DATABASE {target} TEMPLATE {source}",
            )

    def _run(self, *statements):
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


class World:
    """The database as a journey finds it; `restore` puts it back."""

    def __init__(self, folder):
        engine = SqliteCopies if connection.vendor == "sqlite" else PostgresqlCopies
        self.database = engine(folder)
        self.database.open()
        self.names = tables()

    def keep(self):
        self.database.keep()
        self.before = rows(self.names)
        self.mark = self.database.mark()
        Mailbox.sent = 0

    def restore(self, changes=True):
        """Puts back what may have changed: sessions do where nothing else does."""
        if self.database.mark() != self.mark:
            self.database.restore()
            self.mark = self.database.mark()
        Mailbox.sent = 0
        if changes:
            ContentType.objects.clear_cache()
            for cache in caches.all():
                cache.clear()

    def changes(self):
        """What is committed, or to be committed with the transaction that runs."""
        found = Counter({"+mail": Mailbox.sent}) + Counter()
        if connection.in_atomic_block or self.database.mark() != self.mark:
            found += difference(self.before, rows(self.names))
        return found
