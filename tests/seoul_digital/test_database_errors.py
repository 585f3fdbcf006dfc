"""The page for a database that somebody else holds, or that has no room. `tests/departments/test_writers.py` has a database that really is held."""

import errno
import sqlite3

import psycopg
import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection

from departments.models import UserSession
from seoul_digital.database_errors import is_busy, is_full, is_unreachable

pytestmark = pytest.mark.engine

ADDING, UNIT = (
    "/admin/departments/department/add/",
    {"slug": "new-unit", "name": "새 부서", "kind": "division"},
)
NOTHING_SAVED, MAYBE_SAVED = "저장된 것은 없습니다", "저장되었을 수 있으니"


def caused_by(cause, kind=OperationalError):
    error = kind("of the database")
    error.__cause__ = cause
    return error


@pytest.fixture
def locked(tmp_path):
    """What SQLite itself raises where another holds the file."""
    holder, other = (sqlite3.connect(tmp_path / "held.sqlite3", timeout=0) for _ in range(2))
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError) as caught:
        other.execute("BEGIN IMMEDIATE")
    holder.close()
    other.close()
    return caused_by(caught.value)


def test_a_locked_file_is_busy(locked):
    assert is_busy(locked)


@pytest.mark.parametrize("name", ["LockNotAvailable", "DeadlockDetected", "SerializationFailure"])
def test_a_held_row_is_busy(name):
    assert is_busy(caused_by(getattr(psycopg.errors, name)()))


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("no such table"),
        caused_by(sqlite3.OperationalError("no such table")),
        caused_by(psycopg.OperationalError("connection refused")),
        caused_by(psycopg.errors.UniqueViolation(), IntegrityError),
        ValueError(),
    ],
)
def test_other_errors_are_not(error):
    assert not is_busy(error)


@pytest.fixture
def guarded(client, seeded, django_user_model):
    """A manager's client that gets the error page and not the error."""
    client.force_login(django_user_model.objects.create(username="manager", is_superuser=True))
    client.raise_request_exception = False
    return client


def fail(error):
    def save(*args, **kwargs):
        raise error

    return save


def text_of(response, status):
    assert response.status_code == status
    return response.content.decode()


@pytest.fixture
def full(tmp_path):
    """What SQLite itself raises where there is no room."""
    database = sqlite3.connect(tmp_path / "full.sqlite3")
    database.execute("PRAGMA max_page_count = 2")
    with pytest.raises(sqlite3.OperationalError) as caught:
        database.executescript("CREATE TABLE a (b); CREATE TABLE c (d); CREATE TABLE e (f)")
    database.close()
    return caused_by(caught.value)


def test_a_disk_without_room_is_full(full, locked):
    assert is_full(full) and not is_busy(full)
    assert is_full(caused_by(psycopg.errors.DiskFull()))
    assert is_full(OSError(errno.ENOSPC, "No space left on device"))
    assert not is_full(OSError(errno.EACCES, "Permission denied"))
    assert not is_full(locked)


SAVE = [
    (SessionStore, "save"),
    (UserSession, "save"),
]  # Django hides what goes wrong in the second behind a session that is gone


@pytest.fixture
def seen_long_ago(guarded):
    """Its session is written at the next request."""
    session = guarded.session
    session["session_seen"] -= 400  # seconds
    session.save()
    return guarded


@pytest.mark.parametrize("place", SAVE)
def test_a_session_that_cannot_be_written_after_something_was(seen_long_ago, monkeypatch, locked, place):
    monkeypatch.setattr(*place, fail(locked))
    response = seen_long_ago.post(ADDING, UNIT)
    assert MAYBE_SAVED in text_of(response, 503)
    assert response["Retry-After"] == "10"
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("place", SAVE)
@pytest.mark.parametrize("reason", ["locked", "full"])
def test_what_is_only_read_needs_no_session_to_be_written(seen_long_ago, monkeypatch, request, place, reason):
    monkeypatch.setattr(*place, fail(request.getfixturevalue(reason)))
    assert "<form" in text_of(seen_long_ago.get(ADDING), 200)


def test_a_session_that_is_gone_is_said_to_be(seen_long_ago, monkeypatch):
    monkeypatch.setattr(UserSession, "save", fail(DatabaseError("of another kind")))
    text_of(seen_long_ago.get(ADDING), 400)


def test_a_full_disk_is_said_to_be(guarded, monkeypatch, full):
    monkeypatch.setattr("departments.models.Department.save", fail(full))
    page = text_of(guarded.post(ADDING, UNIT), 503)
    assert "디스크가 가득 찼습니다" in page and NOTHING_SAVED in page


def test_a_view_that_waits_in_vain_has_saved_nothing(guarded, monkeypatch, locked):
    monkeypatch.setattr("departments.models.Department.save", fail(locked))
    page = text_of(guarded.post(ADDING, UNIT), 503)
    assert NOTHING_SAVED in page


def test_other_errors_stay_errors(guarded, monkeypatch):
    monkeypatch.setattr("departments.models.Department.save", fail(OperationalError("no such table")))
    text_of(guarded.post(ADDING, UNIT), 500)


@pytest.mark.parametrize(
    "cause",
    [
        psycopg.OperationalError("connection refused"),
        psycopg.errors.AdminShutdown(),
        psycopg.InterfaceError("closed"),
    ],
)
def test_a_server_that_is_gone_is_unreachable(cause):
    error = caused_by(
        cause, InterfaceError if isinstance(cause, psycopg.InterfaceError) else OperationalError
    )
    assert is_unreachable(error)
    assert not is_busy(error)


def test_a_file_that_cannot_be_opened_is_unreachable(tmp_path):
    with pytest.raises(sqlite3.OperationalError) as caught:
        sqlite3.connect(tmp_path / "none" / "db.sqlite3")
    assert is_unreachable(caused_by(caught.value))
    assert not is_unreachable(caused_by(sqlite3.OperationalError("no such table")))


@pytest.mark.parametrize(
    ("path", "cookie"),
    [("/healthz", "sessionid=anything"), ("/healthz", "x=y"), ("/healthz", "")],
)
def test_a_database_that_is_gone_is_503_with_any_cookie(client, db, monkeypatch, path, cookie):
    gone = fail(caused_by(psycopg.OperationalError("connection to 10.0.0.1 refused")))
    client.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr(SessionStore, "load", gone)
        patch.setattr(connection, "cursor", gone)
        response = client.get(path, headers={"cookie": cookie})
    assert "10.0.0.1" not in text_of(response, 503)
