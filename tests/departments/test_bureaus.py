"""In which bureau's tree a unit stands on a date."""

from datetime import date

import pytest

from departments.bureaus import bureaus_by_unit, unit_labels
from departments.models import Department
from tests.factories import make_bureau, make_source, make_unit, place, succeed

pytestmark = pytest.mark.django_db


@pytest.fixture
def housing():
    """A bureau with one unit since 2022-06-01."""
    bureau, unit = make_bureau(), make_unit("rent", "임대과")
    place(make_source(bureau, "organisation", "2022-06-01"), unit, bureau)
    return bureau


@pytest.mark.parametrize("on", [date(2022, 6, 1), date(2023, 1, 1), date(2022, 5, 31)])
def test_unit_without_a_tree_of_then_is_of_the_first_after(housing, on):
    unit = Department.objects.get(slug="rent")
    assert bureaus_by_unit(on)[unit.pk] == {housing.pk}
    assert bureaus_by_unit(on)[housing.pk] == {housing.pk}


def test_bureau_that_became_another_has_no_tree_by_then(housing):
    new, unit = make_bureau("homes", "주택실"), make_unit("homes-rent", "임대과")
    place(make_source(new, "organisation", "2023-01-01"), unit, new)
    succeed(housing, new)
    found = bureaus_by_unit(date(2023, 1, 1))
    assert found[unit.pk] == {new.pk}
    assert Department.objects.get(slug="rent").pk not in found


def test_units_of_one_name_have_their_bureau_behind(housing):
    new, unit = make_bureau("parks", "공원국"), make_unit("parks-rent", "임대과")
    place(make_source(new, "organisation", "2022-06-01"), unit, new)
    labels = unit_labels(date(2022, 6, 1))
    assert (labels["rent"], labels["parks-rent"]) == ("임대과 (주택정책관)", "임대과 (공원국)")
    assert labels["parks"] == "공원국"
