"""A source copied to a new base date: a draft with the same facts, parts of facts included, and history of its own."""

from datetime import date

import pytest

from core.copying import copy_source, counts_of
from core.models import Source
from departments.models import Staffing, User
from projects.models import Brief, Milestone
from tests.audit import records_of

NEW = date(2022, 11, 1)


@pytest.fixture
def planner(seeded):
    return User.objects.create(username="planner")


@pytest.mark.parametrize("scope", Source.Scope)
def test_a_source_of_any_scope_is_copied_whole(planner, scope):
    source = Source.objects.filter(scope=scope).order_by("-as_of").first()
    copy = copy_source(source, NEW, planner)
    assert counts_of(copy) == counts_of(source)
    assert (copy.state, copy.as_of, copy.scope, copy.bureau) == (
        Source.State.DRAFT,
        NEW,
        source.scope,
        source.bureau,
    )
    assert (copy.fiscal_year, copy.budget_kind, copy.unit, copy.notes) == (
        source.fiscal_year,
        source.budget_kind,
        source.unit,
        source.notes,
    )
    assert (copy.document, copy.brought_by) == ("", planner)
    assert copy.received_at > source.received_at


def test_the_original_stays_as_it_is(planner):
    source = Source.objects.get(scope="staffing", as_of="2022-08-29")
    copy_source(source, NEW, planner)
    source.refresh_from_db()
    assert (source.slug, source.state, source.as_of) == (
        "digital-policy/2022-08-29/staffing",
        "in_force",
        date(2022, 8, 29),
    )
    assert Staffing.objects.of(source).count() == 8


def test_figures_are_the_same(planner):
    source = Source.objects.get(scope="staffing", as_of="2022-08-29")
    copy = copy_source(source, NEW, planner)
    values = ("department__slug", "order", "authorized", "counts__series__name", "counts__count")
    figures = [
        list(Staffing.objects.of(one).order_by(*values).values_list(*values)) for one in (copy, source)
    ]
    assert figures[0] == figures[1]
    assert len(figures[0]) == 24


def test_parts_of_facts_hang_on_their_copies(planner):
    source = Source.objects.get(scope="projects")
    copy = copy_source(source, NEW, planner)
    brief = Brief.objects.get(source=copy, number=1)
    old = Brief.objects.get(source=source, number=1)
    assert brief.overview == old.overview
    keys = list(old.milestones.order_by("order").values_list("key", flat=True))
    assert list(brief.milestones.order_by("order").values_list("key", flat=True)) == keys
    assert (
        Milestone.objects.filter(brief__source=copy).count()
        == Milestone.objects.filter(brief__source=source).count()
        == 68
    )
    assert brief.contacts.count() == old.contacts.count() > 0


def test_the_copy_has_history_that_says_where_it_is_from(planner):
    copy = copy_source(Source.objects.get(scope="projects"), NEW, planner)
    brief = Brief.objects.filter(source=copy).first()
    for one in (copy, brief, brief.milestones.first()):
        row = records_of(one).get()
        assert (row.kind, row.reason) == (
            "created",
            "‘주요 사업 (2022. 8. 29.)’ 자료에서 복사",
        )


def test_slugs_carry_the_new_date_and_never_collide(planner):
    source = Source.objects.get(scope="glossary")
    slugs = [copy_source(source, NEW, planner).slug for _ in range(3)]
    assert slugs == [f"digital-policy/2022-11-01/glossary{end}" for end in ("", "-2", "-3")]
    source.slug = "received"
    source.save()
    assert copy_source(source, NEW, planner).slug == "received/2022-11-01"


def test_it_takes_a_bounded_number_of_queries(planner, django_assert_max_num_queries):
    source = Source.objects.get(scope="projects")
    with django_assert_max_num_queries(81):
        copy_source(source, NEW, planner)
