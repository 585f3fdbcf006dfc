"""The versions that a page was opened with, and what was changed, added or deleted since."""

import pytest
from django.core.exceptions import SuspiciousOperation

from core.edit_conflicts.versions import FormVersions, cascade_counts
from core.models import Source
from departments.models import Staffing
from projects.models import Brief, Milestone
from tests.audit import records_of

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


@pytest.fixture
def staffing(seeded):
    return Staffing.objects.get(department__slug="data-center", source__as_of="2022-08-29")


def versions_of(*rows):
    versions = FormVersions()
    versions.add(type(rows[0]), [row.pk for row in rows])
    return versions


def test_signed_versions_are_read_back(staffing):
    versions = versions_of(staffing)
    versions.add_owner(Milestone, "brief", 1)
    assert FormVersions.read(versions.signed()) == versions


def test_no_text_is_no_version():
    assert FormVersions.read("") == FormVersions.read(None) == FormVersions()


def test_versions_that_somebody_made_up_are_refused(staffing):
    with pytest.raises(SuspiciousOperation):
        FormVersions.read(versions_of(staffing).signed() + "x")


def test_changed_since_knows_both_versions(staffing):
    versions, before = versions_of(staffing), records_of(staffing).first().pk
    assert versions.changed_since() == {}
    staffing.save()
    assert versions.changed_since() == {(Staffing, staffing.pk): (before, records_of(staffing).first().pk)}
    assert versions.refreshed().changed_since() == {}


def test_changed_since_sees_a_deletion(staffing):
    versions, key = versions_of(staffing), staffing.pk
    staffing.delete()
    assert [found for _, found in versions.changed_since()] == [key]


def test_added_since_are_the_rows_of_others_that_are_still_there(seeded):
    brief = Brief.objects.get(project__slug="public-wifi", source__state="in_force")
    versions = FormVersions()
    versions.add_owner(Milestone, "brief", brief.pk)
    first, gone = (
        Milestone.objects.create(brief=brief, key=key, listing="schedule", title=key, order=90 + number)
        for number, key in enumerate(("added", "gone"))
    )
    gone.delete()
    assert [record.object_id for record in versions.added_since()] == [first.pk]


def test_cascade_counts_rows_and_their_changes(seeded):
    source = Source.objects.get(scope="staffing", as_of="2022-08-29")
    counts = cascade_counts(Source, [source.pk])
    assert {name: found[:2] for name, found in counts.items()} == {
        "core.controltotal.source": [22, 22],
        "departments.staffing.source": [8, 8],
        "departments.staffingcount.staffing__source": [24, 24],
    }
    source.staffing_set.first().save()
    assert cascade_counts(Source, [source.pk])["departments.staffing.source"][:2] == [8, 9]
