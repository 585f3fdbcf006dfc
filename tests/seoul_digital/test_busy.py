"""The page for a database that somebody else holds. `tests/departments/test_writers.py` has a database that really is held."""

import sqlite3

import psycopg
import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import IntegrityError, OperationalError

from seoul_digital.busy import is_busy

ADDING, UNIT = "/admin/departments/department/add/", {"slug": "new-unit", "name": "새 부서", "kind": "division"}
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
    client.force_login(django_user_model.objects.create(username="manager", is_staff=True, is_superuser=True))
    client.raise_request_exception = False
    return client


def fail(error):
    def save(*args, **kwargs):
        raise error

    return save


def text_of(response, status):
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.parametrize(("method", "sentence"), [("get", NOTHING_SAVED), ("post", MAYBE_SAVED)])
def test_a_session_that_cannot_be_written(guarded, monkeypatch, locked, method, sentence):
    """After the view, which may have saved something."""
    session = guarded.session
    session["session_seen"] -= 400  # seconds, so that it is written
    session.save()
    monkeypatch.setattr(SessionStore, "save", fail(locked))
    response = getattr(guarded, method)(ADDING, UNIT)
    page = text_of(response, 503)
    assert sentence in page
    assert response["Retry-After"] == "10"
    assert response["Cache-Control"] == "no-store"


def test_a_view_that_waits_in_vain_has_saved_nothing(guarded, monkeypatch, locked):
    monkeypatch.setattr("departments.models.Department.save", fail(locked))
    page = text_of(guarded.post(ADDING, UNIT), 503)
    assert NOTHING_SAVED in page


def test_other_errors_stay_errors(guarded, monkeypatch):
    monkeypatch.setattr("departments.models.Department.save", fail(OperationalError("no such table")))
    text_of(guarded.post(ADDING, UNIT), 500)
