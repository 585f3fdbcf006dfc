import tempfile
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}
SEEDED = pytest.StashKey[bool]()


def pytest_configure():
    # Pages are tested without a collectstatic before; tests/browser has the real, hashed files.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.LOG_FOLDER = tempfile.mkdtemp()
    # Argon2 is slow on purpose; tests/seoul_digital/test_sign_in.py looks at it.
    settings.PASSWORD_HASHERS.insert(0, "django.contrib.auth.hashers.MD5PasswordHasher")


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL only what touches the database runs again."""
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        pure = [item for item in items if not touches_database(item)]
        config.hook.pytest_deselected(items=pure)
        items[:] = [item for item in items if touches_database(item)]


def touches_database(item):
    return bool(
        item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
    )


def seed():
    call_command("seed", stdout=StringIO())


def seed_if_empty():
    from core.models import Source

    if not Source.objects.exists():
        seed()


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_setup, django_db_blocker):
    """The test database holds the seeded report from the start, so that no test depends on which ran before it."""
    with django_db_blocker.unblock():
        seed()
    request.config.stash[SEEDED] = True


@pytest.fixture(scope="module", autouse=True)
def kept_seed(request):
    """Put in again for good where a transactional test of another file has emptied the database, not in every test's own transaction."""
    if request.config.stash.get(SEEDED, False):
        with request.getfixturevalue("django_db_blocker").unblock():
            seed_if_empty()


@pytest.fixture
def seeded(db):
    """The seeded report, put in again where a transactional test of the same file has emptied the database."""
    seed_if_empty()


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
