"""Files of ours in an S3-compatible store: moto's server, over HTTP."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from core.models import StoredFile, StoredPiece
from core.storage import FileDamagedError, clear_expired
from seoul_digital.lib.file_errors import StoreUnavailableError
from tests.core.storage.object_store import take_down

pytestmark = pytest.mark.django_db
NINE_MEGABYTES = bytes(range(256)) * 36_864  # in two parts


@pytest.fixture
def uploads(objects):
    return storages["uploads"]


def keys(objects):
    return sorted(found.key for found in objects.objects.all())


def expire():
    StoredFile.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


def test_a_file_lies_in_the_store_and_its_hash_in_the_database(uploads, objects):
    name = uploads.save("", ContentFile(NINE_MEGABYTES))
    assert keys(objects) == [f"seoul/{name}"]
    assert not StoredPiece.objects.exists()
    file = uploads.file(name)
    assert (file.place, file.size) == ("objects", 9_437_184)
    assert file.sha256 == sha256(NINE_MEGABYTES).hexdigest()
    with uploads.open(name) as content:
        assert content.read() == NINE_MEGABYTES
    with uploads.local_copy(name) as path:
        assert path.read_bytes() == NINE_MEGABYTES


def test_an_object_is_nobodys_to_read_by_an_address(uploads, objects):
    name = uploads.save("", ContentFile(b"x"))
    grants = objects.Object(f"seoul/{name}").Acl().grants
    assert [grant["Grantee"]["Type"] for grant in grants] == ["CanonicalUser"]
    with pytest.raises(NotImplementedError):
        uploads.url(name)


def test_a_changed_object_is_refused_before_anything_is_handed_out(uploads, objects):
    name = uploads.save("", ContentFile(b"as it was"))
    objects.put_object(Key=f"seoul/{name}", Body=b"as it is!")
    with pytest.raises(FileDamagedError):
        uploads.open(name)


def test_an_object_that_is_gone_is_not_found(uploads, objects):
    name = uploads.save("", ContentFile(b"x"))
    objects.Object(f"seoul/{name}").delete()
    with pytest.raises(FileNotFoundError):
        uploads.open(name)


def test_the_object_of_a_deleted_file_goes_an_hour_later(
    uploads, objects, django_capture_on_commit_callbacks
):
    """A copy of the database that is being made may name it still."""
    name = uploads.save("", ContentFile(b"x"))
    with django_capture_on_commit_callbacks(execute=True):
        uploads.delete(name)
    assert not uploads.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        clear_expired()
    assert keys(objects) == [f"seoul/{name}"]
    assert (
        timedelta(minutes=59) < StoredFile.objects.get().expires_at - timezone.now() < timedelta(minutes=61)
    )
    expire()
    with django_capture_on_commit_callbacks() as callbacks:
        clear_expired()
    assert keys(objects) == [f"seoul/{name}"]  # a rollback finds it
    for callback in callbacks:
        callback()
    assert (keys(objects), StoredFile.objects.count()) == ([], 0)


def test_what_nobody_kept_goes_an_hour_after_it_expired(uploads, objects, django_capture_on_commit_callbacks):
    name = uploads.save("", ContentFile(b"x"))
    for left in ([f"seoul/{name}"], []):
        expire()
        with django_capture_on_commit_callbacks(execute=True):
            clear_expired()
        assert (keys(objects), uploads.exists(name)) == (left, False)
    assert not StoredFile.objects.exists()


def test_a_file_is_not_saved_inside_a_transaction_that_may_be_rolled_back(uploads, objects):
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        uploads.save("", ContentFile(b"x"))
    assert keys(objects) == []


def test_what_was_written_by_half_is_nobodys_and_goes(
    uploads, objects, monkeypatch, django_capture_on_commit_callbacks
):
    """As where the process dies between the object and its row."""
    monkeypatch.setattr(StoredFile, "save", once(StoredFile.save))
    with pytest.raises(KeyboardInterrupt):
        uploads.save("a" * 32, ContentFile(b"x"))
    assert not uploads.exists("a" * 32)
    assert keys(objects) == ["seoul/" + "a" * 32]
    expire()
    with django_capture_on_commit_callbacks(execute=True):
        clear_expired()
    assert (keys(objects), StoredFile.objects.count()) == ([], 0)


def once(save):
    calls = []

    def saved(self, *args, **kwargs):
        calls.append(self)
        if len(calls) > 1:
            raise KeyboardInterrupt
        save(self, *args, **kwargs)

    return saved


def test_a_store_that_does_not_answer_is_told_and_leaves_no_file(uploads, monkeypatch):
    name = uploads.save("", ContentFile(b"x"))
    take_down(monkeypatch)
    for ask in (uploads.open, lambda _: uploads.save("b" * 32, ContentFile(b"y"))):
        with pytest.raises(StoreUnavailableError, match="Could not connect"):
            ask(name)
    assert not uploads.exists("b" * 32)


def test_what_cannot_be_removed_for_the_time_being_is_removed_later(
    uploads, objects, object_server, monkeypatch, django_capture_on_commit_callbacks
):
    from core.storage import objects as store

    name = uploads.save("", ContentFile(b"x"))
    take_down(monkeypatch)
    with django_capture_on_commit_callbacks(execute=True):
        uploads.delete(name)
        expire()
        clear_expired()
    assert keys(objects) == [f"seoul/{name}"]
    monkeypatch.setenv("AWS_ENDPOINT_URL", object_server)
    store.bucket.cache_clear()
    with django_capture_on_commit_callbacks(execute=True):
        clear_expired()
    assert (keys(objects), StoredFile.objects.count()) == ([], 0)


@pytest.mark.parametrize("address", ["s3://nowhere/seoul", ""])
def test_a_store_that_is_named_wrongly_is_no_missing_file(uploads, settings, address):
    name = uploads.save("", ContentFile(b"x"))
    settings.FILES_STORE = address
    with pytest.raises(StoreUnavailableError, match="NoSuchBucket|FILES_STORE"):
        uploads.open(name)


def test_what_lay_in_the_database_before_is_still_read(objects, settings):
    settings.FILES_STORE = ""
    name = storages["uploads"].save("", ContentFile(b"before"))
    settings.FILES_STORE = "s3://reports"
    assert storages["uploads"].open(name).read() == b"before"
    storages["uploads"].save("c" * 32, ContentFile(b"at the top"))
    assert keys(objects) == ["c" * 32]
    assert storages["uploads"].open("c" * 32).read() == b"at the top"
