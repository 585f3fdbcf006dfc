"""What is improbable of the people named: a digit of a phone typed wrong, a person or a phone changed in one of several places."""

import re
from collections.abc import Iterator

from django.db.models import QuerySet

from core.plausibility.last_report import LastRow, last_source, source_of, stored_values
from core.plausibility.rules import register_plausibility
from seoul_digital.lib.hangul import quoted, with_particle
from seoul_digital.lib.slips import Slip, is_one_digit_off, slip_of_digits

from ..models import Contact

WHOLE = 7  # digits of a number that is nobody else's; an extension alone may be


@register_plausibility("projects.contact")
def slip_of_a_phone(contact: Contact) -> Iterator[str]:
    """Of a person whom the last report names too."""
    last = last_source(source_of(contact)) if _has_new(contact, "phone") else None
    if last is None:
        return
    known = Contact.objects.filter(brief__source=last, names=contact.names).exclude(phone="")
    phones = set(known.values_list("phone", flat=True))
    for phone in sorted(phones - {contact.phone}) if contact.phone not in phones else ():
        old, new = (re.sub(r"\D", "", number) for number in (phone, contact.phone))
        slip = slip_of_digits(old, new) or (Slip.ONE_DIGIT if is_one_digit_off(old, new) else None)
        if slip:
            before = LastRow(last, {}).says(phone)
            yield f"{contact.names} {contact.phone}: {before}입니다. {slip.words} 것이 아닌지 확인하십시오."


@register_plausibility("projects.contact")
def phone_of_one_place(contact: Contact) -> Iterator[str]:
    """The same person keeps the old phone elsewhere, and has the new one nowhere else."""
    if not _has_new(contact, "phone"):
        return
    others = _others(contact).filter(names=contact.names, role=contact.role).exclude(phone="")
    phones = list(others.values_list("phone", flat=True))
    if phones and contact.phone not in phones:
        yield (
            f"{with_particle(contact.names, '은/는')} 다른 사업 {len(phones)}곳에 {', '.join(sorted(set(phones)))}, "
            f"여기에만 {contact.phone}입니다. 다른 곳도 바꿀 것인지 확인하십시오."
        )
    holders = _others(contact).filter(phone=contact.phone).exclude(names=contact.names)
    names = sorted(set(holders.values_list("names", flat=True)))
    if names and len(re.sub(r"\D", "", contact.phone)) >= WHOLE:
        yield f"{quoted(contact.phone, '은/는')} 다른 사업에 {', '.join(names)}의 전화로 적혀 있습니다."


@register_plausibility("projects.contact")
def person_of_one_place(contact: Contact) -> Iterator[str]:
    """Who had the role and the phone has them elsewhere still, and nobody else has followed there yet."""
    old = stored_values(contact, "names").get("names")
    if not old or not contact.phone or not _has_new(contact, "names"):
        return
    others = _others(contact).filter(role=contact.role, phone=contact.phone)
    names = list(others.values_list("names", flat=True))
    if old in names and contact.names not in names:
        yield (
            f"{contact.role} {contact.phone}의 이름을 여기서만 {with_particle(contact.names, '으로/로')} 바꿉니다. "
            f"다른 사업 {names.count(old)}곳에는 {old}입니다. 다른 곳도 바꿀 것인지 확인하십시오."
        )


def _has_new(contact: Contact, name: str) -> bool:
    value = getattr(contact, name)
    return bool(value) and value != stored_values(contact, name).get(name)


def _others(contact: Contact) -> QuerySet[Contact]:
    """The entries of the same source's other places."""
    return Contact.objects.filter(brief__source=source_of(contact)).exclude(pk=contact.pk)
