"""Whose a project is: of the unit of its newest brief in force, and of those that may write the next."""

import pytest

from departments.models import Department
from projects.models import Brief, Contact, Funding, Project
from tests.factories import make_source, make_unit

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


@pytest.fixture
def bureau(seeded):
    return Department.objects.get(slug="digital-policy-bureau")


def owners(project):
    return set(Project.objects.filter(pk=project.pk).values_list(Project.owning_department(), flat=True))


def brief(project, unit, source, number=1):
    return Brief.objects.create(
        project=project, source=source, number=number, title="옥상 정원", lead_department=unit, purpose="목적"
    )


def test_owner_is_the_unit_of_the_newest_brief_in_force(bureau):
    project = Project.objects.create(slug="roofs", name="옥상 정원")
    first, second, third = (make_unit(slug) for slug in ("first", "second", "third"))
    brief(project, first, make_source(bureau, "projects", "2022-09-30"), 90)
    brief(project, second, make_source(bureau, "projects", "2022-10-31"), 90)
    brief(project, third, make_source(bureau, "projects", "2022-12-31", state="draft"), 90)
    assert owners(project) == {second.pk}


def test_owner_of_drafts_alone_is_that_of_the_newest_draft(bureau):
    project = Project.objects.create(slug="roofs", name="옥상 정원")
    unit, gone = make_unit("first"), make_unit("gone")
    brief(project, unit, make_source(bureau, "projects", "2022-09-30", state="draft"), 90)
    brief(project, gone, make_source(bureau, "projects", "2022-10-31", state="withdrawn"), 90)
    assert owners(project) == {unit.pk}


def test_available_to_a_unit_are_its_own_and_those_without_a_brief(bureau):
    project = Project.objects.create(slug="roofs", name="옥상 정원")
    unit = Department.objects.get(slug="ict-security")
    slugs = set(Project.objects.filter(Project.available_to([unit.pk])).values_list("slug", flat=True))
    assert slugs == {"public-wifi", "intelligent-cctv", "roofs"}
    assert project.slug in slugs
    owned = Project.objects.filter(Project.owned_by([unit.pk])).values_list("slug", flat=True)
    assert set(owned) == {"public-wifi", "intelligent-cctv"}


def test_list_of_briefs_takes_a_fixed_number_of_queries(seeded, django_assert_num_queries):
    briefs = Brief.objects.filter(source__state="in_force").for_list().with_milestones()
    with django_assert_num_queries(2):
        rows = list(briefs.with_budget_links())
        assert [row.number for row in rows] == list(range(1, 12))
        assert sum(len(row.milestones.all()) for row in rows) == 68
        assert rows[0].lead_department.name == "정보통신보안담당관"


def test_names_of_rows():
    row = Brief(number=3, title="옥상 정원", start="2022-01", end="2022-08")
    assert str(row) == "3. 옥상 정원"
    assert row.period.printed() == "’22. 1. ~ 8."
    assert str(Contact(role="팀장", names="김하나")) == "팀장 김하나"
    assert str(Funding(name="市", printed="183백만원")) == "市 183백만원"
