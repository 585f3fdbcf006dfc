import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.models import RevenueItem
from core.checks.twins import twins
from core.integrity import Level
from departments.models import Department
from tests.factories import make_bureau, make_source, make_unit, place
from tests.slips import found_by

pytestmark = pytest.mark.django_db


def test_the_names_of_the_report_hold(seeded):
    assert found_by(twins) == {}


@pytest.mark.parametrize("name", ["정보공게담당관", "정보공개담당관", "정보공담당관"])
def test_an_unused_name_that_is_anothers_but_for_a_letter_is_told(seeded, name):
    Department.objects.create(slug="twin", name=name, kind="division")
    assert found_by(twins) == {"name.twice/department/twin": Level.WARNING}


@pytest.mark.parametrize("name", ["시민소통담당관", "정보공개2담당관"])
def test_another_name_that_is_not_used_yet_is_no_slip(seeded, name):
    Department.objects.create(slug="new", name=name, kind="division")
    assert found_by(twins) == {}


def test_a_heading_above_others_says_nothing_of_its_own(seeded):
    """세외수입 stands beside 그외수입, and has no amounts but those of its items."""
    assert RevenueItem.objects.filter(name="세외수입", figures=None).exists()
    assert found_by(twins) == {}


def test_an_unused_heading_that_is_anothers_but_for_a_letter_is_told(seeded):
    RevenueItem.objects.create(slug="twin", name="임시적셰외수입")
    assert found_by(twins) == {"name.twice/revenueitem/twin": Level.WARNING}


@pytest.mark.parametrize(
    ("bureau", "state"), [("digital-policy-bureau", "draft"), ("housing-bureau", "in_force")]
)
def test_a_name_that_only_a_draft_or_another_bureau_has_is_not_told(seeded, bureau, state):
    make_bureau()
    source = make_source(Department.objects.get(slug=bureau), "organisation", "2022-11-01", state=state)
    place(source, make_unit("new", "인공지능담당관"))
    Department.objects.create(slug="twin", name="인공지능딤당관", kind="division")
    assert found_by(twins) == {}


def test_more_unused_names_ask_no_more(seeded):
    def count(names):
        for name in names:
            Department.objects.create(slug=f"new-{name}", name=f"정보공개{name}담당관", kind="division")
        with CaptureQueriesContext(connection) as captured:
            found_by(twins)
        return len(captured)

    assert count("가") == count("나다라마바사아자차")
