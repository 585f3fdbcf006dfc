import pytest

from budgets.models import RevenueItem
from core.integrity import Level
from core.twin_checks import twins
from departments.models import Department
from tests.slips import found_by

pytestmark = pytest.mark.django_db


def test_the_names_of_the_report_hold(seeded):
    assert found_by(twins) == {}


@pytest.mark.parametrize("name", ["정보공게담당관", "정보공개담당관", "정보공담당관"])
def test_an_unused_name_that_is_anothers_but_for_a_letter_is_told(seeded, name):
    unit = Department.objects.create(slug="twin", name=name, kind="division")
    assert found_by(twins) == {f"name.twice/department/{unit.pk}": Level.WARNING}


@pytest.mark.parametrize("name", ["시민소통담당관", "정보공개2담당관"])
def test_another_name_that_is_not_used_yet_is_no_slip(seeded, name):
    Department.objects.create(slug="new", name=name, kind="division")
    assert found_by(twins) == {}


def test_a_heading_above_others_says_nothing_of_its_own(seeded):
    """세외수입 stands beside 그외수입, and has no amounts but those of its items."""
    assert RevenueItem.objects.filter(name="세외수입", figures=None).exists()
    assert found_by(twins) == {}
