"""Signals of writes: what goes with what is deleted, and links from either side."""

import pytest
from django.db import IntegrityError, transaction

from budgets.models import BudgetLine
from core.audit.recording import change_reason
from core.models import (
    Source,
)
from departments.models import (
    Department,
    Duty,
    User,
)
from projects.models import Milestone, Project, Vision
from tests.audit import newest, records_of

pytestmark = pytest.mark.engine


def of_key(model, key):
    return records_of(model).filter(object_id=key)


def links(subject, name):
    return [record.state[name] for record in records_of(subject)]


def test_record_cascade_has_the_reason_and_the_source(signed_in):
    source = Source.objects.get(scope="vision")
    key = source.pk
    with change_reason("잘못 들어온 자료"):
        source.delete()
    expected = ("deleted", signed_in, "잘못 들어온 자료")
    assert newest(Source, object_id=key) == newest(Vision) == expected
    for name, count in (("values", 6), ("strategies", 4)):
        gone = records_of(Vision._meta.get_field(name).related_model).filter(kind="deleted", source=key)
        assert gone.filter(reason="잘못 들어온 자료").count() == count


def test_record_cascade_takes_few_queries(seeded, django_assert_max_num_queries):
    """Of a source with 55 duties: by model, not by row."""
    source = Source.objects.get(scope="duties")
    with django_assert_max_num_queries(80):
        source.delete()
    assert records_of(Duty).filter(kind="deleted").count() == 55


def test_record_delete_that_fails_leaves_none_and_can_be_done_again(seeded, unit):
    user = User.objects.create(username="lee", department=unit)
    with pytest.raises(IntegrityError):
        unit.delete()
    assert newest(unit)[0] == "created"
    user.delete()
    duty = Duty.objects.first()
    key = duty.pk
    for _ in range(2):
        with transaction.atomic():
            duty.delete()
            transaction.set_rollback(True)
        duty.pk = key
        assert newest(duty)[0] == "created"
    duty.delete()
    assert newest(Duty, object_id=key)[0] == "deleted"


def test_record_deleted_queryset(seeded):
    brief = Project.objects.get(slug="public-wifi").briefs.get()
    count = brief.milestones.count()
    Milestone.objects.filter(brief__number=1).delete()
    gone = records_of(Milestone).filter(kind="deleted")
    assert gone.count() == count > 0
    assert {one.before["brief_id"] for one in gone} == {brief.pk}


def test_record_links_from_both_sides(signed_in):
    project, line = Project.objects.get(slug="public-wifi"), BudgetLine.objects.first()
    project.budget_lines.add(line)
    line.projects.remove(project)
    line.projects.add(project)
    line.projects.clear()
    project.budget_lines.set([line])
    assert links(project, "budget_lines") == [[line.pk], [], [line.pk], [], [line.pk], []]
    assert newest(project)[:2] == ("changed", signed_in)
    assert records_of(line).count() == 1  # the line itself has not changed


def test_record_adding_what_is_linked_already_leaves_none(seeded):
    project, line = Project.objects.first(), BudgetLine.objects.first()
    project.budget_lines.add(line)
    before = records_of(project).count()
    project.budget_lines.add(line)
    line.projects.add(project)
    assert records_of(project).count() == before


def test_record_deleted_target_changes_what_was_linked_to_it(seeded):
    project = Project.objects.first()
    line = BudgetLine.objects.create(fiscal_year=2021, department=Department.objects.first())
    project.budget_lines.add(line)
    key = line.pk
    line.delete()
    assert links(project, "budget_lines") == [[], [key], []]


def test_record_deleted_owner_keeps_its_links(seeded):
    project, line = Project.objects.create(slug="planned", name="새 사업"), BudgetLine.objects.first()
    project.budget_lines.add(line)
    key = project.pk
    project.delete()
    assert [(one.kind, one.state["budget_lines"]) for one in of_key(Project, key)] == [
        ("deleted", [line.pk]),
        ("changed", [line.pk]),
        ("created", []),
    ]
