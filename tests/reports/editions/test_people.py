"""Who delivers a part."""

import pytest

from departments.models import Department
from reports.editions.collection import collection_of
from reports.editions.people import candidates, deliverers, staff_by_unit
from reports.models import Submission
from tests.factories import make_bureau, make_member, make_source

pytestmark = pytest.mark.django_db


def test_who_delivers(collecting, member):
    collection = collection_of(collecting)
    staff = staff_by_unit(collection)
    cell = next(cell for cell in collection.cells if cell.place.department.slug == "data-center")
    assert deliverers(cell, staff) == [member]
    assert staff[Department.objects.get(slug="ict-security").pk] == []
    whole = make_member("부서 담당", unit="digital-policy-bureau", username="whole")
    staff = staff_by_unit(collection)
    assert staff[Department.objects.get(slug="ict-security").pk] == [whole]  # the nearest unit above
    assert staff[cell.place.department.pk] == [member]
    cell.submission = Submission(owner=whole)
    assert deliverers(cell, staff) == [whole]
    whole.is_active = False
    assert deliverers(cell, staff) == [member]


def test_staff_of_the_bureaus_own_units_are_put_in_charge(collecting, member, planner):
    housing = make_bureau()
    make_source(housing, "organisation", "2022-08-29").placement_set.create(department=housing)
    stranger = make_member("부서 담당", unit="housing-bureau", username="stranger")
    gone = make_member("부서 담당", unit="data-center", username="gone")
    gone.is_active = False
    gone.save()
    collection = collection_of(collecting)
    assert set(candidates(collection)) == {member, planner}
    assert set(candidates(collection, stranger)) == {member, planner, stranger}  # who is in charge already
