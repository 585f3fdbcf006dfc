"""Functions of a snapshot say what they read, and whoever needs several has all of it by one query."""

from datetime import date

import pytest
from django.db import connection

from core.data_version import Revisions
from core.models import Source
from core.remembered import parts
from core.remembered.ahead import RowsOfSources, read_ahead, reading, rows_of_snapshot
from core.remembered.page_cache import PageCache
from core.remembered.parts import Making
from core.remembered.printed_totals import totals_printed
from core.remembered.together import SharedQuery
from core.snapshot import Snapshot, cached_on_snapshot, remembered_on_snapshot
from departments.models import Duty, Staffing
from tests.factories import NOBODY

pytestmark = pytest.mark.engine


@rows_of_snapshot
def duties(snapshot):
    return Duty.objects.of(snapshot.source(Source.Scope.DUTIES)).order_by("pk")


@rows_of_snapshot
def staff(snapshot):
    return Staffing.objects.of(snapshot.source(Source.Scope.STAFFING)).order_by("pk")


@remembered_on_snapshot
@reading(duties)
def duty_count(snapshot):
    return len(duties(snapshot))


@remembered_on_snapshot
@rows_of_snapshot
def kept_staff(snapshot):
    return Staffing.objects.of(snapshot.source(Source.Scope.STAFFING)).order_by("-pk")


@cached_on_snapshot
@reading(duty_count, staff)
def numbers(snapshot):
    return duty_count(snapshot), len(staff(snapshot))


def nothing_said(snapshot):
    return 3


@pytest.fixture(autouse=True)
def memory(monkeypatch):
    monkeypatch.setattr(parts, "_remembered", PageCache(1 << 22))


@pytest.fixture
def snapshot(seeded):
    return Snapshot.from_query(NOBODY, {})


@pytest.fixture
def asked():
    found = []

    def note(run, sql, *rest):
        found.append(sql)
        return run(sql, *rest)

    with connection.execute_wrapper(note):
        yield found


def page(work):
    """What `work` gives within a page that is then kept, and the page."""
    making = Making("/", "2022-08-29", Revisions.read(with_drafts=False))
    with connection.execute_wrapper(making.note), making.begun():
        found = work()
    making.keep(Revisions.read(with_drafts=False), without="nonce")
    return found, making


def test_rows_are_read_once_for_a_snapshot(snapshot, asked):
    assert [duty.pk for duty in duties(snapshot)] == sorted(duty.pk for duty in duties(snapshot))
    assert len(asked) == 1
    assert len(duties(snapshot.anew())) == len(duties(snapshot)) > 10


def test_a_function_reads_what_it_says_by_one_query(snapshot, asked):
    found = numbers(snapshot)
    assert len(asked) == 1
    assert found == (len(duties(snapshot)), len(staff(snapshot)))
    assert len(asked) == 1


def test_snapshots_and_functions_are_read_ahead_by_one_query(snapshot, asked):
    other = snapshot.anew()
    read_ahead([snapshot, other], numbers, duties, kept_staff, nothing_said)
    assert len(asked) == 1
    assert numbers(snapshot) == numbers(other)
    assert [row.pk for row in kept_staff(snapshot)] == [row.pk for row in staff(snapshot)][::-1]
    read_ahead([snapshot, other], numbers, duties)
    assert len(asked) == 1


def test_what_is_remembered_is_not_read_ahead(snapshot, asked):
    found, _ = page(lambda: numbers(snapshot))
    Staffing.objects.update(authorized=3)
    asked.clear()

    def again():
        asked.clear()
        other = snapshot.anew()
        read_ahead([other], numbers)
        return numbers(other), [*asked]

    (value, queries), making = page(again)
    assert value == found
    assert len(queries) == 1 and "departments_duty" not in queries[0]
    assert making.reads.tables == {"departments_duty", "departments_staffing"}


def test_a_page_rests_on_what_it_takes_alone(snapshot):
    def work():
        read_ahead([snapshot], duties, staff)
        return parts.block("a", lambda: str(duty_count(snapshot)))

    _, making = page(work)
    assert making.reads.tables == {"departments_duty"}
    ((_, reads, *_), *others) = making._made
    assert len(others) == 1 and reads.tables == {"departments_duty"}


def test_functions_that_one_factory_makes_are_remembered_apart(snapshot):
    (first, second), _ = page(lambda: (kept_staff(snapshot), duty_count(snapshot)))
    other = snapshot.anew()
    (again, number), _ = page(lambda: (kept_staff(other), duty_count(other)))
    assert [type(row) for row in again[:1]] == [Staffing]
    assert (len(again), number) == (len(first), second)


def test_rows_by_source_are_read_ahead_with_others(snapshot, asked):
    read_ahead([snapshot], totals_printed, duties)
    assert len(asked) == 1
    source = snapshot.source(Source.Scope.STAFFING)
    assert {total.source_id for total in totals_printed(snapshot, [source])} == {source.pk}
    assert totals_printed(snapshot, []) == []
    duties(snapshot)
    assert len(asked) == 1


def test_rows_by_source_are_read_once_for_a_page(snapshot, asked):
    source = snapshot.source(Source.Scope.STAFFING)

    def work():
        totals_printed(snapshot, [source])
        asked.clear()
        other = snapshot.anew()
        read_ahead([other], totals_printed, duties, staff)
        return totals_printed(other, [source])

    found, making = page(work)
    assert len(found) > 5 and making.reads.sources >= {source.pk}
    assert [sql for sql in asked if "core_controltotal" in sql] == []


def test_rows_by_source_are_read_once_where_revisions_tell_of_scopes_alone(snapshot, asked):
    """As of who sees drafts in a city."""
    rows = tuple(("source", 0, "1", scope) for scope in Source.Scope.values)
    making = Making("/", "2022-08-29", Revisions(rows, of_drafts=True, of_each_source=False))
    source, other = (snapshot.source(scope) for scope in (Source.Scope.STAFFING, Source.Scope.REVENUE))
    asked.clear()
    with connection.execute_wrapper(making.note), making.begun():
        read_ahead([snapshot], totals_printed, duties)
        found = [len(totals_printed(snapshot, [each])) for each in (source, other, source)]
    assert len(asked) == 1
    assert found[0] == found[2] > 5 and found[1] > 5
    assert (making.reads.tables, making.reads.sources) == ({"core_controltotal"}, {source.pk, other.pk})


def test_rows_that_another_thread_has_kept_meanwhile_are_read(snapshot, monkeypatch):
    monkeypatch.setattr(Making, "unknown", lambda *args: [])
    source = snapshot.source(Source.Scope.STAFFING)
    found, _ = page(lambda: totals_printed(snapshot, [source]))
    assert len(found) > 5


def test_rows_of_other_sources_than_usual_are_asked_for(snapshot, asked):
    rows = RowsOfSources(
        "duties",
        Duty,
        lambda snapshot: [snapshot.source(Source.Scope.DUTIES)],
        lambda keys: SharedQuery(Duty.objects.filter(source__in=keys).order_by("pk")),
        lambda keys, found: {key: [duty for duty in found if duty.source_id == key] for key in keys},
        are_all=True,
    )
    read_ahead([snapshot], rows, staff)
    source, other = (snapshot.source(scope) for scope in (Source.Scope.DUTIES, Source.Scope.VISION))
    assert rows(snapshot, [other]) == {other.pk: []}
    assert len(rows(snapshot, [source])[source.pk]) == len(duties(snapshot))
    assert len(asked) == 3  # the one ahead, of the other source, and by `duties`


def test_what_several_snapshots_have_is_read_once_for_all(snapshot, asked):
    early, late = snapshot.over(Source.Scope.STAFFING, [date(2020, 1, 31), date(2022, 8, 29)])
    read_ahead([early, late], totals_printed, staff)
    assert len(asked) == 1
    assert asked[0].count('FROM "core_controltotal"') == 1
    assert [len(staff(each)) for each in (early, late)] == [6, 8]
    for each in (early, late):
        source = each.source(Source.Scope.STAFFING)
        assert {total.source_id for total in totals_printed(each, [source])} == {source.pk}
    assert len(asked) == 1
