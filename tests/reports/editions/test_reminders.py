"""Reminders: one message to each person with what is missing; who has no address is told of."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db.models.functions import Now
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.models import TaskLease
from core.tasks.leases import claim, own_run, perform
from reports.editions import reminders, workflow
from reports.editions.collection import collection_of
from reports.editions.reminders import send_reminders
from reports.editions.sources import EditionRefused
from reports.models import Edition, EditionEvent
from tests.background import run_waiting
from tests.factories import make_member
from tests.reports.editions.test_collection import cell_of

pytestmark = pytest.mark.django_db
URL = "https://report.example.org/reports/7/"


@pytest.fixture(autouse=True)
def on_the_fifth(monkeypatch):
    monkeypatch.setattr("reports.editions.collection.timezone.localdate", lambda: date(2022, 11, 5))


def remind(edition, user=None):
    """What came of it, and the result of the task."""
    given = edition.pk, URL, user and user.pk
    with own_run(send_reminders, *given) as run:
        outcome = reminders.remind(run, collection_of(edition), URL)
        send_reminders.func(run, *given)  # which has nothing left to send
    return outcome


def enqueue(edition):
    send_reminders.enqueue(edition.pk, URL, None)


def notes_of(edition):
    return [event.note for event in edition.events.filter(kind=EditionEvent.Kind.REMINDER)]


@pytest.fixture
def two(collecting, member):
    """Two people of two units who are asked, in this order."""
    other = make_member("부서 담당", unit="big-data", username="other")
    other.last_name, other.first_name, other.email = "박", "두나", "other@example.org"
    other.save()
    return collecting


class Died(BaseException):
    """What runs nothing more of a process."""


def die_at(monkeypatch, number, sent):
    """The process dies at its `number`-th message, before or after it has left."""
    real, count = EmailMessage.send, []

    def send(self):
        count.append(self)
        if len(count) != number or sent:
            real(self)
        if len(count) == number:
            raise Died

    monkeypatch.setattr(EmailMessage, "send", send)


def go_on(monkeypatch):
    """Another worker takes up what the dead one left."""
    monkeypatch.undo()
    monkeypatch.setattr("reports.editions.collection.timezone.localdate", lambda: date(2022, 11, 5))
    TaskLease.objects.update(expires_at=Now() - timedelta(seconds=1))
    assert run_waiting() == 1
    return DBTaskResult.objects.get().return_value["sentences"]


@pytest.mark.parametrize("sent", [False, True])
@pytest.mark.engine
def test_nobody_is_written_to_twice_when_a_worker_dies_at_a_message(two, monkeypatch, sent):
    enqueue(two)
    die_at(monkeypatch, 2, sent)
    with pytest.raises(Died):
        run_waiting()
    first = [message.to for message in mail.outbox]
    assert (len(first), notes_of(two)) == (1 + sent, [])
    said = go_on(monkeypatch)
    assert [message.to for message in mail.outbox] == first
    assert said[0].startswith("1명에게 독려 메일을 보냈습니다: ")
    assert said[1].startswith("보내다가 끊겨 갔는지 알 수 없습니다: ")
    assert sorted(note.endswith(": 보냈는지 알 수 없음") for note in notes_of(two)) == [False, True]


@pytest.mark.engine
def test_a_worker_that_dies_at_the_end_has_sent_all_and_another_writes_it_down(two, monkeypatch):
    enqueue(two)

    def die(*given):
        raise Died

    monkeypatch.setattr(reminders, "_write_down", die)
    with pytest.raises(Died):
        run_waiting()
    assert (len(mail.outbox), notes_of(two)) == (2, [])
    assert go_on(monkeypatch)[0].startswith("2명에게 독려 메일을 보냈습니다: ")
    assert (len(mail.outbox), len(notes_of(two))) == (2, 2)


@pytest.mark.engine
def test_a_worker_whose_lease_is_over_sends_nothing_more(two, monkeypatch):
    enqueue(two)
    late = claim("late")
    real = EmailMessage.send

    def send(self):
        TaskLease.objects.update(token=uuid4())  # another has taken it up
        real(self)

    monkeypatch.setattr(EmailMessage, "send", send)
    perform(late)
    assert (len(mail.outbox), notes_of(two)) == (1, [])


def test_what_left_is_written_down_though_the_rest_fails_for_good(two, monkeypatch):
    enqueue(two)
    die_at(monkeypatch, 2, sent=False)
    with pytest.raises(Died):
        run_waiting()
    monkeypatch.setattr(reminders, "collection_of", lambda edition: 1 / 0)
    for _ in range(2):
        TaskLease.objects.update(expires_at=Now() - timedelta(seconds=1))
        DBTaskResult.objects.update(run_after=timezone.now())
        run_waiting()
    assert DBTaskResult.objects.get().status == "FAILED"
    assert len(notes_of(two)) == 2


def test_every_morning_those_of_near_deadlines_are_reminded(collecting, member, settings):
    settings.SITE_URL, settings.REMIND_DAYS = "https://report.example.org", 2
    reminders.remind_daily.enqueue()
    run_waiting()
    assert mail.outbox == []
    settings.REMIND_DAYS = 3
    reminders.remind_daily.enqueue()
    run_waiting()
    assert [message.to for message in mail.outbox] == [["hana@example.org"]]
    assert f"https://report.example.org/reports/{collecting.pk}/" in mail.outbox[0].body


def test_an_edition_that_is_published_meanwhile_reminds_nobody(collecting, member):
    enqueue(collecting)
    Edition.objects.update(state="preparing")
    run_waiting()
    assert (mail.outbox, DBTaskResult.objects.get().return_value) == ([], {"sentences": [], "failed": False})


def test_what_a_dead_worker_sent_is_written_down_though_the_edition_takes_no_more(two, monkeypatch):
    enqueue(two)
    die_at(monkeypatch, 2, sent=True)
    with pytest.raises(Died):
        run_waiting()
    Edition.objects.update(state="preparing")
    assert (go_on(monkeypatch), len(mail.outbox), len(notes_of(two))) == ([], 2, 2)


@pytest.mark.engine
def test_an_edition_that_is_deleted_meanwhile_ends_its_reminders(two, monkeypatch):
    enqueue(two)
    die_at(monkeypatch, 2, sent=True)
    with pytest.raises(Died):
        run_waiting()
    Edition.objects.get().delete()
    assert (go_on(monkeypatch), len(mail.outbox)) == ([], 2)
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_who_asked_and_who_was_written_to_may_be_gone(two, member, monkeypatch):
    asking = make_member("기획 담당", username="asking")
    send_reminders.enqueue(two.pk, URL, asking.pk)
    die_at(monkeypatch, 2, sent=True)
    with pytest.raises(Died):
        run_waiting()
    asking.delete(), member.delete()
    assert go_on(monkeypatch)[0] == "1명에게 독려 메일을 보냈습니다: 박두나."
    assert len(notes_of(two)) == 2


def test_reminders_that_are_under_way_are_not_asked_for_twice(collecting, member):
    reminders.request_reminders(collecting.pk, URL, None)
    with pytest.raises(EditionRefused, match="이미 보내고 있습니다"):
        reminders.request_reminders(collecting.pk, "https://other.example.org/", None)
    with own_run(reminders.remind_daily) as run:
        reminders.remind_daily.func(run)
    assert send_reminders.unfinished().count() == 1


def test_a_full_queue_is_told_of(collecting, member, monkeypatch):
    monkeypatch.setattr("core.tasks.backend.BackgroundTask.is_full", True)
    with pytest.raises(EditionRefused, match="기다리는 회차가 많아"):
        reminders.request_reminders(collecting.pk, URL, None)


def test_one_message_with_all_that_is_missing(collecting, member, planner):
    workflow.submit(collecting, cell_of(collecting, "data-center", "duties"), user=member)
    workflow.submit(collecting, cell_of(collecting, "data-center", "expenditure"), user=member)
    workflow.send_back(
        collecting,
        cell_of(collecting, "data-center", "expenditure"),
        user=planner,
        note="집행액을\n확인해 주십시오.",
    )
    planned, outcome = remind(collecting, planner)
    message = mail.outbox[0]
    assert (len(mail.outbox), message.to, message.subject) == (
        1, ["hana@example.org"], "[업무보고] 2022년 11월 업무보고 제출을 기다립니다 (D-3)",
    )  # fmt: skip
    assert message.body.splitlines() == [
        "2022년 11월 업무보고 (제315회 정례회)에 아직 들어오지 않은 부분이 있습니다.",
        "기준일은 2022. 11. 1.입니다. 제출 마감 2022. 11. 8.까지 3일 남았습니다.",
        "",
        "- 데이터센터 인력 (시작 전)",
        "- 데이터센터 예산 (반려): 집행액을 확인해 주십시오.",
        "",
        "여기에서 고치고 제출해 주십시오: https://report.example.org/reports/7/",
    ]
    event = collecting.events.get(kind=EditionEvent.Kind.REMINDER)
    assert (event.note, event.by) == ("김하나: 데이터센터 인력, 데이터센터 예산", planner)
    assert reminders.sentences(planned, outcome)[0] == "1명에게 독려 메일을 보냈습니다: 김하나."


def test_the_owner_is_asked_instead(collecting, member, planner):
    owner = make_member("부서 담당", unit="big-data", username="owner")
    owner.email = "owner@example.org"
    owner.save()
    for part in ("staffing", "duties", "expenditure"):
        cell = cell_of(collecting, "data-center", part)
        workflow.assign_owner(collecting, cell, owner, user=planner, version_token="")
    remind(collecting)
    assert [message.to for message in mail.outbox] == [["owner@example.org"]]
    assert "데이터센터 인력" in mail.outbox[0].body
    assert "빅데이터담당관 인력" in mail.outbox[0].body


def test_who_cannot_be_reached_is_told_of(collecting, member):
    member.email = ""
    member.save()
    planned, outcome = remind(collecting)
    assert mail.outbox == []
    said = reminders.sentences(planned, outcome)
    assert said[:2] == ["보낸 메일이 없습니다.", "메일 주소가 없습니다: 김하나."]
    assert said[2].startswith(
        "맡은 사람도 부서 담당도 없어 아무에게도 보내지 못한 부분이 있습니다: 디지털정책관 4개, 디지털정책담당관 8개,"
    )
    assert not collecting.events.filter(kind=EditionEvent.Kind.REMINDER).exists()


def test_who_has_left_is_not_asked(collecting, member):
    member.is_active = False
    member.save()
    remind(collecting)
    assert mail.outbox == []


def test_a_failure_is_told_of_and_kept(collecting, member, monkeypatch):
    def fail(self):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    planned, outcome = remind(collecting)
    assert "보내지 못했습니다: 김하나. 메일 서버의 기록을 보십시오." in reminders.sentences(planned, outcome)
    assert collecting.events.get(kind=EditionEvent.Kind.REMINDER).note == "김하나: 보내지 못함"


def test_a_server_that_does_not_answer_is_asked_once(collecting, member, monkeypatch):
    other = make_member("부서 담당", unit="big-data", username="other")
    other.email = "other@example.org"
    other.save()
    asked = []

    def wait(self):
        asked.append(self)
        raise TimeoutError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", wait)
    _, outcome = remind(collecting)
    assert (len(asked), set(outcome.failed), outcome.sent) == (1, {member, other}, [])


def test_a_title_with_a_line_end_makes_no_second_header(collecting, member):
    collecting.title = "업무보고\r\nBcc: x@example.org"
    collecting.save()
    remind(collecting)
    assert "\n" not in mail.outbox[0].subject


def test_nobody_is_asked_before_collecting(edition, member):
    with pytest.raises(EditionRefused, match="취합 중이거나 검토 중인"):
        remind(edition)


# The command


def test_without_a_server_nothing_is_said_to_be_sent(collecting, member, planner, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    planned, outcome = remind(collecting, planner)
    assert reminders.sentences(planned, outcome) == [
        "메일 서버가 정해지지 않아 메일을 보내지 않았습니다. ‘누가 빠졌나’의 명단과 글을 복사하여 다른 길로 알려 주세요."
    ]
    assert not collecting.events.filter(kind=EditionEvent.Kind.REMINDER).exists()


def test_without_a_server_the_page_tells_of_an_error(collecting, member, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    enqueue(collecting)
    run_waiting()
    assert DBTaskResult.objects.get().return_value == {"sentences": [reminders.NO_SERVER], "failed": True}


def test_text_to_copy_names_people_units_and_parts(collecting, member):
    member.email = ""
    member.save()
    collection = collection_of(collecting)
    lines = reminders.text_to_copy(collection, reminders.staff_by_unit(collection), URL).splitlines()
    assert lines[0] == "- 김하나(데이터센터): 데이터센터 인력, 데이터센터 주요업무, 데이터센터 예산"
    assert lines[1].startswith("- (담당 없음): 디지털정책관 ")
    assert lines[-1] == f"여기에서 고치고 제출해 주십시오: {URL}"


def test_page_offers_the_text_and_no_button_without_a_server(client, collecting, planner, settings):
    client.force_login(planner)
    page = client.get(f"/reports/{collecting.pk}/").content.decode()
    assert "독려 메일 보내기" in page
    assert "복사할 명단과 글" in page
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    page = client.get(f"/reports/{collecting.pk}/").content.decode()
    assert "독려 메일 보내기" not in page
    assert "메일 서버가 정해지지 않아" in page
