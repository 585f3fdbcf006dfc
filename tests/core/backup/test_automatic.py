"""The copy before a migration."""

import pytest
from django.core.management import CommandError

from core import backup
from core.backup import automatic

PLAN = [("a migration", False)]


@pytest.fixture
def file(seeded_file, connect_to_file, tmp_path, monkeypatch, settings):
    """The database that is to be migrated; `settings.BACKUP_FOLDER` is where its copies go."""
    settings.BACKUP_FOLDER = tmp_path / "backups"
    monkeypatch.setattr(automatic, "connections", {"default": connect_to_file(seeded_file)})


def copies(settings):
    return sorted(settings.BACKUP_FOLDER.glob("*"))


def test_a_database_is_copied_before_it_is_migrated(file, settings, capsys):
    automatic.back_up_before_migrate("default", PLAN)
    (path,) = copies(settings)
    assert capsys.readouterr().out == f"마이그레이션에 앞서 {path}에 백업했습니다.\n"
    assert backup.verify(path).models["projects.Project"]["rows"] == 11


def test_nothing_is_copied_where_nothing_is_migrated(file, settings):
    automatic.back_up_before_migrate("default", [])
    assert copies(settings) == []


def test_an_empty_database_is_not_copied(file, connect_to_file, tmp_path, monkeypatch, settings):
    monkeypatch.setattr(automatic, "connections", {"default": connect_to_file(tmp_path / "new.sqlite3")})
    automatic.back_up_before_migrate("default", PLAN)
    assert copies(settings) == []


def test_an_operator_may_do_without(file, settings):
    settings.BACKUP_BEFORE_MIGRATE = False
    automatic.back_up_before_migrate("default", PLAN)
    assert copies(settings) == []


def test_without_a_copy_nothing_is_migrated(file, settings, tmp_path):
    settings.BACKUP_FOLDER = tmp_path / "a file"
    settings.BACKUP_FOLDER.write_text("")
    with pytest.raises(CommandError, match="아무것도 바꾸지 않았습니다.*\n.*BACKUP_BEFORE_MIGRATE=0"):
        automatic.back_up_before_migrate("default", PLAN)
