"""Who delivers a part."""

import pytest

from departments.models import Department
from reports.editions.collection import collection_of
from reports.editions.people import deliverers, staff_by_unit
from reports.models import Submission
from tests.factories import make_member

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


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
