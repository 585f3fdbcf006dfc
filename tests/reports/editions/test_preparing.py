"""Documents that a worker makes ahead: publishing hands out these very bytes, and makes what is not there or not of its report."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.db.models.functions import Now
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.audit.verification import Verified
from core.models import StoredFile, TaskWorker
from core.storage import clear_expired
from core.tasks.leases import LeaseLost, claim, expire, perform
from departments.models import Duty
from reports.editions import preparing, publishing
from reports.editions.preparing import prepare_documents
from reports.editions.ready_documents import DEFECT
from reports.formats import Format
from reports.models import Edition
from reports.render.fonts import FontMissing
from reports.text_size import ReportTooLargeError
from reports.verification.published import verify_published
from tests.background import run_waiting
from tests.reports.editions.conftest import confirm_all, publish, sign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_formats")]
BOTH = ["html", "json"]


@pytest.fixture(scope="module")
def assembled():
    return []


@pytest.fixture
def unchanged(assembled, monkeypatch):
    """The report is put together once for the tests that change none of it, and its files are short."""
    prepare = publishing.prepare

    def remembered(edition):
        assembled[:] = assembled or [prepare(edition)]
        return replace(assembled[0], edition=edition)

    monkeypatch.setattr(publishing, "prepare", remembered)
    monkeypatch.setattr(publishing, "FORMATS", {extension: Format("", write) for extension in BOTH})


def write(report, before, proof):
    return proof.encode()


@pytest.fixture
def worker():
    """One that lives."""
    TaskWorker.objects.create(name="worker", seen_at=timezone.now())


@pytest.fixture
def made(monkeypatch):
    """What was made, each time."""
    calls, make = [], publishing.made_files

    def noted(prepared, proof, there=None):
        calls.append(sorted(publishing.FORMATS.keys() - (there or {}).keys()))
        return make(prepared, proof, there)

    monkeypatch.setattr(publishing, "made_files", noted)
    return calls


def ask(edition):
    return preparing.asked_for(publishing.prepare(edition))


def make_ready(edition):
    """The documents, made by a worker."""
    assert ask(edition).is_under_way
    assert run_waiting() == 1
    return ask(edition).ready


def kept():
    """How many files that were made ahead are there."""
    return StoredFile.objects.whole().filter(folder="prepared").count()


@pytest.mark.engine
def test_publishing_hands_out_what_was_made_ahead(reviewed, planner, worker, made):
    sign(reviewed, planner)
    ready = make_ready(reviewed)
    contents = ready.contents()
    assert (sorted(contents), made) == (BOTH, [BOTH])
    Duty.objects.filter(source__as_of="2022-08-29").first().save()  # the chain goes on meanwhile
    ready.stored["html"].delete()
    published = publish(reviewed, planner)
    assert made == [BOTH, ["html"]]  # what is not there any more, for the same covers
    assert {file.extension: file.bytes for file in published.files.all()} == contents
    assert (published.chain_position, published.chain_head) == (ready.head.position, ready.head.value)
    assert published.proof in contents["html"].decode()
    assert list(verify_published(Verified("발행본"))) == []  # made again they are the same


def test_what_changed_since_is_made_anew(reviewed, planner, worker, made):
    before = make_ready(reviewed).contents()
    Duty.objects.filter(source__as_of="2022-11-01", department__slug="data-center").update(text="다른 업무")
    confirm_all(reviewed)
    published = publish(reviewed, planner)
    assert made == [BOTH, BOTH]
    html = published.files.get(extension="html").bytes.decode()
    assert "다른 업무" in html and "다른 업무" not in before["html"].decode()


def test_without_a_worker_nothing_waits(reviewed, unchanged):
    assert ask(reviewed).is_unknown
    assert not DBTaskResult.objects.exists()


def test_where_the_queue_cannot_be_written_nothing_waits(reviewed, worker, unchanged, monkeypatch):
    """As while an import holds all of SQLite: the page is there to be read."""

    def locked(self, *given):
        raise OperationalError("database is locked")

    monkeypatch.setattr(type(prepare_documents), "enqueue", locked)
    assert ask(reviewed).is_unknown


def test_a_signature_and_another_release_ask_for_others(reviewed, planner, worker, unchanged, monkeypatch):
    make_ready(reviewed)
    reviewed.events.create(
        kind="signed", note="점검표", by=planner
    )  # which the chain on the covers is to hold
    make_ready(reviewed)
    monkeypatch.setattr(publishing, "renderers_version", lambda: "of another release")
    assert ask(reviewed).is_under_way


def test_a_signature_while_they_are_made_asks_for_others(reviewed, planner, worker, unchanged, monkeypatch):
    """The end of the chain on their covers was read before it."""
    make = publishing.made_files

    def signed_meanwhile(*given):
        reviewed.events.create(kind="signed", note="점검표", by=planner)
        return make(*given)

    monkeypatch.setattr(publishing, "made_files", signed_meanwhile)
    ask(reviewed)
    run_waiting()
    assert ask(reviewed).is_under_way


@pytest.mark.engine
def test_they_are_asked_for_once_and_kept_once(reviewed, worker, unchanged, made):
    for _ in range(3):
        assert ask(reviewed).is_under_way
    assert DBTaskResult.objects.count() == 1
    prepare_documents.enqueue(reviewed.pk, "shown a moment before")
    first = claim("first")
    assert claim("second") is None  # nor does any other worker make some at the same time
    perform(first)
    assert (run_waiting(), made, kept()) == (1, [BOTH], 2)
    assert ask(reviewed).ready.is_whole
    reviewed.events.create(kind="edited", note="제목")
    make_ready(reviewed)
    assert (made, kept()) == ([BOTH, BOTH], 2)


@pytest.mark.engine
def test_of_a_worker_that_lost_its_lease_nothing_stays(reviewed, worker, unchanged):
    ask(reviewed)
    late = claim("late")
    expire("late")
    run = claim("second")
    with pytest.raises(LeaseLost):
        prepare_documents.func(late, *late.result.args_kwargs["args"])
    perform(run)
    assert kept() == 4
    in_an_hour = StoredFile.objects.filter(expires_at__lt=Now() + timedelta(minutes=61))
    in_an_hour.update(expires_at=Now() - timedelta(seconds=1))
    clear_expired()
    assert (kept(), ask(reviewed).ready.is_whole) == (2, True)


def test_they_expire(reviewed, worker, unchanged):
    make_ready(reviewed)
    left = StoredFile.objects.filter(folder="prepared").values_list("expires_at", flat=True)
    assert all(timedelta(minutes=119) < end - timezone.now() < timedelta(minutes=121) for end in left)
    StoredFile.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    clear_expired()
    assert kept() == 0
    assert ask(reviewed).is_under_way


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (FontMissing("글꼴이 없습니다."), "문서를 만들 수 없어 발행할 수 없습니다. 글꼴이 없습니다."),
        (ReportTooLargeError("보고서의 글이 너무 깁니다."), "보고서의 글이 너무 깁니다."),
    ],
)
def test_why_they_cannot_be_made_is_remembered_as_publishing_says_it(
    reviewed, worker, unchanged, monkeypatch, error, words
):
    def fail(*given):
        raise error

    monkeypatch.setitem(publishing.FORMATS, "html", Format("", fail))
    ask(reviewed)
    run_waiting()
    assert (ask(reviewed).error, DBTaskResult.objects.count()) == (words, 1)


def test_a_defect_is_tried_again_and_then_told(reviewed, worker, unchanged, monkeypatch):
    monkeypatch.setattr(publishing, "made_files", lambda *given: 1 / 0)
    ask(reviewed)
    for _ in range(3):
        DBTaskResult.objects.update(run_after=timezone.now())
        run_waiting()
    assert (ask(reviewed).error, DBTaskResult.objects.get().status) == (DEFECT, "FAILED")


def test_none_are_made_of_what_is_not_to_be_published(reviewed, worker, unchanged, made):
    ask(reviewed)
    Edition.objects.update(state="collecting")
    assert (run_waiting(), made, kept()) == (1, [], 0)
