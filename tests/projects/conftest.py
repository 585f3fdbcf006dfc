import pytest

from departments.models import Department
from projects import data
from tests.factories import snapshot_of


@pytest.fixture
def snapshot(seeded):
    """The seeded report as a member of staff reads it."""
    return snapshot_of(Department.objects.get(slug="digital-policy-bureau"))


@pytest.fixture
def briefs(snapshot):
    return data.briefs_of(snapshot)


@pytest.fixture
def roots(snapshot):
    """The tree of all indicators of the report."""
    return data.indicators_of(snapshot)


@pytest.fixture
def entry(roots):
    """A function that finds an indicator of the report by its slug."""
    known = {one.indicator.slug: one for root in roots for one, _ in root.walk()}
    return known.__getitem__
