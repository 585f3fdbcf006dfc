"""`move_files`: what lay elsewhere lies where FILES_STORE says, with words of progress and of what could not be moved."""

from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.core.management.base import CommandError

from core.management.commands import move_files
from core.models import StoredFile, StoredPiece
from tests.core.storage.object_store import ADDRESS, object_server, objects, take_down  # noqa: F401 (fixtures)
from tests.core.storage.test_objects import keys
from tests.tampering import tamper

pytestmark = pytest.mark.django_db


@pytest.fixture
def old(seeded, settings, objects):  # noqa: F811 (the fixture)
    settings.FILES_STORE = ""
    for name in "ab":
        storages["uploads"].save(name * 32, ContentFile(name.encode()))
    settings.FILES_STORE = ADDRESS


def run(*arguments):
    out, err = StringIO(), StringIO()
    try:
        call_command("move_files", *arguments, stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue().splitlines(), [*err.getvalue().splitlines(), str(error)]
    return out.getvalue().splitlines(), []


def test_files_go_to_the_store_and_back(old, objects, monkeypatch):  # noqa: F811
    monkeypatch.setattr(move_files, "EVERY", -1)
    assert run() == (
        [
            "1/2개, 0 MB 객체 저장소에 옮김",
            "2/2개, 0 MB 객체 저장소에 옮김",
            "파일 2개를 객체 저장소에 옮겼습니다.",
        ],
        [],
    )
    assert (StoredPiece.objects.count(), len(keys(objects))) == (0, 2)
    assert run() == (["파일 0개를 객체 저장소에 옮겼습니다."], [])
    assert run("--to", "database")[0][-2:] == [
        "파일 2개를 데이터베이스에 옮겼습니다.",
        "객체 저장소의 옛 사본은 그대로 있습니다. 백업이 돌고 있지 않을 때 --to database --clear로 지우십시오.",
    ]
    assert len(keys(objects)) == 2
    cleared = "객체 저장소에 남은 옛 사본을 지웠습니다(2개를 데이터베이스에서 확인)."
    assert run("--to", "database", "--clear")[0][-1] == cleared
    assert keys(objects) == []
    assert [storages["uploads"].open(name * 32).read() for name in "ab"] == [b"a", b"b"]


def test_what_is_not_what_was_saved_is_named_and_the_others_are_moved(old, objects):  # noqa: F811
    tamper(StoredPiece, StoredPiece.objects.get(file__name="a" * 32).pk, content=b"!")
    assert run() == (
        ["파일 1개를 객체 저장소에 옮겼습니다."],
        [
            f"uploads/{'a' * 32}: 내용이 적어 둔 SHA-256과 다릅니다. 옮기지 않았습니다. manage.py verify로 무엇인지 보십시오.",
            "옮기지 못한 파일이 1개 있습니다.",
        ],
    )
    objects.Object(f"seoul/{'b' * 32}").delete()
    words = run("--to", "database")[1][0]
    assert words.startswith(f"uploads/{'b' * 32}: 객체 저장소에 내용이 없습니다. 옮기지 않았습니다.")


def test_without_a_store_or_where_it_does_not_answer_nothing_is_moved(old, settings, monkeypatch):
    take_down(monkeypatch)
    assert run()[1][0].endswith("나머지는 있던 자리에 있습니다. 다시 실행하면 이어서 옮깁니다.")
    settings.FILES_STORE = ""
    assert run()[1][0].startswith("FILES_STORE가 비어 있습니다.")
    assert run("--to", "database")[1][0].startswith("FILES_STORE가 비어 있습니다.")
    settings.FILES_STORE = ADDRESS
    assert run("--clear")[1] == ["--clear는 --to database와 함께 씁니다."]
    assert set(StoredFile.objects.values_list("place", flat=True)) == {"database"}
