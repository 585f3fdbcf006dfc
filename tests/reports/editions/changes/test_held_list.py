"""The list of all that a part says otherwise than the last report, and its confirmation by handing the part in."""

import pytest

from departments.models import StaffingCount
from projects.models import Brief, Contact, Measurement, Milestone
from reports.editions import workflow
from reports.editions.changes import held_list
from reports.editions.changes.held_list import held_lists
from reports.editions.collection import collection_of
from reports.editions.snapshot import own_sources, snapshot_of
from reports.editions.sources import EditionRefused
from reports.models import EditionEvent
from tests.slips import change

from ..conftest import CENTER

pytestmark = pytest.mark.django_db


def cell_at(edition, unit, part, project=None):
    cells = collection_of(edition).cells
    return next(
        cell
        for cell in cells
        if (cell.place.department.slug, cell.place.part) == (unit, part)
        and (project is None or cell.place.project and cell.place.project.slug == project)
    )


def held(edition, unit, part, project=None):
    place = cell_at(edition, unit, part, project).place
    return held_lists(edition, snapshot_of(edition), [place])[place.key]


def rows(found):
    return [(row.subject, row.word, [(f.label, f.old, f.new) for f in row.fields]) for row in found.rows]


def wifi(edition):
    return Brief.objects.get(
        source__in=own_sources(edition, snapshot_of(edition)), project__slug="public-wifi"
    )


def test_edition_in_which_nothing_was_edited_lists_nothing(edition):
    collection = collection_of(edition)
    places = [cell.place for cell in collection.cells]
    lists = held_lists(edition, collection.snapshot, places)
    listed = {place.part for place in places if lists[place.key].rows}
    assert listed <= {"expenditure"}  # what was executed is not known yet
    fields = {field.label for found in lists.values() for row in found.rows for field in row.fields}
    assert fields <= {"원인행위액", "지출액"}


@pytest.mark.parametrize(
    ("old", "new", "fields"),
    [
        ({"count": None}, {"count": 0}, [("현원", "", "0")]),
        ({"count": 0}, {"count": None}, [("현원", "0", "")]),
        ({}, {"count": 0}, []),
    ],
)
def test_nothing_and_zero_are_two_values_of_a_row_that_stays(old, new, fields):
    compared = [StaffingCount._meta.get_field("count")]
    changes = held_list._changes(compared, old, new)
    assert [(change.label, change.old, change.new) for change in changes] == fields


def test_figure_stands_beside_the_last_reports(edition):
    sources = own_sources(edition, snapshot_of(edition))
    counts = StaffingCount.objects.filter(staffing__source__in=sources, staffing__department__slug=CENTER)
    change(counts.filter(series__name="일반직"), count=57)
    found = held(edition, CENTER, "staffing")
    assert rows(found) == [("직종별 현원 일반직", "", [("현원", "51", "57")])]
    assert (found.count, str(found.since)) == (1, "2022-08-29")
    assert rows(held(edition, "big-data", "staffing")) == []


def test_phone_period_person_and_text_of_a_project_are_listed(edition):
    brief = wifi(edition)
    contact = brief.contacts.order_by("order").first()
    change(Contact.objects.filter(pk=contact.pk), phone="2133-9753")
    milestone = brief.milestones.filter(listing="schedule").first()
    change(Milestone.objects.filter(pk=milestone.pk), end="2023-05")
    change(Brief.objects.filter(pk=brief.pk), purpose="새 목적")
    found = held(edition, "ict-security", "projects", "public-wifi")
    labels = [label for _, _, fields in rows(found) for label, _, _ in fields]
    assert labels == ["목적", "전화", "끝"]
    assert found.rows[1].fields[0].new == "2133-9753"
    assert found.untouched == ["추진실적"]


def test_row_that_is_new_and_one_that_is_gone(edition):
    brief = wifi(edition)
    gone = brief.milestones.filter(listing="achievement").first()
    gone.delete()
    Milestone.objects.create(brief=brief, order=99, listing="achievement", title="새로 한 일", key="new")
    found = held(edition, "ict-security", "projects", "public-wifi")
    words = {row.subject: row.word for row in found.rows}
    assert words["실적·일정 새로 한 일"] == "새로 생김"
    assert words[f"실적·일정 {gone.title}"] == "없어짐"
    assert found.untouched == ["향후일정"]


def test_untouched_achievements_and_schedule_are_told_of_projects_alone(edition):
    assert held(edition, "ict-security", "projects", "public-wifi").untouched == ["추진실적", "향후일정"]
    assert held(edition, CENTER, "staffing").untouched == []


def test_indicator_without_a_project_is_in_the_bureaus_glossary(edition):
    sources = own_sources(edition, snapshot_of(edition))
    row = Measurement.objects.filter(source__in=sources, indicator__project=None).first()
    change(Measurement.objects.filter(pk=row.pk), printed="11배")
    found = held(edition, "digital-policy-bureau", "glossary")
    assert [fields for _, _, fields in rows(found)] == [[("원문 표기", row.printed, "11배")]]


def test_handing_in_confirms_the_list(collecting, member):
    sources = own_sources(collecting, snapshot_of(collecting))
    counts = StaffingCount.objects.filter(staffing__source__in=sources, staffing__department__slug=CENTER)
    change(counts.filter(series__name="일반직"), count=57)
    workflow.submit(collecting, cell_at(collecting, CENTER, "staffing"), user=member)
    event = EditionEvent.objects.get(kind=EditionEvent.Kind.SUBMISSION)
    confirmed = held(collecting, CENTER, "staffing")
    assert (event.held_count, event.held_digest) == (1, confirmed.digest)
    change(counts.filter(series__name="일반직"), count=58)
    assert cell_at(collecting, CENTER, "staffing").changed_since == "제출 뒤 고침"
    assert held(collecting, CENTER, "staffing").digest != confirmed.digest


def test_list_that_changed_since_it_was_shown_is_not_confirmed(collecting, member):
    cell = cell_at(collecting, CENTER, "staffing")
    shown = cell.version_token
    sources = own_sources(collecting, snapshot_of(collecting))
    counts = StaffingCount.objects.filter(staffing__source__in=sources, staffing__department__slug=CENTER)
    change(counts.filter(series__name="일반직"), count=57)
    now = cell_at(collecting, CENTER, "staffing")
    with pytest.raises(EditionRefused, match="내용이 바뀌었습니다"):
        workflow.submit(collecting, now, user=member, version_token=shown)


def test_page_shows_the_list_and_what_handing_in_confirms(client, collecting, member):
    client.force_login(member)
    sources = own_sources(collecting, snapshot_of(collecting))
    counts = StaffingCount.objects.filter(staffing__source__in=sources, staffing__department__slug=CENTER)
    change(counts.filter(series__name="일반직"), count=57)
    url = f"/reports/{collecting.pk}/parts/{CENTER}/staffing/"
    content = client.get(url).content.decode()
    assert "2022. 8. 29. 보고와 다른 값이 1가지입니다." in content
    assert "제출하면 지난 보고와 다른 값 1가지를 확인한 것이 됩니다." in content
    token = cell_at(collecting, CENTER, "staffing").version_token
    page = client.post(url, {"action": "submit", "version_token": token}, follow=True)
    assert "지난 보고와 다른 값 1가지를 확인함" in page.content.decode()
