from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command


def pytest_configure():
    # Pages are tested without a collectstatic before; tests/browser has the real, hashed files.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"


def seed():
    call_command("seed", stdout=StringIO())


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database holds the seeded report from the start, so that no test depends on which ran before it."""
    with django_db_blocker.unblock():
        seed()


@pytest.fixture
def seeded(db):
    """The seeded report, put in again where a transactional test has emptied the database."""
    from departments.models import Source

    if not Source.objects.exists():
        seed()


@pytest.fixture
def staff(seeded, django_user_model):
    """A member of staff with no rights beyond reading."""
    return django_user_model.objects.create_user(username="staff")


@pytest.fixture
def staff_client(client, staff):
    client.force_login(staff)
    return client


@pytest.fixture
def manager_client(seeded, client):
    """Of someone who reads and takes tables out (간부)."""
    from tests.factories import make_member

    client.force_login(make_member("간부"))
    return client
