"""A copy holds what lies in an object store, too, and brings it back there."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection

from core import backup
from core.backup.objects import copy_objects, restore_objects
from core.models import StoredFile
from tests.core.storage.object_store import object_server, objects, take_down  # noqa: F401 (fixtures)

pytestmark = pytest.mark.django_db


@pytest.fixture
def saved(objects):  # noqa: F811 (the fixture)
    """The names of three files in the store."""
    uploads = storages["uploads"]
    for name in "abc":
        uploads.save(name * 32, ContentFile(name.encode()))
    return [name * 32 for name in "abc"]


@pytest.mark.engine
def test_a_copy_holds_each_object_and_brings_it_back(saved, objects, tmp_path):  # noqa: F811
    copy_objects(connection, tmp_path / "objects")
    assert [path.name for path in sorted((tmp_path / "objects").iterdir())] == saved
    assert (tmp_path / "objects" / saved[1]).read_bytes() == b"b"
    objects.objects.delete()
    restore_objects(tmp_path / "objects")
    assert [storages["uploads"].open(name).read() for name in saved] == [b"a", b"b", b"c"]


def test_a_copy_of_files_in_the_database_has_no_objects(seeded, tmp_path):
    storages["uploads"].save("", ContentFile(b"x"))
    copy_objects(connection, tmp_path / "objects")
    restore_objects(tmp_path / "objects")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("body", [b"A", None])
def test_a_changed_or_missing_object_is_no_copy(saved, objects, tmp_path, body):  # noqa: F811
    key = f"seoul/{saved[0]}"
    objects.Object(key).delete() if body is None else objects.put_object(Key=key, Body=body)
    with pytest.raises(backup.BackupError, match=f"uploads/{saved[0]}: 없거나 적어 둔 SHA-256과 다릅니다"):
        copy_objects(connection, tmp_path / "objects")


@pytest.mark.engine
def test_what_is_deleted_after_the_database_was_copied_is_in_the_copy(saved, objects, tmp_path):  # noqa: F811
    """The copied database names it, and whoever restores it reads it."""
    storages["uploads"].delete(saved[0])
    assert not storages["uploads"].exists(saved[0])
    copy_objects(connection, tmp_path / "objects")
    assert [path.name for path in sorted((tmp_path / "objects").iterdir())] == saved
    assert (tmp_path / "objects" / saved[0]).read_bytes() == b"a"


def test_what_is_deleted_while_objects_are_copied_is_in_the_copy(saved, objects, tmp_path, monkeypatch):  # noqa: F811
    from core.backup import objects as copied

    def delete_first(file, target):
        storages["uploads"].delete(saved[2])
        fetch(file, target)

    fetch = copied.fetch
    monkeypatch.setattr(copied, "fetch", delete_first)
    copy_objects(connection, tmp_path / "objects")
    assert [path.read_bytes() for path in sorted((tmp_path / "objects").iterdir())] == [b"a", b"b", b"c"]


def test_what_is_being_written_is_no_reason_to_refuse(saved, objects, tmp_path):  # noqa: F811
    StoredFile.objects.filter(name=saved[0]).update(is_whole=False)
    objects.Object(f"seoul/{saved[0]}").delete()
    copy_objects(connection, tmp_path / "objects")
    assert sorted(path.name for path in (tmp_path / "objects").iterdir()) == saved[1:]


def test_a_store_that_does_not_answer_is_told(saved, tmp_path, monkeypatch):
    copy_objects(connection, tmp_path / "objects")
    take_down(monkeypatch)
    with pytest.raises(backup.BackupError, match="답하지 않습니다.* 백업을 만들지 않았습니다."):
        copy_objects(connection, tmp_path / "again")
    with pytest.raises(backup.BackupError, match="답하지 않습니다.* 데이터베이스는 건드리지 않았습니다."):
        restore_objects(tmp_path / "objects")


def test_a_copy_comes_back_with_its_objects_or_not_at_all(
    saved,
    objects,  # noqa: F811
    seeded_file,
    connect_to_file,
    tmp_path,
    settings,
):
    path = shutil.copy(seeded_file, tmp_path / "here.sqlite3")
    columns = [field.column for field in StoredFile._meta.fields]
    row = StoredFile.objects.filter(name=saved[0]).values_list(*columns).get()
    with closing(sqlite3.connect(path)) as database, database:
        marks = ", ".join("?" for _ in columns)
        database.execute(
            f"INSERT INTO core_storedfile ({', '.join(columns)}) VALUES ({marks})", [*map(plain, row)]
        )
    backup.create(tmp_path / "copy", connect_to_file(path))
    backup.verify(tmp_path / "copy")
    objects.objects.delete()
    there = connect_to_file(tmp_path / "there.sqlite3")
    settings.FILES_STORE, store = "", settings.FILES_STORE
    with pytest.raises(backup.BackupError, match="파일이 1개 있습니다. 되살릴 저장소를 FILES_STORE에 적고"):
        backup.restore(tmp_path / "copy", there, replace=False, tell=print)
    assert not (tmp_path / "there.sqlite3").exists()
    settings.FILES_STORE = store
    backup.restore(tmp_path / "copy", there, replace=False, tell=print)
    assert [found.key for found in objects.objects.all()] == [f"seoul/{saved[0]}"]
    (tmp_path / "copy" / "objects" / saved[0]).write_bytes(b"A")
    with pytest.raises(backup.BackupError, match=f"objects/{saved[0]}: 내용이 백업한 뒤에 바뀌었습니다"):
        backup.verify(tmp_path / "copy")


def plain(value):
    return value if isinstance(value, int | str | None) else str(value)
