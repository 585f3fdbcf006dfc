import pytest

from core.audit.context import acting
from departments.models import Department, User


@pytest.fixture
def unit(seeded):
    return Department.objects.get(slug="data-center")


@pytest.fixture
def signed_in(seeded):
    """A user who does all that the test does."""
    user = User.objects.create(username="editor", last_name="김", first_name="편집")
    with acting(lambda: user):
        yield user
