"""A digit of a phone typed wrong, and a person or a phone changed in one of several places."""

import pytest

from core.copying import copy_source
from core.plausibility.rules import doubts
from projects.models import Brief, Contact
from tests.factories import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(seeded):
    """Those of a draft next edition."""
    source = Brief.objects.get(project__slug="public-wifi", source__as_of="2022-08-29").source
    draft = copy_source(source, source.as_of.replace(month=11, day=1), make_member("관리자"))
    return Contact.objects.filter(brief__source=draft)


def head_of_two(people):
    """김완집, whom two projects name."""
    return people.filter(names="김완집").order_by("pk").first()


def test_one_digit_of_a_phone_is_asked_about(people):
    contact = people.exclude(names="김완집").filter(phone__startswith="2133-").first()
    old = contact.phone
    contact.phone = old[:-1] + str((int(old[-1]) + 1) % 10)
    assert doubts(contact)[0] == (
        f"{contact.names} {contact.phone}: 지난 보고(2022. 8. 29.)에는 {old}입니다. 숫자 하나가 틀린 것이 아닌지 확인하십시오."
    )


def test_another_phone_is_not_a_slip(people):
    contact = next(row for row in people if people.filter(names=row.names).count() == 1 and row.phone)
    contact.phone = "2133-9753"
    assert doubts(contact) == []


def test_phone_changed_in_one_of_two_places(people):
    contact = head_of_two(people)
    contact.phone = "2133-9753"
    assert doubts(contact) == [
        "김완집은 다른 사업 1곳에 2133-2860, 여기에만 2133-9753입니다. 다른 곳도 바꿀 것인지 확인하십시오."
    ]
    contact.save()
    (other,) = people.filter(names="김완집").exclude(pk=contact.pk)
    other.phone = "2133-9753"
    assert doubts(other) == []  # follows


def test_phone_of_somebody_else(people):
    contact = people.exclude(names="김완집").filter(phone__startswith="2133-").first()
    contact.phone = "2133-2860"
    assert "‘2133-2860’은 다른 사업에 김완집의 전화로 적혀 있습니다." in doubts(contact)


def test_person_changed_in_one_of_two_places(people):
    contact = head_of_two(people)
    contact.names = "김새로"
    assert doubts(contact) == [
        "정보통신보안담당관 2133-2860의 이름을 여기서만 김새로로 바꿉니다. "
        "다른 사업 1곳에는 김완집입니다. 다른 곳도 바꿀 것인지 확인하십시오."
    ]
    contact.save()
    (other,) = people.filter(names="김완집")
    other.names = "김새로"
    assert doubts(other) == []
