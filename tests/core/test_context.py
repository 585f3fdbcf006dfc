"""What every template knows of the reader."""

from types import SimpleNamespace

from django.contrib.auth.models import AnonymousUser

from core.context import demonstration, snapshot
from core.remembered import demonstration as marks
from departments.models import User


def test_snapshot_of_a_stranger_is_none():
    assert snapshot(SimpleNamespace(user=AnonymousUser())) == {"snapshot": None}
    assert snapshot(SimpleNamespace()) == {"snapshot": None}


def test_snapshot_of_a_reader_and_whether_tables_leave():
    request = SimpleNamespace(user=User(is_superuser=True), snapshot="here")
    found = snapshot(request)
    assert (found["snapshot"], found["may_export"]()) == ("here", True)
    assert not snapshot(SimpleNamespace(user=User(), snapshot="here"))["may_export"]()


def test_demonstration_is_asked_where_a_template_says_it():
    marks.remember(True)
    assert demonstration(SimpleNamespace())["is_demonstration"]() is True
