from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.models import StoredFile, StoredPiece


def test_stored_files_are_nobodys_to_change():
    assert [model._meta.default_permissions for model in (StoredFile, StoredPiece)] == [(), ()]


def test_stored_files_are_called_by_folder_and_name():
    assert str(StoredFile(folder="uploads", name="ab")) == "uploads/ab"
    assert str(StoredPiece(file_id=3, number=7)) == "3 7"


@pytest.mark.engine
def test_a_piece_is_a_megabyte_at_most_and_has_its_number_alone(seeded):
    file = StoredFile.objects.create(name="a" * 32, folder="x", place="database")
    file.pieces.create(number=0, content=bytes(1 << 20), sha256="0" * 64)
    for number, size, constraint in (
        (1, (1 << 20) + 1, "stored_piece_is_small"),
        (0, 1, "number|once_a_number"),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            file.pieces.create(number=number, content=bytes(size), sha256="0" * 64)


def test_what_is_sealed_is_whole_and_kept(seeded):
    hour = timezone.now() + timedelta(hours=1)
    for values in ({"is_whole": False}, {"is_whole": True, "expires_at": hour}):
        with pytest.raises(IntegrityError, match="stored_file_sealed"), transaction.atomic():
            StoredFile.objects.create(name="a" * 32, folder="x", place="database", is_sealed=True, **values)


def test_whole_and_expired_files(seeded):
    past = timezone.now() - timedelta(seconds=1)
    rows = {"a": (True, None), "b": (False, past), "c": (True, past)}
    for name, (is_whole, expires_at) in rows.items():
        StoredFile.objects.create(
            name=name, folder="x", place="database", is_whole=is_whole, expires_at=expires_at
        )
    assert {file.name for file in StoredFile.objects.whole()} == {"a", "c"}
    assert {file.name for file in StoredFile.objects.expired()} == {"b", "c"}
