import pytest

from core.remembered import demonstration
from reports.demo_city.making import make_city
from reports.demo_city.plan import CityPlan
from tests.databases import kept_for_tests

SMALL = CityPlan(bureaus=3, divisions=4, years=1, figures=480, pages=8)


def make_small_city():
    """Two bureaus around the seeded one, of two divisions each."""
    return make_city(SMALL)


@pytest.fixture(scope="module")
def small_city(django_db_setup, django_db_blocker):
    """How many budget figures it has."""
    yield from kept_for_tests(django_db_blocker, make_small_city)


@pytest.fixture
def city(small_city, db, nothing_remembered):
    demonstration.remember(True)
    return small_city
