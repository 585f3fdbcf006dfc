import pytest

from core.integrity import Level
from departments.models import Department
from projects.contacts.checks import contacts
from projects.models import Brief, Contact
from tests.slips import change, found_by

pytestmark = pytest.mark.django_db


def person(project, order):
    return Contact.objects.filter(brief__project__slug=project, order=order)


def test_people_of_the_report_hold(seeded):
    assert found_by(contacts) == {}


@pytest.mark.parametrize(
    ("project", "order", "slip", "kinds"),
    [
        ("public-wifi", 2, {"phone": "135"}, {"contact.phone"}),
        ("public-wifi", 1, {"phone": "2133-286"}, {"contact.phone", "contact.one-phone"}),
        ("public-wifi", 1, {"phone": "2133-2868"}, {"contact.one-phone"}),
        ("public-wifi", 1, {"names": "김완지"}, {"contact.one-person"}),
        ("public-wifi", 2, {"role": "스마트CCTV팀장"}, {"contact.role"}),
        ("public-wifi", 3, {"phone": "1350"}, {"contact.one-person"}),
    ],
)
def test_a_slip_in_a_person_is_found(seeded, project, order, slip, kinds):
    change(person(project, order), **slip)
    found = found_by(contacts)
    assert {name.split("/")[0] for name in found} == kinds
    assert set(found.values()) == {Level.WARNING}


def test_another_lead_department_than_that_of_the_first_person_is_found(seeded):
    other = Department.objects.get(slug="big-data")
    change(Brief.objects.filter(project__slug="public-wifi"), lead_department=other)
    assert list(found_by(contacts)) == ["contact.lead/public-wifi"]
