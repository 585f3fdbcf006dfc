"""Integrity of the people named: one person has one phone and one phone one person, and roles fit units."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from core import integrity
from core.integrity import Level
from core.models import Source
from core.snapshot import Snapshot, address
from departments.organisation import placements_in_force
from seoul_digital.lib import alike
from seoul_digital.lib.hangul import quoted, with_particle
from seoul_digital.lib.slips import is_one_digit_off, slip_of_digits

from .. import data
from ..models import Contact

PHONE = re.compile(r"(?:☎\s?)?(?:(?:0[0-9]{1,2}-)?(?:(?P<exchange>[0-9]{3,4})-)?)(?P<extension>[0-9]{4})")
HEADS = ("장", "담당관", "정책관")
USUAL = 3  # contacts from whom a role or an exchange is known


@integrity.register_check(
    "projects",
    Source.Scope.ORGANISATION,
    scope=Source.Scope.PROJECTS,
    rows=[data.briefs_with_words, placements_in_force],
)
def contacts(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    people = [contact for brief in data.briefs_with_words(snapshot) for contact in brief.contacts.all()]
    for contact in people:
        yield from _of_one(contact)
    yield from _among(people)
    yield from _roles(people)
    yield from _phones(people)
    yield from _first_of_each(people)
    placed = placements_in_force(snapshot)
    yield from _placed(people, {row.department_id for row in placed})
    yield from _without_unit(people, {row.department.name for row in placed})


def _placed(people: Iterable[Contact], placed: set[int]) -> Iterator[integrity.Finding]:
    """Who is named belongs to a unit of the organisation."""
    for contact in people if placed else ():
        if contact.department:
            yield integrity.condition_holds(
                contact.department_id in placed,
                otherwise=Level.WARNING,
                id=f"contact.placed/{_key(contact)}",
                formula=f"담당자의 부서({contact.department.name})는 조직도에 있다",
                hint="조직도에서 부서가 빠졌거나 담당자의 부서가 잘못되었는지 확인하십시오.",
                **_about(contact),
            )


def _without_unit(people: Iterable[Contact], units: set[str]) -> Iterator[integrity.Finding]:
    """Whose role is that of a unit's head is named with the unit."""
    for contact in people:
        if contact.department_id is None and {contact.role, contact.role.removesuffix("장")} & units:
            yield integrity.condition_holds(
                False,
                otherwise=Level.WARNING,
                id=f"contact.unit/{_key(contact)}",
                formula=f"부서의 장(‘{contact.role}’)은 부서도 적는다",
                hint="담당자의 부서를 고르십시오.",
                **_about(contact),
            )


def _of_one(contact: Contact) -> Iterator[integrity.Finding]:
    if contact.phone:
        yield integrity.condition_holds(
            bool(PHONE.fullmatch(contact.phone.strip())),
            otherwise=Level.WARNING,
            id=f"contact.phone/{_key(contact)}",
            formula=f"전화 {quoted(contact.phone, '은/는')} 국번과 네 자리, 또는 뒤 네 자리이다",
            hint="빠지거나 더 들어간 자리가 있는지 확인하십시오.",
            **_about(contact),
        )
    unit = contact.department
    titles = (unit.name, f"{unit.name}장") if unit else ()
    if unit and (
        contact.role.endswith(HEADS) or any(alike.is_letter_off(contact.role, title) for title in titles)
    ):
        yield integrity.condition_holds(
            contact.role in titles,
            otherwise=Level.WARNING,
            id=f"contact.role/{_key(contact)}",
            formula=f"직위 {quoted(contact.role, '은/는')} 부서 ‘{unit.name}’의 장이다",
            hint="직위나 부서를 확인하십시오.",
            **_about(contact),
        )


def _among(people: Iterable[Contact]) -> Iterator[integrity.Finding]:
    """Who is named in several places has the same phone there, and nobody else has it."""
    of_person, of_phone = defaultdict(list), defaultdict(list)
    for contact in people:
        of_person[contact.names].append(contact)
        if contact.phone:
            of_phone[_exchange(contact, people), contact.phone.strip()[-4:]].append(contact)
    for names, places in of_person.items():
        entries = sorted({f"{contact.role} {contact.phone}".strip() for contact in places})
        if len(places) > 1:
            yield integrity.condition_holds(
                len(entries) == 1,
                otherwise=Level.WARNING,
                id=f"contact.one-phone/{names}",
                formula=f"한 사람({names})의 직위와 전화는 어디에서나 같다",
                hint=f"{', '.join(entries)} 가운데 맞는 것을 확인하십시오. 이름만 같은 다른 사람이면 설명해 주십시오.",
                **_about(places[0]),
            )
    for (_, extension), places in of_phone.items():
        holders = sorted({contact.names for contact in places})
        if len(places) > 1:
            yield integrity.condition_holds(
                len(holders) == 1,
                otherwise=Level.WARNING,
                id=f"contact.one-person/{extension}/{'/'.join(_key(contact) for contact in places[:1])}",
                formula=f"한 전화({extension})는 한 사람의 것이다",
                hint=f"{with_particle(', '.join(holders), '으로/로')} 적혀 있습니다. 이름이나 전화를 확인하십시오.",
                **_about(places[0]),
            )


def _roles(people: Iterable[Contact]) -> Iterator[integrity.Finding]:
    """A unit has one head, and no role is another one's with a letter wrong."""
    of_role = defaultdict(list)
    for contact in people:
        of_role[contact.role].append(contact)
    for role, holders in of_role.items():
        names = sorted({contact.names for contact in holders})
        # Of those with a unit role, phone and unit are held against each other already.
        if role.endswith(HEADS) and len(holders) > 1 and any(not row.department_id for row in holders):
            yield integrity.condition_holds(
                len(names) == 1,
                otherwise=Level.WARNING,
                id=f"contact.one-head/{role}",
                formula=f"한 부서의 장({role})은 한 사람이다",
                hint=f"{with_particle(', '.join(names), '으로/로')} 적혀 있습니다. 직위나 이름을 확인하십시오.",
                **_about(holders[0]),
            )
        usual = [
            other for other in of_role if alike.is_letter_off(role, other) and len(of_role[other]) >= USUAL
        ]
        if len(holders) == 1 and usual:
            yield integrity.condition_holds(
                False,
                otherwise=Level.WARNING,
                id=f"contact.role-letter/{_key(holders[0])}",
                formula=f"직위 {quoted(role, '은/는')} 다른 담당자의 직위 {quoted(usual[0], '과/와')} 같다",
                hint="한 글자가 다릅니다. 직위를 확인하십시오.",
                **_about(holders[0]),
            )


def _phones(people: Sequence[Contact]) -> Iterator[integrity.Finding]:
    """An exchange is one that others have, too; extensions of a team begin alike."""
    numbers = {contact.pk: PHONE.fullmatch(contact.phone.strip()) for contact in people}
    exchanges = Counter(found["exchange"] for found in numbers.values() if found and found["exchange"])
    head: Contact | None = None
    for contact in people:
        found = numbers[contact.pk]
        if contact.department_id or (head and head.brief_id != contact.brief_id):
            head = contact
        if found is None:
            continue
        exchange = found["exchange"] or ""
        usual = [
            other
            for other, times in exchanges.items()
            if times >= USUAL and (is_one_digit_off(exchange, other) or slip_of_digits(other, exchange))
        ]
        if exchanges[exchange] == 1 and usual:
            yield integrity.condition_holds(
                False,
                otherwise=Level.WARNING,
                id=f"contact.exchange/{_key(contact)}",
                formula=f"전화의 국번 {quoted(exchange, '은/는')} 다른 담당자들의 국번 {quoted(usual[0], '과/와')} 같다",
                hint="숫자 하나가 다르거나, 빠졌거나, 자리가 바뀌었습니다. 국번을 확인하십시오.",
                **_about(contact),
            )
        if head and head is not contact and (team := numbers[head.pk]):
            yield integrity.condition_holds(
                found["extension"][:2] == team["extension"][:2],
                otherwise=Level.INFO,
                id=f"contact.extension/{_key(contact)}",
                formula=f"전화 {quoted(contact.phone, '은/는')} {quoted(head.role, '과/와')} 앞 두 자리가 같다",
                hint="다른 사무실의 전화가 아니면 자릿수를 확인하십시오.",
                **_about(contact),
            )


def _exchange(contact: Contact, people: Iterable[Contact]) -> str:
    """The exchange of an extension is that of the head's number in the same line."""
    line = (other for other in people if other.brief_id == contact.brief_id)
    found = (PHONE.fullmatch(other.phone.strip()) for other in (contact, *line) if other.phone)
    return next((match["exchange"] for match in found if match and match["exchange"]), "")


def _first_of_each(people: Iterable[Contact]) -> Iterator[integrity.Finding]:
    """The first one named is the head of the unit that leads the project."""
    firsts: dict[int, Contact] = {}
    for contact in people:
        firsts.setdefault(contact.brief_id, contact)
    for contact in firsts.values():
        lead = contact.brief.lead_department
        if contact.department_id:
            yield integrity.condition_holds(
                contact.department_id == lead.pk,
                otherwise=Level.WARNING,
                id=f"contact.lead/{contact.brief.project.slug}",
                formula=f"첫 담당자의 부서 = 주관 부서({lead.name})",
                hint="주관 부서나 첫 담당자의 부서를 확인하십시오.",
                **_about(contact),
            )
        if contact.department_id in (None, lead.pk):
            yield integrity.condition_holds(
                contact.role in (lead.name, f"{lead.name}장"),
                otherwise=Level.WARNING,
                id=f"contact.first/{contact.brief.project.slug}",
                formula=f"첫 담당자(‘{contact.role}’)는 주관 부서({lead.name})의 장이다",
                hint="첫 담당자의 직위나 주관 부서를 확인하십시오.",
                **_about(contact),
            )


def _key(contact: Contact) -> str:
    return f"{contact.brief.project.slug}/{contact.order}"


def _about(contact: Contact) -> dict[str, str]:
    return {
        "subject": f"{contact.brief.number}. {contact}",
        "department": contact.brief.lead_department.slug,
        "url": address("projects:detail", contact.brief.project.slug),
    }
