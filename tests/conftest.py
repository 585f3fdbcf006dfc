import gc
import tempfile
from functools import wraps

import pytest
from django.conf import settings
from django.test import TransactionTestCase

from tests.costs import (  # noqa: F401 (hooks)
    pytest_addoption,
    pytest_runtest_logreport,
    pytest_runtest_makereport,
    pytest_terminal_summary,
)
from tests.memories import set_aside

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}


def pytest_configure():
    # Pages are tested without a collectstatic before; tests/browser has the real, hashed files.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.WHITENOISE_AUTOREFRESH = True  # else each test client reads through the folder of static files
    settings.LOG_FOLDER = tempfile.mkdtemp()
    settings.CHAIN_ENDS = tempfile.mkdtemp()
    settings.AUDIT_KEYS = [
        "tests"
    ]  # the seeded database is kept, and sealed, whatever the SECRET_KEY of a run
    settings.SECOND_FACTOR = "none"  # tests/departments/accounts/test_second_factor.py looks at it
    # Argon2 is slow on purpose; tests/departments/accounts/test_sign_in.py looks at it.
    settings.PASSWORD_HASHERS.insert(0, "django.contrib.auth.hashers.MD5PasswordHasher")
    keep_memory()


def keep_memory():
    """Nobody waits for it here, and to look for it after each file costs a fifteenth of the time; test_gate.py looks at it."""
    from seoul_digital.lib import gate

    @wraps(gate.give_back_memory)
    def kept():
        pass

    gate.give_back_memory = kept


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    gc.disable()  # what is loaded here stays
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_finish():
    # What is loaded is looked through no more, and what tests leave seldom: else two tenths of the time go there.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    from tests import write_paths

    write_paths.watch()


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


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_blocker):
    """The test database holds the seeded report from the start, and again after every test that commits."""
    from tests.databases import SeededDatabase

    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    with django_db_blocker.unblock():
        SeededDatabase.open(worker)
        # In place of Django's flush, after which the report would have to be seeded again.
        TransactionTestCase._fixture_teardown = lambda self: SeededDatabase.restore()
        yield
        SeededDatabase.current.close()


@pytest.fixture(scope="session")
def seeded_file(django_db_blocker):
    """The path of a seeded SQLite file, for a system of its own."""
    from tests.databases import SqliteDatabase

    with django_db_blocker.unblock():
        return SqliteDatabase("none").make_template()


@pytest.fixture
def pages_made_anew(monkeypatch):
    """For who looks into a page's context, which no remembered page has."""
    monkeypatch.setattr("core.remembered.pages.may_be_remembered", lambda request: False)


@pytest.fixture(autouse=True)
def nothing_remembered(request):
    """No test before has left pages; where queries are counted, no page is remembered, and no findings and reports are. Those come
    back for the tests after it: each is of a version of the data, and most tests ask of the seeded one."""
    from core.remembered import demonstration, parts
    from core.remembered import pages as remembered_pages

    remembered_pages._remembered.clear()
    parts._remembered.clear()
    demonstration.remember(False)  # tests/reports/demo_city looks at it
    names = {*request.fixturenames, *request.function.__code__.co_names}
    if not any("num_queries" in name or name == "CaptureQueriesContext" for name in names):
        yield
        return
    request.getfixturevalue("pages_made_anew")
    with set_aside():
        yield


@pytest.fixture
def work_at_once(monkeypatch):
    """Who waits for background work sees it done, as by a worker that is there; `tests.background.run_waiting` does it by hand."""
    from core.tasks.backend import BackgroundTask
    from tests.background import run_waiting

    def wait(task, *args, seconds):
        run_waiting()
        return not task.unfinished(*args).exists()

    monkeypatch.setattr(BackgroundTask, "wait", wait)


@pytest.fixture
def seeded(db):
    """The seeded report, which the database holds at the start of every test."""


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
