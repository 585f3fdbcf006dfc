"""Files of ours in the database: whole or not there, by names of ours, held against their hash."""

import os
import shutil
import stat
import subprocess
import sys
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.models import StoredFile, StoredPiece
from core.models.stored_files import StoredFileQuerySet
from core.storage import FileDamagedError, clear_expired, fetch
from tests.core.storage import saving
from tests.tampering import tamper

pytestmark = pytest.mark.django_db
TWO_AND_A_HALF = bytes(range(256)) * 10_240  # megabytes


@pytest.fixture
def uploads():
    return storages["uploads"]


def sizes_of_pieces(name):
    return [len(piece.content) for piece in StoredPiece.objects.filter(file__name=name)]


def later(seconds):
    """As if so much time had gone by."""
    StoredFile.objects.exclude(expires_at=None).update(expires_at=timezone.now() - timedelta(seconds=seconds))


@pytest.mark.engine
def test_a_file_comes_back_as_it_was_saved(uploads):
    name = uploads.save("", ContentFile(TWO_AND_A_HALF))
    assert len(name) == 32
    assert sizes_of_pieces(name) == [1_048_576, 1_048_576, 524_288]
    with uploads.open(name) as file:
        assert file.read() == TWO_AND_A_HALF
    assert (uploads.exists(name), uploads.size(name)) == (True, 2_621_440)
    assert uploads.file(name).sha256 == sha256(TWO_AND_A_HALF).hexdigest()
    assert uploads.listdir("") == ([], [name])


def test_an_empty_file_is_a_file(uploads):
    name = uploads.save("", ContentFile(b""))
    assert uploads.open(name).read() == b""
    assert uploads.size(name) == 0


def test_the_name_of_a_user_is_never_used(uploads):
    name = uploads.save("", SimpleUploadedFile("../../급여.xlsx", b"x"))
    assert StoredFile.objects.values_list("name", flat=True).get() == name
    for wrong in ("급여.xlsx", "../" + "a" * 29, "A" * 32, "a" * 33):
        with pytest.raises(SuspiciousFileOperation):
            uploads.save(wrong, ContentFile(b"x"))


def test_there_is_no_path_no_address_and_no_writing(uploads):
    name = uploads.save("", ContentFile(b"x"))
    for refused in (uploads.path, uploads.url):
        with pytest.raises(NotImplementedError):
            refused(name)
    with pytest.raises(ValueError, match="read only"):
        uploads.open(name, "wb")


@pytest.mark.engine
def test_a_name_is_given_once(uploads):
    uploads.save("a" * 32, ContentFile(b"x"))
    with pytest.raises(IntegrityError), transaction.atomic():
        uploads.save("a" * 32, ContentFile(b"y"))
    assert uploads.open("a" * 32).read() == b"x"


def test_what_is_not_there_is_not_found(uploads):
    name = uploads.save("", ContentFile(b"x"))
    uploads.delete(name)
    uploads.delete(name)  # once more is nothing
    assert not StoredPiece.objects.exists()
    for ask in (uploads.open, uploads.size, uploads.keep, uploads.seal, uploads.get_modified_time):
        with pytest.raises(FileNotFoundError):
            ask(name)
    assert not uploads.exists(name)


def test_a_folder_knows_its_own_files_alone(uploads):
    name = type(uploads)("others").save("", ContentFile(b"x"))
    assert not uploads.exists(name)
    uploads.delete(name)
    assert StoredFile.objects.get().folder == "others"


class Broken:
    """Two megabytes, then the disk fails."""

    def __init__(self):
        self.left = 2

    def read(self, size):
        if not self.left:
            raise OSError("gone")
        self.left -= 1
        return bytes(size)


@pytest.mark.engine
def test_a_write_that_breaks_leaves_nothing(uploads):
    with pytest.raises(OSError, match="gone"):
        uploads.save("", Broken())
    assert (StoredFile.objects.count(), StoredPiece.objects.count()) == (0, 0)


def test_a_file_goes_with_the_transaction_around_it(uploads):
    with transaction.atomic():
        uploads.save("", ContentFile(b"x"))
        transaction.set_rollback(True)
    assert not StoredFile.objects.exists()


def test_what_nobody_keeps_goes_after_an_hour(uploads):
    kept, forgotten = uploads.save("", ContentFile(b"kept")), uploads.save("", ContentFile(b"x"))
    uploads.keep(kept)
    later(-60)
    uploads.save("c" * 32, ContentFile(b"x"))
    assert uploads.listdir("")[1] == [kept, forgotten, "c" * 32]
    later(1)
    clear_expired()
    assert uploads.listdir("")[1] == [kept]
    assert StoredPiece.objects.count() == 1


@pytest.mark.engine
def test_what_is_kept_while_others_are_cleared_stays(uploads, monkeypatch):
    name = uploads.save("", ContentFile(b"x"))
    later(1)
    listed = list(StoredFile.objects.expired())
    uploads.keep(name)
    once = iter([listed])
    expired = StoredFileQuerySet.expired
    monkeypatch.setattr(StoredFileQuerySet, "expired", lambda rows: next(once, None) or expired(rows))
    clear_expired()
    assert uploads.open(name).read() == b"x"


@pytest.mark.engine
def test_a_node_whose_clock_is_fast_clears_nothing_too_soon(uploads, monkeypatch):
    tomorrow = timezone.now() + timedelta(days=1)
    name = uploads.save("", ContentFile(b"x"))
    monkeypatch.setattr("django.utils.timezone.now", lambda: tomorrow)
    clear_expired()
    assert uploads.listdir("")[1] == [name]


def test_saving_clears_what_has_waited_too_long(uploads):
    uploads.save("", ContentFile(b"x"))
    later(1)
    name = uploads.save("", ContentFile(b"y"))
    assert uploads.listdir("")[1] == [name]


@pytest.mark.parametrize("values", [{"content": b"changed"}, {"number": 7}])
def test_a_changed_piece_is_found_before_anything_is_handed_out(uploads, values):
    name = uploads.save("", ContentFile(b"as it was"))
    tamper(StoredPiece, StoredPiece.objects.get().pk, **values)
    with pytest.raises(FileDamagedError, match="SHA-256"):
        uploads.open(name)
    with pytest.raises(FileDamagedError), uploads.local_copy(name):
        pass


def test_a_file_that_is_deleted_while_it_is_read_is_not_there(uploads):
    name = uploads.save("", ContentFile(TWO_AND_A_HALF))

    class Deleting(BytesIO):
        def write(self, part):
            uploads.delete(name)
            return super().write(part)

    with pytest.raises(FileNotFoundError):
        fetch(uploads.file(name), Deleting())


def test_a_local_copy_is_for_children_and_has_no_name(uploads, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    name = uploads.save("", ContentFile(TWO_AND_A_HALF))
    with uploads.local_copy(name) as path:
        counted = subprocess.run(["wc", "-c", path], capture_output=True, text=True, check=True)
        assert counted.stdout.split()[0] == "2621440"
        assert path.is_file()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert list(tmp_path.iterdir()) == []
    assert not path.exists()


@pytest.fixture
def another_process(transactional_db, seeded_file, tmp_path):
    """One that saves (saving.py), on the engine of this run; gives it and a way to ask its database."""
    if connection.vendor == "sqlite":
        path = shutil.copy(seeded_file, tmp_path / "here.sqlite3")
        address = f"sqlite:///{path}"
    else:
        server = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**connection.settings_dict)
        address = server
    environment = os.environ | {"DATABASE_URL": address, "SECRET_KEY": "x"}
    process = subprocess.Popen(
        [sys.executable, Path(saving.__file__)], env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    yield process, address
    process.kill()
    process.communicate()


@pytest.mark.engine
def test_a_large_file_takes_little_memory_and_a_killed_writer_leaves_nothing(another_process):
    process, address = another_process
    megabytes, size, is_same = process.stdout.readline().split()
    assert (int(size), is_same) == (104_857_600, "True"), process.stderr.read()
    assert int(megabytes) < 16
    assert process.stdout.readline() == "stopped\n"
    seen = [(saving.NAME, 100)]
    assert [row for row in files_in(address) if row[1] != 1] == seen  # what is half is nobody's to see
    process.kill()
    process.wait()
    assert [row for row in files_in(address) if row[1] != 1] == seen


def files_in(address):
    from tests.core.backup.drill import opened

    sql = "SELECT file.name, count(*) FROM core_storedfile file JOIN core_storedpiece piece ON file.id = file_id GROUP BY 1"
    with opened(address) as database:
        return database.execute(sql).fetchall()
