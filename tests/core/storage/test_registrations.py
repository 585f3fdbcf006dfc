"""The database itself keeps what was sealed, whoever asks."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import IntegrityError, transaction

from core.models import StoredFile, StoredPiece


@pytest.mark.engine
def test_what_is_sealed_neither_changes_nor_goes(seeded):
    uploads = storages["uploads"]
    uploads.save("d" * 32, ContentFile(b"free"))
    file = uploads.seal(uploads.save("", ContentFile(b"sealed")))
    pieces = StoredPiece.objects.filter(file=file)
    for forbidden in (
        lambda: StoredFile.objects.filter(pk=file.pk).update(is_sealed=False),
        lambda: StoredFile.objects.filter(pk=file.pk).update(sha256="0" * 64),
        lambda: uploads.delete(file.name),
        lambda: pieces.update(content=b"other"),
        lambda: pieces._raw_delete("default"),
        lambda: StoredPiece.objects.create(file=file, number=1, content=b"more", sha256="0" * 64),
        lambda: StoredPiece.objects.filter(file__name="d" * 32).update(file=file),
    ):
        with (
            pytest.raises(IntegrityError, match="발행한 파일은 고치거나 지울 수 없습니다"),
            transaction.atomic(),
        ):
            forbidden()
    assert uploads.open(file.name).read() == b"sealed"
    uploads.delete("d" * 32)
    assert StoredFile.objects.get() == file
