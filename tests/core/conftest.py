import pytest

from departments.models import Staffing
from projects.models import Brief
from tests.core.edit_conflicts.two_people import signed_in


@pytest.fixture
def first(seeded):
    return signed_in("first", "김", "하나")


@pytest.fixture
def second(seeded):
    return signed_in("second", "이", "두리")


@pytest.fixture
def staffing(seeded):
    return Staffing.objects.get(department__slug="data-center", source__as_of="2022-08-29")


@pytest.fixture
def brief(seeded):
    return Brief.objects.get(number=1)
