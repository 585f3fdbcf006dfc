import pytest

from core.integrity import Level
from departments.models import Department, Placement
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
        ("public-wifi", 2, {"role": "공공와이파이팀작"}, {"contact.role"}),
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


@pytest.mark.parametrize(
    ("project", "order", "slip", "expected"),
    [
        (
            "digital-inclusion",
            3,
            {"role": "디지털정책담당관"},
            {"contact.one-head": Level.WARNING, "contact.unit": Level.WARNING},
        ),
        ("digital-inclusion", 1, {"department": None}, {"contact.unit": Level.WARNING}),
        ("digital-inclusion", 3, {"role": "담닥"}, {"contact.role-letter": Level.WARNING}),
        ("public-archive", 1, {"phone": "2134-5610"}, {"contact.exchange": Level.WARNING}),
        ("public-archive", 1, {"phone": "233-5610"}, {"contact.exchange": Level.WARNING}),
        ("public-archive", 1, {"phone": "1233-5610"}, {"contact.exchange": Level.WARNING}),
        ("public-wifi", 3, {"phone": "1857"}, {"contact.extension": Level.INFO}),
        (
            "public-wifi",
            1,
            {"role": "담당", "phone": ""},
            {"contact.first": Level.WARNING, "contact.one-phone": Level.WARNING},
        ),
        ("public-wifi", 3, {"names": "유병민"}, {"contact.one-phone": Level.WARNING}),
    ],
)
def test_a_slip_that_others_tell_of_is_found(seeded, project, order, slip, expected):
    change(person(project, order), **slip)
    found = {name.split("/")[0]: level for name, level in found_by(contacts).items()}
    assert found == expected


def test_a_person_of_a_unit_that_the_organisation_lacks_is_found(seeded):
    Placement.objects.get(department__slug="public-wifi-team").delete()
    assert found_by(contacts) == {"contact.placed/public-wifi/2": Level.WARNING}
