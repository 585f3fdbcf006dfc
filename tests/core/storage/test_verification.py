"""A file that was taken in and is another now is named."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from core.audit.verification import Verified
from core.models import StoredPiece
from core.storage.verification import verify_stored_files
from tests.core.storage.object_store import take_down
from tests.tampering import found, tamper

pytestmark = pytest.mark.django_db


@pytest.fixture
def name(seeded):
    return storages["uploads"].save("", ContentFile(b"as it was"))


def lines(expected_number=1):
    verified = Verified("")
    named = [str(each) for each in verify_stored_files(verified)]
    assert verified.number == expected_number
    return named


def test_a_changed_file_is_named(name):
    assert lines() == []
    tamper(StoredPiece, StoredPiece.objects.get().pk, content=b"as it is!")
    assert found("저장한 파일") == [
        f"저장한 파일 ‘uploads/{name}’의 내용: 저장한 파일의 내용이 적어 둔 SHA-256과 다릅니다."
    ]


def test_a_file_that_was_published_is_not_looked_at_twice(name):
    storages["uploads"].seal(name)
    assert lines(0) == []


def test_an_object_that_is_gone_or_cannot_be_asked_for_is_named(objects, name, monkeypatch):
    objects.Object(f"seoul/{name}").delete()
    assert lines() == [f"저장한 파일 ‘uploads/{name}’의 내용: 객체 저장소에 내용이 없습니다."]
    take_down(monkeypatch)
    assert lines() == [
        f"저장한 파일 ‘uploads/{name}’의 내용: 객체 저장소가 답하지 않아 내용을 보지 못했습니다."
    ]
