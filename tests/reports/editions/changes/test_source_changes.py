"""What a draft brings beside what is in force, counted by row."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.editions.changes.source_changes import changes_of
from tests.factories import make_bureau, make_member, make_source, make_staffing, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau():
    return make_bureau()


@pytest.fixture
def before(bureau):
    """In force: 10 posts each, 가 with two counts."""
    source = make_source(bureau, "staffing", "2022-08-29")
    for slug, counts in (("a", (7, 2)), ("b", ()), ("c", ())):
        make_staffing(source, make_unit(slug), 10, *counts)
    return source


def numbers(changes):
    return changes.rows, changes.added, changes.changed, changes.gone


def test_rows_are_counted_by_what_they_are_about(bureau, before):
    draft = make_source(bureau, "staffing", "2022-11-01", state="draft")
    a, b = (row.department for row in before.staffing_set.order_by("department__slug")[:2])
    make_staffing(draft, a, 10, 7, 3)  # one of two counts is otherwise
    make_staffing(draft, b, 11)
    make_staffing(draft, make_unit("d"), 5)  # c is gone
    (changes,) = changes_of([draft])
    assert numbers(changes) == (5, 1, 2, 1)
    assert changes.words == "새로 생김 1 · 바뀜 2 · 없어짐 1"
    assert (changes.name, changes.brought_by) == ("인력 (2022. 11. 1.)", "명령")


def test_the_same_again_changes_nothing(bureau, before):
    draft = make_source(bureau, "staffing", "2022-11-01", state="draft", brought_by=make_member())
    for row in before.staffing_set.all():
        make_staffing(draft, row.department, 10, *((7, 2) if row.department.slug == "a" else ()))
    (changes,) = changes_of([draft])
    assert (numbers(changes), changes.words) == ((5, 0, 0, 0), "바뀌는 것 없음")
    assert changes.brought_by == "member"


def test_what_is_in_force_only_later_or_of_another_scope_is_not_compared(bureau):
    make_staffing(make_source(bureau, "staffing", "2022-12-01"), make_unit("a"), 10)
    make_source(bureau, "duties", "2022-08-29")
    draft = make_source(bureau, "staffing", "2022-11-01", state="draft")
    make_staffing(draft, make_unit("b"), 5)
    (changes,) = changes_of([draft])
    assert (numbers(changes), changes.words) == ((1, 1, 0, 0), "처음 들어오는 자료")


def test_many_drafts_ask_no_more_than_one(bureau, before, django_assert_num_queries):
    """Two models have rows of staffing; the others are asked all the same."""
    drafts = [make_source(bureau, scope, "2022-11-01", state="draft") for scope in ("staffing", "duties")]
    with CaptureQueriesContext(connection) as asked:
        changes_of(drafts[:1])
    with django_assert_num_queries(len(asked)):
        both = changes_of(drafts)
    assert [(numbers(changes), changes.words) for changes in both] == [
        ((0, 0, 0, 5), "없어짐 5"),
        ((0, 0, 0, 0), "처음 들어오는 자료"),
    ]
