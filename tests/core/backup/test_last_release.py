"""The database of the last release (tests/fixtures/release, `make release-fixture`) is restored and migrated, on both engines."""

import json
import tarfile

import pytest
import release_fixture
from django.apps import apps
from django.db import connection

from core import backup
from tests.core.backup.drill import manage, opened

ABOUT = json.loads(release_fixture.ABOUT.read_text())
CHANGED = {
    path for path, digest in ABOUT["migrations"].items() if release_fixture.migrations().get(path) != digest
}


def test_no_kept_migration_is_changed():
    assert not CHANGED, "Before the first release: make release-fixture. After it: add a migration."


@pytest.mark.engine
def test_the_last_release_is_migrated(addresses, tmp_path):
    _, empty = addresses
    with tarfile.open(release_fixture.archive(connection.vendor)) as tar:
        tar.extractall(tmp_path, filter="data")
    before = backup.verify(tmp_path / "backup")
    manage(empty, tmp_path, "restore", str(tmp_path / "backup"))
    manage(empty, tmp_path, "migrate", "--verbosity=0")
    assert "No planned migration operations." in manage(empty, tmp_path, "migrate", "--plan")
    with opened(empty) as database:
        for model in apps.get_models(include_auto_created=True):
            columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
            rows = database.execute(f'SELECT {columns} FROM "{model._meta.db_table}"').fetchall()
            if kept := before.models.get(model._meta.label):
                assert len(rows) >= kept["rows"], model._meta.label
