"""What a page was seen to read, by the SQL that it asked."""

import pytest
from django.db import connection

from core.data_version import Revisions
from core.models import ControlTotal, Source, SourceRevision
from core.remembered.parts import Making
from departments.models import Department, Duty, User

pytestmark = pytest.mark.engine


def reads_of(ask):
    making = Making("", "", Revisions(()))
    with connection.execute_wrapper(making.note):
        ask()
    return making.reads


def scopes_of(ask):
    return reads_of(ask).scopes(Revisions.read(with_drafts=False))


def test_scopes_are_those_of_the_tables(seeded):
    assert scopes_of(lambda: list(Duty.objects.all())) == {"duties"}
    assert scopes_of(lambda: list(Duty.objects.filter(department__placements__order=1))) == {
        "duties",
        "organisation",
    }
    assert scopes_of(lambda: list(Department.objects.all())) == set()


def test_scopes_of_totals_are_those_of_their_sources(seeded):
    revenue = Source.objects.get(scope="revenue", as_of="2022-08-29")
    staffing = Source.objects.get(scope="staffing", as_of="2022-08-29")
    assert scopes_of(lambda: list(ControlTotal.objects.of(revenue))) == {"revenue"}
    both = ControlTotal.objects.filter(source__in=[revenue, staffing])
    assert scopes_of(lambda: list(both)) == {"revenue", "staffing"}


@pytest.mark.parametrize(
    "ask",
    [
        lambda: list(ControlTotal.objects.filter(subject="/")),
        lambda: list(ControlTotal.objects.filter(source__scope="revenue")),
        lambda: list(SourceRevision.objects.all()),
    ],
)
def test_scopes_may_be_all(seeded, ask):
    assert scopes_of(ask) is None


def test_reads_are_known_of_tables_whose_changes_raise_a_revision(seeded):
    assert reads_of(lambda: list(Duty.objects.all())).are_known
    assert not reads_of(lambda: list(User.objects.all())).are_known
