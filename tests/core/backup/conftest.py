import shutil

import pytest
from django.db import connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from core import backup


def connection_to(path):
    """Django's connection to a SQLite file, whatever engine the tests run on."""
    wrapper = DatabaseWrapper(connections["default"].settings_dict | {"NAME": str(path), "OPTIONS": {}})
    wrapper.features.supports_json_field = True  # else Django looks by another connection
    return wrapper


@pytest.fixture
def connect_to_file(django_db_blocker):
    opened = []

    def connect(path):
        opened.append(connection_to(path))
        return opened[-1]

    with django_db_blocker.unblock():
        yield connect
        for connection in opened:
            connection.close()


@pytest.fixture(scope="session")
def whole_copy(seeded_file, django_db_blocker, tmp_path_factory):
    """A copy of the seeded report, not to be changed."""
    path = tmp_path_factory.mktemp("backups") / "whole"
    with django_db_blocker.unblock():
        opened = connection_to(seeded_file)
        backup.create(path, opened)
        opened.close()
    return path


@pytest.fixture
def copy(whole_copy, tmp_path):
    """One to be changed."""
    return shutil.copytree(whole_copy, tmp_path / "copy")


@pytest.fixture
def addresses(transactional_db, seeded_file, tmp_path):
    """DATABASE_URL of a seeded database and of an empty one, on the engine of this run."""
    if connection.vendor == "sqlite":
        shutil.copy(seeded_file, tmp_path / "here.sqlite3")
        yield f"sqlite:///{tmp_path}/here.sqlite3", f"sqlite:///{tmp_path}/there.sqlite3"
        return
    settings = connection.settings_dict
    server = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}".format(**settings)
    there = f"{settings['NAME']}_there"
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {there}")
    yield f"{server}/{settings['NAME']}", f"{server}/{there}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {there} WITH (FORCE)")
