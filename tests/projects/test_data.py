"""Rows of the project pages for one snapshot, in few queries."""

import pytest

from departments.models import Department
from projects import data
from tests.factories import snapshot_of


@pytest.fixture
def snapshot(seeded):
    return snapshot_of(Department.objects.get(slug="digital-policy-bureau"))


def test_briefs_stand_in_their_order(snapshot):
    assert [brief.number for brief in data.briefs_of(snapshot)] == list(range(1, 12))


def test_lead_departments_by_project(snapshot):
    wifi = next(brief for brief in data.briefs_of(snapshot) if brief.project.slug == "public-wifi")
    assert data.lead_departments(snapshot)[wifi.project_id] == "ict-security"


def test_lines_below_are_steps_then_people(snapshot, django_assert_num_queries):
    brief = data.briefs_of(snapshot)[0]
    with django_assert_num_queries(1):
        lines = data.lines_below(snapshot)[brief.pk]
    kinds = [kind for kind, *_ in lines]
    assert kinds == sorted(kinds)
    assert {data.MILESTONE, data.PERSON} == set(kinds)


def test_vision_words_pair_the_statement_with_each_value(snapshot):
    words = data.vision_words(snapshot)
    assert (len(words), len({statement for statement, _ in words})) == (6, 1)


def test_strategy_number_is_the_visions(snapshot):
    brief = data.briefs_of(snapshot)[0]
    assert data.strategy_number(snapshot, brief) == 1
