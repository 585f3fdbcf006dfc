"""Documents that were made ahead, as they are found: sealed by us, whole, and of the mark that is asked for."""

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.audit.seals import link
from core.models import ChainLink, StoredFile, StoredPiece
from reports.editions.ready_documents import DEFECT, ReadyDocuments, documents_state, find, store
from reports.models.published import digest
from tests.factories import make_member
from tests.tampering import tamper

pytestmark = [pytest.mark.django_db, pytest.mark.engine]
CONTENTS = {"pdf": b"%PDF-", "json": b"{}"}


def run(edition=7, mark="asked", status="SUCCESSFUL", value=None, **given):
    """A run of the queue, or of the past."""
    return DBTaskResult.objects.create(
        task_path="reports.editions.preparing.prepare_documents",
        queue_name="documents",
        backend_name="default",
        args_kwargs={"args": [edition, mark], "kwargs": {}},
        status=status,
        return_value=value,
        run_after=timezone.now(),
        finished_at=timezone.now() if status in {"SUCCESSFUL", "FAILED"} else None,
        **given,
    )


@pytest.fixture
def ready(seeded):
    """Two that are there, of a mark, with the chain's end on their covers."""
    make_member()
    head = link()
    assert head.position >= 1
    files = {
        extension: (store().save("", ContentFile(content)), digest(content))
        for extension, content in CONTENTS.items()
    }
    found = ReadyDocuments("mark", head, files)
    run(value=found.to_json())
    return found


def test_they_are_found_by_their_mark(ready):
    assert find(7, "mark") == ready
    assert (ready.contents(), ready.is_whole) == (CONTENTS, True)
    assert list(ready.stored) == ["pdf", "json"]
    assert (find(7, "another"), find(8, "mark")) == (None, None)
    assert documents_state(7, "mark").ready == ready
    assert documents_state(7, "another").is_unknown


def test_what_is_not_as_it_was_made_is_left_out(ready):
    stored = ready.stored
    stored["pdf"].delete()
    assert (ready.contents(), ready.is_whole) == ({"json": b"{}"}, False)
    assert documents_state(7, "mark").is_unknown
    tamper(StoredPiece, stored["json"].pieces.get().pk, content=b"[]")
    assert ready.contents() == {}
    # Whoever writes a whole file of his own into the database writes its hash as well, but not our seal of it.
    sha256 = digest(b"[]")
    StoredPiece.objects.update(sha256=sha256)
    StoredFile.objects.filter(pk=stored["json"].pk).update(sha256=sha256)
    assert (ready.contents(), ready.stored) == ({}, {})  # nor is it shown


@pytest.mark.parametrize(
    "forged",
    [
        {"seal": "0" * 64},
        {"position": 999_999},
        {"head": "0" * 64},
        {"files": {"pdf": ["a" * 32, "b" * 64]}},
        {"files": None},
        {"mark": 7},
    ],
)
def test_what_is_not_sealed_by_us_is_nothing(ready, forged):
    value = ready.to_json()
    assert ReadyDocuments.from_json(value) == ready
    assert ReadyDocuments.from_json(value | forged) is None
    assert ReadyDocuments.from_json({"mark": "mark", "error": "글꼴이 없습니다."}) is None


def test_a_chain_that_has_no_such_end_is_not_told_of(ready):
    tamper(ChainLink, ready.head.position, head="0" * 64)
    assert find(7, "mark") is None


def test_how_far_they_are(ready):
    assert not documents_state(7, "later").is_under_way
    running = run(mark="later", status="RUNNING")
    assert documents_state(7, "later").is_under_way
    assert not documents_state(7, "latest").is_under_way  # what runs is made of something else
    run(mark="later", status="READY")
    assert documents_state(7, "latest").is_under_way  # what waits will be of what is then there
    DBTaskResult.objects.filter(status="READY").delete()
    DBTaskResult.objects.filter(pk=running.pk).update(status="FAILED")
    assert (documents_state(7, "later").error, documents_state(7, "latest").error) == (DEFECT, "")
    run(mark="latest", value={"mark": "latest", "error": "글꼴이 없습니다."})
    assert documents_state(7, "latest").error == "글꼴이 없습니다."
    assert documents_state(8, "later").is_unknown
