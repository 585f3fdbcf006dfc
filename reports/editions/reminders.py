"""E-mail to those whose parts have not come: one to each person, with all that he is to deliver.

A worker sends them. Before each message it is kept whose turn it is, and afterwards what became of it: whoever goes on for a worker that
died sends none a second time.
"""

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from smtplib import SMTPException
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from core.audit.context import acting
from core.tasks.backend import QueueFull, background_task
from core.tasks.leases import TaskRun
from departments.models import User
from seoul_digital.lib.tables import day

from ..models import Edition, EditionEvent
from .collection import Collection, PartCell, collection_of, days_left
from .people import deliverers, staff_by_unit
from .sources import EditionRefused
from .words import countdown, deadline_words

logger = logging.getLogger(__name__)
UNDELIVERED = {f"django.core.mail.backends.{kind}.EmailBackend" for kind in ("console", "dummy", "filebased")}
UNDER_WAY = "이 회차의 독려 메일을 이미 보내고 있습니다. 다 보내면 경과에 적힙니다."
CROWDED = "독려 메일을 보낼 차례를 기다리는 회차가 많아 받지 않았습니다. 잠시 뒤에 다시 보내 주십시오."
NO_SERVER = "메일 서버가 정해지지 않아 메일을 보내지 않았습니다. ‘누가 빠졌나’의 명단과 글을 복사하여 다른 길로 알려 주세요."


@dataclass
class Plan:
    """What is asked of whom. `unreachable` are people without an address, `nobodys` parts that nobody delivers."""

    asked: dict[User, list[PartCell]] = field(default_factory=dict)
    unreachable: dict[User, list[PartCell]] = field(default_factory=dict)
    nobodys: list[PartCell] = field(default_factory=list)


SENDING, SENT, FAILED = "sending", "sent", "failed"
Letters = dict[str, Any]  # what became of the message, and the note of it, by the key of the person


@dataclass
class Outcome:
    """`unknown` are those of whom a worker that died has kept no more than that it was about to send. `has_server` is False where no server
    takes mail: nothing was sent then, and nothing is kept as sent."""

    sent: list[User] = field(default_factory=list)
    failed: list[User] = field(default_factory=list)
    unknown: list[User] = field(default_factory=list)
    has_server: bool = True


def has_mail_server() -> bool:
    """Whether mail leaves: without EMAIL_HOST it is printed on the console."""
    return settings.EMAIL_BACKEND not in UNDELIVERED


def plan(collection: Collection, staff: dict[int, list[User]]) -> Plan:
    planned = Plan()
    for cell in (cell for row in collection.missing for cell in row.missing):
        people = deliverers(cell, staff)
        if not people:
            planned.nobodys.append(cell)
        for user in people:
            reached = planned.asked if user.email else planned.unreachable
            reached.setdefault(user, []).append(cell)
    return planned


def require_collecting(edition: Edition) -> None:
    """Raises EditionRefused where nobody is to deliver anything."""
    if not edition.takes_parts:
        raise EditionRefused("취합 중이거나 검토 중인 회차만 독려 메일을 보냅니다.")


@background_task(
    title="독려 메일",
    queue_name="reminders",
    alone=True,
    most_waiting=100,
    abandoned=lambda run, edition, url, user: _write_down(edition, run.kept, user),
)
def send_reminders(run: TaskRun, edition: int, url: str, user: int | None) -> list[str]:
    """Sends those of an edition; gives what came of it in sentences. `url` is the whole address of the edition's page."""
    found = Edition.objects.select_related("bureau").filter(pk=edition).first()
    if not (found and found.takes_parts):  # by now; an earlier worker may have sent some
        with run.held():
            _write_down(edition, run.kept, user)
            run.complete({"sentences": [], "failed": False})
        return []
    planned, outcome = remind(run, collection_of(found), url)
    said = sentences(planned, outcome)
    has_failed = bool(outcome.failed or outcome.unknown or not outcome.has_server)
    with run.held():
        _write_down(edition, run.kept, user)
        run.complete({"sentences": said, "failed": has_failed})
    return said


@background_task(title="아침 독려 메일", queue_name="daily-reminders", alone=True)
def remind_daily(run: TaskRun) -> None:
    """Those of every edition whose deadline is near or past (REMIND_DAYS), as `manage.py remind_editions` does."""
    with run.held():
        for edition, url in due_editions(settings.REMIND_DAYS):
            try:
                request_reminders(edition.pk, url, None)
            except EditionRefused as error:
                logger.warning("no reminders of edition %s: %s", edition.pk, error)
        run.complete()


def request_reminders(edition: int, url: str, user: int | None) -> UUID:
    """Puts those of an edition in the queue, once, whoever asks at the same time; gives the key of the task. Raises EditionRefused."""
    with transaction.atomic():
        Edition.objects.select_for_update(of=("self",)).get(pk=edition)
        if are_under_way(edition):
            raise EditionRefused(UNDER_WAY)
        try:
            return UUID(send_reminders.enqueue(edition, url, user).id)
        except QueueFull as error:
            raise EditionRefused(CROWDED) from error


def are_under_way(edition: int) -> bool:
    """Whether those of an edition wait or are being sent."""
    unfinished = send_reminders.unfinished()
    return DBTaskResult.objects.filter(pk__in=unfinished, args_kwargs__args__0=edition).exists()


def due_editions(days: int | None) -> Iterator[tuple[Edition, str]]:
    """Editions that are being put together and have so many days left at most, with the addresses of their pages."""
    states = [Edition.State.COLLECTING, Edition.State.REVIEW]
    for edition in (
        Edition.objects.select_related("bureau").filter(state__in=states).order_by("deadline", "pk")
    ):
        if days is None or days_left(edition) <= days:
            yield edition, settings.SITE_URL + reverse("reports:edition", args=[edition.pk])


def remind(run: TaskRun, collection: Collection, url: str) -> tuple[Plan, Outcome]:
    """Sends to each once, whatever an earlier worker has sent. Raises EditionRefused."""
    require_collecting(collection.edition)
    planned = plan(collection, staff_by_unit(collection))
    if not has_mail_server():
        return planned, Outcome(has_server=False)
    letters = run.kept
    _send(run, letters, collection, planned, url)
    people = {str(person.pk): person for person in planned.asked}
    known = {str(key): user for key, user in User.objects.in_bulk(letters).items()} | people
    by_state = {
        state: [known[key] for key, (found, _) in letters.items() if found == state and key in known]
        for state in (SENT, FAILED, SENDING)
    }
    return planned, Outcome(by_state[SENT], by_state[FAILED], by_state[SENDING])


def _send(run: TaskRun, letters: Letters, collection: Collection, planned: Plan, url: str) -> None:
    """By one connection: a server that does not answer is waited for once, not for each person."""
    left = {person: cells for person, cells in planned.asked.items() if str(person.pk) not in letters}
    if not left:
        return
    try:
        with get_connection() as connection:
            for person, cells in left.items():
                note = f"{person.display_name}: {_parts(cells)}"
                run.keep(letters | {str(person.pk): [SENDING, note]})
                letters[str(person.pk)] = [_send_to(connection, person, collection, cells, url), note]
    except (SMTPException, OSError) as error:
        logger.warning("no reminders: %s", error)
        for person in (person for person in left if str(person.pk) not in letters):
            letters[str(person.pk)] = [FAILED, person.display_name]
    run.keep(letters)


def _send_to(connection, person, collection, cells, url) -> str:
    edition = collection.edition
    subject = " ".join(f"[업무보고] {edition.title} 제출을 기다립니다 ({countdown(edition)})".split())
    text = _text(collection, cells, url)
    try:
        EmailMessage(subject, text, to=[person.email], connection=connection).send()
    except (SMTPException, OSError, ValueError) as error:
        logger.warning("no reminder to %s: %s", person.get_username(), error)
        return FAILED
    return SENT


def _write_down(edition: int, letters: Letters, user: int | None) -> None:
    """Of an edition that is still there; who asked for it may be gone, too."""
    if not Edition.objects.filter(pk=edition).exists():
        return
    words = {FAILED: "보내지 못함", SENDING: "보냈는지 알 수 없음"}
    notes = [
        note if state == SENT else f"{note.partition(':')[0]}: {words[state]}"
        for state, note in letters.values()
    ]
    kind, by = EditionEvent.Kind.REMINDER, User.objects.filter(pk=user).first()
    with acting(lambda: by):
        EditionEvent.objects.bulk_create(
            [EditionEvent(edition_id=edition, kind=kind, note=note, by=by) for note in notes]
        )


def _text(collection, cells, url):
    edition = collection.edition
    session = f" ({edition.council_session})" if edition.council_session else ""
    lines = [
        f"{edition.title}{session}에 아직 들어오지 않은 부분이 있습니다.",
        f"기준일은 {day(edition.as_of)}입니다. {deadline_words(edition)}",
        *([""] if cells else []),
        *(
            f"- {cell.place.department.name} {cell.place.label} ({cell.word})"
            + (f": {' '.join(cell.note.split())}" if cell.note else "")
            for cell in cells
        ),
        "",
        f"여기에서 고치고 제출해 주십시오: {url}",
    ]
    return "\n".join(lines) + "\n"


def text_to_copy(collection: Collection, staff: dict[int, list[User]], url: str) -> str:
    """Who is to deliver what, and the message to all of them: for a messenger or the telephone."""
    planned = plan(collection, staff)
    people = planned.asked | planned.unreachable
    units = {person: f"({person.department.name})" if person.department else "" for person in people}
    listed = [f"- {person.display_name}{units[person]}: {_parts(cells)}" for person, cells in people.items()]
    listed += [f"- (담당 없음): {_parts(planned.nobodys)}"] if planned.nobodys else []
    return "\n".join([*listed, "", _text(collection, [], url)])


def _parts(cells: list[PartCell]) -> str:
    return ", ".join(f"{cell.place.department.name} {cell.place.label}" for cell in cells)


def sentences(planned: Plan, outcome: Outcome) -> list[str]:
    """What came of it, for who asked for it."""
    if not outcome.has_server:
        return [NO_SERVER]
    sent = f"{len(outcome.sent)}명에게 독려 메일을 보냈습니다: {_names(outcome.sent)}."
    found = [sent if outcome.sent else "보낸 메일이 없습니다."]
    if outcome.unknown:
        found.append(
            f"보내다가 끊겨 갔는지 알 수 없습니다: {_names(outcome.unknown)}. 다시 보내지 않았으니 따로 확인하십시오."
        )
    if outcome.failed:
        found.append(f"보내지 못했습니다: {_names(outcome.failed)}. 메일 서버의 기록을 보십시오.")
    if planned.unreachable:
        found.append(f"메일 주소가 없습니다: {_names(planned.unreachable)}.")
    if planned.nobodys:
        # By unit (`데이터센터 3개`); which parts they are stands on the page.
        units = Counter(cell.place.department.name for cell in planned.nobodys)
        listed = ", ".join(f"{unit} {number}개" for unit, number in units.items())
        found.append(f"맡은 사람도 부서 담당도 없어 아무에게도 보내지 못한 부분이 있습니다: {listed}.")
    return found


def _names(people):
    return ", ".join(person.display_name for person in people)
