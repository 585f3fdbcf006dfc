"""What was edited since the last publication."""

from datetime import date

import pytest

from core.models import Source
from departments.models import Department, Staffing
from reports.editions.changes.edited_since import edited_since_publication
from reports.models import Edition, PublishedReport
from tests.core.access.test_bureaus import housing  # noqa: F401 (fixture)
from tests.factories import make_edition, make_source, snapshot_of
from tests.reports.editions.conftest import (  # noqa: F401 (fixtures)
    bureau,
    collecting,
    edition,
    member,
    opened,
    opened_and_settled,
    planner,
    planner_client,
)
from tests.reports.editions.test_collection import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def handed_out(seeded):
    """An edition of August was published."""
    august = make_edition("2022-08-29", "review", title="8월 업무보고", deadline=date(2022, 8, 20))
    report = PublishedReport.objects.create(edition=august, report="{}", sha256="x")
    august.state = "published"
    august.save()
    return report


def edit_in_force(user):
    with acting(lambda: user):
        row = Staffing.objects.get(department__slug="data-center", source__as_of="2022-08-29")
        row.authorized = 77
        row.save()


def test_what_is_edited_in_a_draft_or_before_is_none(handed_out, member, edition, bureau):  # noqa: F811
    with acting(lambda: member):
        row = Staffing.objects.get(department__slug="data-center", source__as_of="2022-11-01")
        row.authorized = 77
        row.save()
    found = edited_since_publication(bureau, snapshot_of(bureau))
    assert found.count == 0
    assert not found


def test_what_was_typed_into_a_draft_is_none_once_it_is_in_force(handed_out, member, bureau):  # noqa: F811
    draft = make_source(bureau, "staffing", "2022-09-30", state="draft")
    with acting(lambda: member):
        row = Staffing.objects.create(
            source=draft, department=Department.objects.get(slug="data-center"), authorized=70
        )
        draft.state = "in_force"
        draft.save()
    assert edited_since_publication(bureau, snapshot_of(bureau)).count == 0
    with acting(lambda: member):
        row.authorized = 71
        row.save()
    assert edited_since_publication(bureau, snapshot_of(bureau)).count == 1


def test_before_the_first_publication_nothing_is_after_it(seeded, member, bureau):  # noqa: F811
    edit_in_force(member)
    assert not Edition.objects.published().exists()
    assert edited_since_publication(bureau, snapshot_of(bureau)) is None


def test_another_bureaus_edits_are_its_own(handed_out, housing, member, bureau):  # noqa: F811
    with acting(lambda: member):
        row = Staffing.objects.get(source__bureau=housing)
        row.authorized = 99
        row.save()
    assert edited_since_publication(bureau, snapshot_of(bureau)).count == 0
    assert edited_since_publication(Department.objects.get(pk=housing.pk), snapshot_of(housing)) is None
    assert Source.objects.filter(bureau=housing).exists()
