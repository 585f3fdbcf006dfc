import pytest

from core.data_version import data_version
from core.models import Source
from core.snapshot import with_source
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


def version_of(scope):
    return data_version(with_source(Source.objects.filter(scope=scope, state="in_force").latest("as_of")))


@pytest.fixture
def raises(seeded):
    """A function that tells whether an act gives the snapshot another version."""

    def told(act, scope="duties"):
        before = version_of(scope)
        act()
        return version_of(scope) != before

    return told
