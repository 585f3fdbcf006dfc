"""E-mail to those whose parts have not come: one to each person, with all that he is to deliver."""

import logging
from collections import Counter
from dataclasses import dataclass, field
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import DatabaseError

from departments.models import User
from seoul_digital.lib.tables import day

from ..models import EditionEvent
from .collection import Collection, PartCell
from .people import deliverers, staff_by_unit
from .sources import EditionRefused
from .words import countdown, deadline_words

logger = logging.getLogger(__name__)
UNDELIVERED = {f"django.core.mail.backends.{kind}.EmailBackend" for kind in ("console", "dummy", "filebased")}
NO_SERVER = "메일 서버가 정해지지 않아 메일을 보내지 않았습니다. ‘누가 빠졌나’의 명단과 글을 복사하여 다른 길로 알려 주세요."


@dataclass
class Plan:
    """What is asked of whom. `unreachable` are people without an address, `nobodys` parts that nobody delivers."""

    asked: dict[User, list[PartCell]] = field(default_factory=dict)
    unreachable: dict[User, list[PartCell]] = field(default_factory=dict)
    nobodys: list[PartCell] = field(default_factory=list)


@dataclass
class Outcome:
    """`has_server` is False where no server takes mail: nothing was sent then, and nothing is kept as sent. `is_kept` is False
    where mail has left and the database did not take the word of it."""

    sent: list[User] = field(default_factory=list)
    failed: list[User] = field(default_factory=list)
    has_server: bool = True
    is_kept: bool = True


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


def remind(collection: Collection, url: str, *, user=None) -> tuple[Plan, Outcome]:
    """Sends them; each sending is kept. `url` is the whole address of the edition's page. Raises EditionRefused."""
    if not collection.edition.takes_parts:
        raise EditionRefused("취합 중이거나 검토 중인 회차만 독려 메일을 보냅니다.")
    planned = plan(collection, staff_by_unit(collection))
    outcome = _send(collection, planned, url) if has_mail_server() else Outcome(has_server=False)
    try:
        _keep(collection.edition, planned, outcome, user)
    except DatabaseError as error:
        if not outcome.sent:
            raise
        logger.warning("reminders were sent and not kept: %s", error)
        outcome.is_kept = False
    return planned, outcome


def _send(collection, planned, url) -> Outcome:
    """By one connection: a server that does not answer is waited for once, not for each person."""
    try:
        with get_connection() as connection:
            return _send_by(connection, collection, planned, url)
    except (SMTPException, OSError) as error:
        logger.warning("no reminders: %s", error)
        return Outcome(failed=list(planned.asked))


def _send_by(connection, collection, planned, url):
    outcome, edition = Outcome(), collection.edition
    subject = " ".join(f"[업무보고] {edition.title} 제출을 기다립니다 ({countdown(edition)})".split())
    for person, cells in planned.asked.items():
        text = _text(collection, cells, url)
        message = EmailMessage(subject, text, to=[person.email], connection=connection)
        try:
            message.send()
        except (SMTPException, OSError, ValueError) as error:
            logger.warning("no reminder to %s: %s", person.get_username(), error)
            outcome.failed.append(person)
        else:
            outcome.sent.append(person)
    return outcome


def _keep(edition, planned, outcome, user):
    notes = []
    for person in outcome.sent:
        notes.append(f"{person.display_name}: {_parts(planned.asked[person])}")
    notes += [f"{person.display_name}: 보내지 못함" for person in outcome.failed]
    EditionEvent.objects.bulk_create(
        [EditionEvent(edition=edition, kind=EditionEvent.Kind.REMINDER, note=note, by=user) for note in notes]
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
    if not outcome.is_kept:
        found.append("보낸 것을 경과에 적지 못했습니다. 같은 사람에게 다시 보내지 않도록 따로 적어 두십시오.")
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
