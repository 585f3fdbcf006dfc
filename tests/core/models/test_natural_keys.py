"""Natural keys: how fixtures and files name things."""

import pytest

from core.models import Source
from departments.models import Department, Duty, JobSeries, Staffing
from projects.models import Brief, Milestone, Project

pytestmark = pytest.mark.engine


def test_natural_key_finds_its_object_again(seeded):
    staffing = Staffing.objects.first()
    assert Staffing.objects.get_by_natural_key(*staffing.natural_key()) == staffing


def test_natural_key_of_another_length_is_refused(seeded):
    with pytest.raises(ValueError, match="zip"):
        Department.objects.get_by_natural_key("data-center", "x")


def test_source_path_of_a_model():
    assert (Duty.source_path(), Milestone.source_path(), Project.source_path()) == (
        "source",
        "brief__source",
        "",
    )


def test_owned_by_units_reaches_what_hangs_on_what_is_theirs(seeded):
    unit = Department.objects.get(slug="ict-security")
    owned = Milestone.objects.filter(Milestone.owned_by({unit.pk}))
    assert {one.brief.lead_department for one in owned} == {unit}
    assert not Department.objects.filter(Department.owned_by(set())).exists()


def test_published_is_what_is_in_force_or_unsaid(seeded):
    unsaid = Project.objects.create(slug="unsaid", name="아무도 말하지 않음")
    known = Project.objects.get(slug="public-wifi")
    assert {unsaid, known} <= set(Project.objects.filter(Project.published()))
    Source.objects.filter(brief__project=known).update(state="draft")
    found = set(Project.objects.filter(Project.published()))
    assert unsaid in found and known not in found
    assert not Brief.objects.filter(Brief.published(), project=known).exists()


def test_published_of_what_no_source_speaks_of_stays_all_beside_what_is_owned(seeded):
    """`Q() | other` is `other`: divisions could enter no heads of any job series."""
    known = JobSeries.objects.filter(JobSeries.published() | JobSeries.owned_by(set()))
    assert [series.name for series in known] == ["일반직", "임기제", "관리운영직"]


def test_label_of_a_choice_is_that_of_the_choice_alone(seeded):
    step = Milestone.objects.filter(recorded="in_progress").first()
    assert step.get_recorded_display() == "기간 중"
    step.recorded = "unknown"
    assert step.get_recorded_display() == "unknown"
    step.recorded = None
    assert step.get_recorded_display() is None
