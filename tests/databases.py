"""The seeded database that every test begins with.

It is made once for the code and the fixtures of now, and kept: on SQLite a file in var/tests, on PostgreSQL a
template database. Each worker gets a copy, and gets it anew after a test that commits: a copy takes milliseconds,
migrating and seeding ten seconds.
"""

import fcntl
import hashlib
import os
import pickle
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from functools import cache
from io import StringIO
from pathlib import Path
from urllib.parse import quote

import django
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction

ROOT = Path(settings.BASE_DIR)
FOLDER = ROOT / "var" / "tests"
WEEK = 7 * 24 * 3600


@cache
def digest() -> str:
    """What the seeded database depends on: product code, fixtures, pinned packages."""
    apps = {label.partition(".")[0] for label in settings.INSTALLED_APPS}
    folders = [path for path in sorted(ROOT.iterdir()) if path.name in apps | {"seoul_digital"}]
    files = [file for folder in folders for file in sorted(folder.rglob("*.py"))]
    files += sorted((ROOT / "fixtures").rglob("*.yaml")) + sorted((ROOT / "requirements").glob("*.txt"))
    found = hashlib.sha256(django.__version__.encode())
    for file in files:
        found.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    return found.hexdigest()[:16]


@cache
def tests_digest() -> str:
    """What else a database that tests have written into depends on."""
    found = hashlib.sha256()
    for file in sorted((ROOT / "tests").rglob("*.py")):
        found.update(file.read_bytes())
    return found.hexdigest()[:16]


@contextmanager
def one_at_a_time():
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def connect_to(name):
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = str(name)


def migrate_and_seed():
    call_command("migrate", verbosity=0)
    call_command("seed", stdout=StringIO())
    connection.close()


def migrate_and_seed_beside(file):
    """By commands of their own: this process has another engine."""
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{file}", "AUDIT_KEY": settings.AUDIT_KEYS[0]}
    for command in (["migrate", "--verbosity", "0"], ["seed"]):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )


class SqliteDatabase:
    """A database in memory, copied from a file."""

    def __init__(self, worker):
        self.name = f"file:tests_{worker}?mode=memory&cache=shared"
        self.seeded = self.template = FOLDER / f"seeded-{digest()}.sqlite3"

    def make_template(self):
        """The template file, made now if there is none for the code of now."""
        with one_at_a_time():
            if not self.seeded.exists():
                remove_old_templates()
                unfinished = FOLDER / f"unfinished-{os.getpid()}.sqlite3"
                if connection.vendor == "sqlite":
                    connect_to(unfinished)
                    migrate_and_seed()
                else:  # a run on PostgreSQL alone, whose tests open files of SQLite too
                    migrate_and_seed_beside(unfinished)
                with closing(sqlite3.connect(unfinished)) as database:
                    database.execute("PRAGMA journal_mode=DELETE")  # one file, without its log
                unfinished.rename(self.seeded)
        return self.seeded

    def open(self):
        connect_to(self.name)
        self.restore()

    def restore(self):
        connection.ensure_connection()
        with closing(sqlite3.connect(self.template)) as template:
            template.backup(connection.connection)

    def begin_with(self, make):
        """From now on tests begin with what `make` has written, once for the code of now, too; gives what it returned."""
        self.template = FOLDER / f"{make.__module__}.{make.__name__}-{digest()}{tests_digest()}.sqlite3"
        returned = self.template.with_suffix(".pickle")
        with one_at_a_time():
            if not returned.exists():
                made = make()
                with closing(sqlite3.connect(self.template)) as template:
                    connection.connection.backup(template)
                returned.write_bytes(pickle.dumps(made))
        self.restore()
        return pickle.loads(returned.read_bytes())

    def begin_seeded(self):
        self.template = self.seeded
        self.restore()

    def close(self):
        connection.connection = None  # what is in memory goes with its last connection


def remove_old_templates():
    for file in (*FOLDER.glob("*.sqlite3"), *FOLDER.glob("*.pickle")):
        if time.time() - file.stat().st_mtime > WEEK:
            file.unlink()


class PostgresqlDatabase:
    """A database made from a template database of the same server."""

    def __init__(self, worker):
        self.name, self.template = f"tests_{worker}", f"seeded_{digest()}"

    def make_template(self):
        with one_at_a_time(), connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.template])
            if cursor.fetchone():
                return
            cursor.execute("DROP DATABASE IF EXISTS seeded_unfinished WITH (FORCE)")
            cursor.execute("CREATE DATABASE seeded_unfinished")
            connect_to("seeded_unfinished")
            migrate_and_seed()
            cursor.execute(f"ALTER DATABASE seeded_unfinished RENAME TO {self.template}")

    def open(self):
        connect_to(self.name)
        self.restore()

    def restore(self):
        connection.close()
        with one_at_a_time(), connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {self.name} TEMPLATE {self.template}")

    def close(self):
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")


class SeededDatabase:
    """The database of this process, `None` until a test needs it."""

    current = None

    @classmethod
    def open(cls, worker):
        engine = SqliteDatabase if connection.vendor == "sqlite" else PostgresqlDatabase
        cls.current = engine(worker)
        cls.current.make_template()
        cls.current.open()

    @classmethod
    def restore(cls):
        cls.current.restore()
        ContentType.objects.clear_cache()


def address_for_others(folder):
    """The DATABASE_URL of this database as other processes reach it; of a copy in a file where ours is in memory."""
    if connection.vendor == "postgresql":
        of = connection.settings_dict
        return f"postgres://{of['USER']}:{quote(of['PASSWORD'])}@{of['HOST']}:{of['PORT']}/{of['NAME']}"
    path = folder / "shared.sqlite3"
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
    return f"sqlite:///{path}"


def around_tests(blocker, make):
    """For a fixture of a module, which yields from it: what `make` writes is there for all its tests, whose own
    transactions lie in this one, and goes with the last of them."""
    with blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
        made = make()
    yield made
    with blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


def kept_for_tests(blocker, make):
    """As `around_tests`, for what takes long to make and leaves nothing but rows: on SQLite it is kept from run to run. `make` is a
    function of a module, and what it returns can be pickled."""
    current = SeededDatabase.current
    if not isinstance(current, SqliteDatabase):
        yield from around_tests(blocker, make)
        return
    with blocker.unblock():
        made = current.begin_with(make)
    yield made
    with blocker.unblock():
        current.begin_seeded()
