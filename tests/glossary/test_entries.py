"""The terms in force for a snapshot."""

import pytest

from departments.models import Department
from glossary.entries import definitions, entry_of, linked_entries
from tests.factories import make_bureau, snapshot_of


@pytest.fixture
def snapshot(seeded):
    return snapshot_of(Department.objects.get(slug="digital-policy-bureau"))


def test_definitions_come_in_the_order_of_the_report_by_one_query(snapshot, django_assert_num_queries):
    snapshot.source("glossary")
    with django_assert_num_queries(1):
        told = definitions(snapshot)
        assert definitions(snapshot) == told
    orders = [one.order for one in told]
    assert len(told) == 21
    assert orders == sorted(orders)


def test_definitions_of_a_bureau_without_a_glossary(seeded):
    assert definitions(snapshot_of(make_bureau())) == []


def test_entry_of_a_definition(snapshot):
    told = definitions(snapshot)[0]
    entry = entry_of(told, snapshot)
    assert (entry.slug, entry.name, entry.heading) == (told.term.slug, told.term.name, told.heading)
    assert entry.url == f"/glossary/?bureau=digital-policy-bureau#term-{told.term.slug}"
    assert entry.text and not entry.text.startswith("▪")


def test_linked_entries_are_those_that_are_shown(snapshot):
    told = definitions(snapshot)
    shown = [entry_of(one, snapshot) for one in told[:3]]
    assert [one.slug for one in linked_entries(told, shown, snapshot)] == [one.slug for one in shown]
