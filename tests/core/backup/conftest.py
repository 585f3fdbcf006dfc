import shutil

import pytest
from django.conf import settings
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from core import backup


def connection_to(path):
    """Django's connection to a SQLite file, whatever engine the tests run on."""
    connection = DatabaseWrapper(connections["default"].settings_dict | {"NAME": str(path), "OPTIONS": {}})
    connection.features.supports_json_field = True  # else Django looks by another connection
    return connection


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
    folders, settings.BACKUP_FOLDERS = settings.BACKUP_FOLDERS, {}
    with django_db_blocker.unblock():
        connection = connection_to(seeded_file)
        backup.create(path, connection)
        connection.close()
    settings.BACKUP_FOLDERS = folders
    return path


@pytest.fixture(autouse=True)
def no_folders(settings):
    settings.BACKUP_FOLDERS = {}


@pytest.fixture
def copy(whole_copy, tmp_path):
    """One to be changed."""
    return shutil.copytree(whole_copy, tmp_path / "copy")
