"""Files move between the database and a store: whole, sealed or not, and whoever is stopped leaves them where they were."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import IntegrityError, transaction

from core.models import StoredFile, StoredPiece
from core.storage import FileDamagedError, fetch, moving, opened
from tests.core.storage.object_store import ADDRESS
from tests.core.storage.test_objects import keys
from tests.faults import faults
from tests.faults.faults import Steps
from tests.tampering import tamper

pytestmark = [pytest.mark.django_db, pytest.mark.engine]
CONTENT = bytes(range(256)) * 5_000  # in two pieces


@pytest.fixture
def old(seeded, settings, objects):
    """Saved before there was a store: one that is published, and an upload."""
    settings.FILES_STORE = ""
    store = storages["published"]
    sealed = store.seal(store.save("a" * 32, ContentFile(CONTENT)))
    storages["uploads"].save("b" * 32, ContentFile(b"upload"))
    settings.FILES_STORE = ADDRESS
    return sealed, StoredFile.objects.get(name="b" * 32)


def read(file):
    with opened(StoredFile.objects.get(pk=file.pk)) as content:
        return content.read()


def as_kept(file):
    return StoredFile.objects.filter(pk=file.pk).values().get() | {"place": ""}


def test_a_file_goes_to_the_store_and_back_as_it_was(old, objects):
    before = [as_kept(file) for file in old]
    assert list(moving.left("objects")) == list(old)
    assert [moving.move(file, "objects") for file in old] == [True, True]
    assert (StoredPiece.objects.count(), keys(objects)) == (0, [f"seoul/{'a' * 32}", f"seoul/{'b' * 32}"])
    assert ([read(file) for file in old], [as_kept(file) for file in old]) == ([CONTENT, b"upload"], before)
    assert not moving.left("objects").exists()
    for file in moving.left("database"):
        assert moving.move(file, "database")
    assert (StoredPiece.objects.count(), len(keys(objects))) == (3, 2)  # for a copy that is being made
    for file in StoredFile.objects.all():
        moving.clear(file)
    assert (keys(objects), [read(file) for file in old]) == ([], [CONTENT, b"upload"])
    assert [as_kept(file) for file in old] == before


@pytest.mark.parametrize("place", ["objects", "database"])
def test_whoever_is_stopped_in_the_midst_leaves_it_readable_and_the_next_goes_on(old, objects, place):
    file = old[0]
    if place == "database":
        moving.move(file, "objects")
    steps = Steps()
    with faults.statements(steps), transaction.atomic():
        moving.move(StoredFile.objects.get(pk=file.pk), place)
        transaction.set_rollback(True)
    assert steps.count >= 2
    for at in range(1, steps.count + 1):
        with pytest.raises(KeyboardInterrupt), faults.statements(Steps(at, stop)):
            moving.move(StoredFile.objects.get(pk=file.pk), place)
        assert StoredFile.objects.get(pk=file.pk).place != place
        assert read(file) == CONTENT
    assert moving.move(StoredFile.objects.get(pk=file.pk), place)
    assert read(file) == CONTENT


def stop():
    raise KeyboardInterrupt


def test_what_is_not_what_was_saved_stays(old, objects):
    sealed, upload = old
    tamper(StoredPiece, upload.pieces.get().pk, content=b"other")
    with pytest.raises(FileDamagedError):
        moving.move(upload, "objects")
    assert keys(objects) == []
    moving.move(sealed, "objects")
    objects.put_object(Key=f"seoul/{sealed.name}", Body=b"other")
    with pytest.raises(FileDamagedError):
        moving.move(StoredFile.objects.get(pk=sealed.pk), "database")
    assert StoredPiece.objects.filter(file=sealed).count() == 0


def test_a_copy_that_is_not_what_was_sent_is_none(old, objects, monkeypatch):
    from core.storage import objects as store

    put = store.put
    monkeypatch.setattr(store, "put", lambda name, content: put(name, ContentFile(b"cut off")))
    with pytest.raises(FileDamagedError):
        moving.move(old[0], "objects")
    assert (StoredFile.objects.get(pk=old[0].pk).place, read(old[0])) == ("database", CONTENT)


def test_what_is_deleted_meanwhile_leaves_nothing(old, objects, monkeypatch):
    hold = moving._hold
    monkeypatch.setattr(moving, "_hold", lambda *given: hold(*given) or storages["uploads"].delete("b" * 32))
    assert moving.move(old[1], "objects") is False
    assert keys(objects) == []


def test_who_reads_while_it_is_moved_reads_all_of_it(old, objects, tmp_path):
    seen = StoredFile.objects.get(pk=old[0].pk)  # before
    moving.move(old[0], "objects")
    with (tmp_path / "copy").open("wb+") as target:
        fetch(seen, target)
        assert target.read() == CONTENT


def test_what_is_sealed_moves_and_changes_in_nothing_else(old, objects):
    sealed = StoredFile.objects.filter(pk=old[0].pk)
    moving.move(old[0], "objects")
    for values in (
        {"sha256": "0" * 64},
        {"size": 1},
        {"is_sealed": False},
        {"place": "database", "name": "c" * 32},
    ):
        with pytest.raises(IntegrityError, match="발행한 파일은"), transaction.atomic():
            sealed.update(**values)
    with pytest.raises(IntegrityError, match="발행한 파일은"), transaction.atomic():
        storages["published"].delete(old[0].name)
    sealed.update(place="database")
    with pytest.raises(IntegrityError, match="발행한 파일은"), transaction.atomic():
        StoredPiece.objects.create(file=old[0], number=0, content=b"x", sha256="0" * 64)
