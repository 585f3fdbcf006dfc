"""Integrity of the people named: one person has one phone and one phone one person, and roles fit units."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.urls import reverse

from core import integrity
from core.integrity import Level
from core.models import Source
from core.snapshot import Snapshot
from seoul_digital.lib.hangul import quoted, with_particle

from ..models import Contact

PHONE = re.compile(r"(?:☎\s?)?(?:(?:0[0-9]{1,2}-)?(?:(?P<exchange>[0-9]{3,4})-)?)(?P<extension>[0-9]{4})")
HEADS = ("장", "담당관", "정책관")


@integrity.register_check("projects", scope=Source.Scope.PROJECTS)
def contacts(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    named = Contact.objects.filter(brief__source=snapshot.source(Source.Scope.PROJECTS))
    people = list(named.select_related("brief__project", "brief__lead_department", "department"))
    for contact in people:
        yield from _of_one(contact)
    yield from _among(people)
    yield from _first_of_each(people)


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
    if unit and contact.role.endswith(HEADS):
        yield integrity.condition_holds(
            contact.role in (unit.name, f"{unit.name}장"),
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
        of_person[contact.names, contact.role].append(contact)
        if contact.phone:
            of_phone[_exchange(contact, people), contact.phone.strip()[-4:]].append(contact)
    for (names, role), places in of_person.items():
        phones = sorted({contact.phone for contact in places if contact.phone})
        if len(places) > 1 and phones:
            yield integrity.condition_holds(
                len(phones) == 1,
                otherwise=Level.WARNING,
                id=f"contact.one-phone/{role}/{names}",
                formula=f"한 사람({role} {names})의 전화는 어디에서나 같다",
                hint=f"{', '.join(phones)} 가운데 맞는 것을 확인하십시오.",
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


def _key(contact: Contact) -> str:
    return f"{contact.brief.project.slug}/{contact.order}"


def _about(contact: Contact) -> dict[str, str]:
    return {
        "subject": f"{contact.brief.number}. {contact}",
        "department": contact.brief.lead_department.slug,
        "url": reverse("projects:detail", args=[contact.brief.project.slug]),
    }
