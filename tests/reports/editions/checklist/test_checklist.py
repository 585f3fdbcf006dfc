"""The checklist of an edition: signed once, together, and asked for again where it is another."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import integrity, stated_facts
from core.mentions import states as mention_states
from departments.models import Duty
from projects.models import Brief, Project
from reports import assembly
from reports.editions import publishing
from reports.editions.checklist.checklist import (
    LIST_CHANGED,
    NOT_REVIEWED,
    NOTHING_TO_SIGN,
    SIGNED_ANOTHER,
    STOPPED,
    UNSIGNED,
    sign,
)
from reports.editions.sources import EditionRefused
from reports.models import EditionEvent, PublishedReport
from tests.factories import make_member
from tests.reports.editions.conftest import in_state, quick
from tests.reports.views.test_editions import said, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_formats(monkeypatch):
    monkeypatch.setattr(publishing, "FORMATS", quick())


def checklist(edition):
    return publishing.prepare(edition).checklist


def signed(edition, user):
    shown = checklist(edition)
    sign(edition, shown, user=user, version_token=shown.version_token)


def publish(edition, user):
    token = publishing.prepare(edition).version_token
    return publishing.publish(edition, user=user, version_token=token)


def untitled(edition):
    edition.council_session = ""
    edition.save()
    return edition


def test_an_edition_without_anything_to_see_is_published_unsigned(clean, planner):
    publish(clean, planner)
    assert not clean.events.filter(kind=EditionEvent.Kind.SIGNED).exists()


def test_a_list_is_signed_before_publishing(clean, planner):
    with pytest.raises(EditionRefused, match=UNSIGNED):
        publish(untitled(clean), planner)
    signed(clean, planner)
    event = clean.events.get(kind=EditionEvent.Kind.SIGNED)
    assert event.by == planner
    assert event.note.splitlines()[:2] == ["적지 않은 의회 회기 1", "- 표지에 인쇄할 의회 회기가 없습니다"]
    assert event.note.splitlines()[2].startswith("점검표의 SHA-256 ")
    publish(clean, planner)


def test_a_list_that_changed_since_is_signed_again(clean, planner):
    signed(untitled(clean), planner)
    clean.title = "주택정책관 2022년 8월 업무보고"
    clean.save()
    with pytest.raises(EditionRefused, match=SIGNED_ANOTHER):
        publish(clean, planner)
    assert not PublishedReport.objects.exists()
    shown = checklist(clean)
    new = [item.words for result in shown.warnings for item in result.items if shown.is_new(item)]
    assert new == ["제목에는 ‘2022년 8월’, 기준일은 2022. 11. 1.입니다"]
    signed(clean, planner)
    publish(clean, planner)


def test_what_was_mended_since_is_signed_again(clean, planner):
    untitled(clean).title = "주택정책관 2022년 8월 업무보고"
    clean.save()
    signed(clean, planner)
    clean.title = "주택정책관 업무보고"
    clean.save()
    with pytest.raises(EditionRefused, match=SIGNED_ANOTHER):
        publish(clean, planner)


def test_another_list_than_the_one_shown_is_not_signed(clean, planner):
    with pytest.raises(EditionRefused, match=LIST_CHANGED):
        sign(clean, checklist(untitled(clean)), user=planner, version_token="x")


def test_nothing_is_signed_while_something_stops(clean, planner):
    Duty.objects.filter(source__as_of="2022-11-01", source__bureau=clean.bureau).update(text="새 업무")
    with pytest.raises(EditionRefused, match=STOPPED):
        signed(untitled(clean), planner)


def test_an_empty_list_is_not_signed(clean, planner):
    with pytest.raises(EditionRefused, match=NOTHING_TO_SIGN):
        signed(clean, planner)


def test_a_list_is_signed_in_review(clean, planner):
    with pytest.raises(EditionRefused, match=NOT_REVIEWED):
        signed(in_state(untitled(clean), "collecting"), planner)


def test_the_page_shows_signs_and_leads_on(planner_client, clean):
    url = f"/reports/{untitled(clean).pk}/"
    assert said(planner_client.post(f"{url}publish/", {"version_token": "x"}, follow=True)) == [
        publishing.CHANGED
    ]
    page = planner_client.get(f"{url}checklist/")
    content = text_of(page)
    assert "발행을 막는 것은 없습니다. 보고 서명할 것이 1건 있습니다." in content
    assert f'<a href="/reports/{clean.pk}/edit/">표지에 인쇄할 의회 회기가 없습니다</a>' in content
    assert "점검표에 서명하면 발행할 수 있습니다" in text_of(planner_client.get(f"{url}publish/"))
    token = {"version_token": page.context["checklist"].version_token}
    page = planner_client.post(f"{url}checklist/", token, follow=True)
    assert page.request["PATH_INFO"] == f"{url}publish/"
    assert said(page) == ["점검표에 서명했습니다. 목록이 바뀌지 않는 한 이대로 발행할 수 있습니다."]
    given = {"version_token": page.context["proposal"].version_token}
    page = planner_client.post(f"{url}publish/", given, follow=True)
    assert "서명한 점검표" in text_of(page)
    assert planner_client.get(f"{url}checklist/").status_code == 404


def test_the_page_shows_what_stops(planner_client, clean):
    Duty.objects.filter(source__as_of="2022-11-01", source__bureau=clean.bureau).update(text="새 업무")
    content = text_of(planner_client.get(f"/reports/{clean.pk}/checklist/"))
    assert "발행을 막는 것이 1가지 있습니다." in content
    assert "지금 내용대로 확인하지 않은 부분이 1개 있어 발행할 수 없습니다." in content


def test_who_may_not_publish_signs_nothing(client, clean):
    client.force_login(make_member("부서 담당", unit="housing", username="writer"))
    assert client.post(f"/reports/{clean.pk}/checklist/", {"version_token": "x"}).status_code == 403


def test_the_page_has_a_fixed_number_of_queries(planner_client, clean):
    def queries():
        integrity._remembered.kept.clear()
        integrity._remembered_of_scopes.kept.clear()
        stated_facts._remembered.kept.clear()
        mention_states._remembered.kept.clear()
        mention_states._read.kept.clear()
        assembly._remembered.kept.clear()
        with CaptureQueriesContext(connection) as asked:
            page = planner_client.get(f"/reports/{clean.pk}/checklist/")
        return len(asked), page.context["checklist"].warning_count

    queries()  # what a process asks once
    first = queries()
    brief = Brief.objects.get(source__as_of="2022-11-01", source__bureau=clean.bureau)
    brief.overview, brief.mentions = "", []
    for number, title in ((2, "빈집 정비"), (3, "역세권 주택"), (4, "노후 주택 개량")):
        project = Project.objects.create(slug=f"more-{number}", name=title)
        brief.pk, brief.number, brief.title, brief.project = None, number, title, project
        brief.save()
    assert queries() == (first[0], 3)  # nobody to ask of any of them


def test_a_correction_prints_its_note(clean):
    clean.correction = "인력의 현원을 38명에서 40명으로 바로잡음"
    clean.save()
    assert publishing.prepare(clean).report.cover_notes == ("정정: 인력의 현원을 38명에서 40명으로 바로잡음",)
