"""What everybody reads of a published edition, which is published once for these tests."""

import hashlib
import json
import logging
import re
from datetime import date
from urllib.parse import unquote

import pytest
from django.urls import reverse

from departments.models import Department, Duty, User
from reports.editions import publishing, workflow
from reports.editions.opening import open_edition
from reports.models import Edition
from reports.render.blocks import Document
from tests.reports.editions.conftest import confirm_all, explain_errors, in_state, publish, quick
from tests.reports.site.marks import marks_of
from tests.reports.views.test_editions import said, text_of
from tests.samples import each

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def published_key(opened, django_db_blocker):
    """The key of the edition that is opened for the tests of a module, published for them too."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(publishing, "FORMATS", quick())
        edition = Edition.objects.get(pk=opened)
        explain_errors(edition)
        confirm_all(edition)
        in_state(edition, Edition.State.REVIEW)
        publish(edition, User.objects.get(username="planner"))
    return opened


@pytest.fixture
def published(published_key, seeded):
    return Edition.objects.get(pk=published_key)


def test_an_edition_of_a_date_that_is_told_already(planner_client, published, planner):
    """A correction has nothing to carry forward, and none of its facts is a draft."""
    given = {"title": "정정", "as_of": "2022-11-01", "deadline": "2022-11-08"}
    page = planner_client.post("/reports/new/", given, follow=True)
    assert said(page) == ["회차를 열었습니다. 이 기준일의 자료가 이미 있어 이어받은 것은 없습니다."]
    correction = page.context["edition"]
    for state in ("collecting", "review"):
        workflow.change_state(correction, state, user=planner)
        correction.refresh_from_db()
    confirm_all(correction)
    assert "새로 확정할 초안 없이 2022. 11. 1. 기준의 업무보고를 발행합니다." in text_of(
        planner_client.get(f"/reports/{correction.pk}/publish/")
    )


def test_a_published_edition_is_read_by_all(staff_client, published):
    base = f"/reports/{published.pk}/"
    page = staff_client.get(base)
    content = text_of(page)
    assert "2022년 11월 업무보고" in content
    assert all(one.sha256 in content for one in page.context["copy"].files)
    assert f'href="{base}files/' not in content  # who may not take files out is offered none
    assert staff_client.get(f"{base}events/").status_code == 403
    document = staff_client.get(f"{base}document/").content.decode()
    assert "초안" not in document
    assert "데이터센터" in document
    assert staff_client.get(f"{base}changes/").status_code == 200
    assert staff_client.get(f"{base}files/json/").status_code == 403
    assert staff_client.get(f"{base}parts/data-center/staffing/").status_code == 404


def test_document_of_a_published_edition_leads_to_what_it_states(staff_client, published):
    """On the site alone: but for that it is the file that was handed out."""
    page = staff_client.get(f"/reports/{published.pk}/document/")
    assert 'data-facts-url="/facts/?as_of=2022-11-01&amp;bureau=digital-policy-bureau"' in text_of(page)
    body = page.context["body"]
    assert body.count("data-fact=") > 300
    plain = re.sub(
        r' data-facts?=("[^"]*"|[^ >]*)', "", re.sub(r"<span data-fact=[^>]*>(.*?)</span>", r"\1", body)
    )
    file = published.published_report.files.get(extension="html").bytes.decode()
    assert plain in file


@pytest.mark.parametrize("part", each(40, range(40)))
def test_every_figure_of_a_published_document_opens_its_sheet(staff_client, published, part):
    figures = sorted({*marks_of(staff_client.get(f"/reports/{published.pk}/document/").context["body"])})
    for identity, day in figures[part::40]:
        asked = {"as_of": day.partition("#")[0] or "2022-11-01", "bureau": "digital-policy-bureau"}
        sheet = staff_client.get(reverse("fact", args=[identity]), asked, headers={"X-Fragment": "at-once"})
        assert sheet.status_code == 200, (identity, day)
    assert len(figures) > 400


def test_document_that_today_s_renderer_would_make_otherwise_is_shown_as_it_was(
    staff_client, published, monkeypatch
):
    monkeypatch.setattr(
        "reports.editions.published_report.document_of",
        lambda *reports: Document("", "", date(2022, 11, 1), "", ()),
    )
    page = staff_client.get(f"/reports/{published.pk}/document/")
    assert "data-fact=" not in page.context["body"]
    assert "데이터센터" in page.context["body"]


def test_a_file_is_what_was_handed_out(manager_client, published, caplog):
    with caplog.at_level(logging.INFO, logger="reports.views.publishing"):
        response = manager_client.get(f"/reports/{published.pk}/files/json/")
    kept = published.published_report.files.get(extension="json")
    content = response.getvalue()
    assert content == kept.bytes
    assert response["Content-Length"] == str(len(content))
    assert response["ETag"] == f'"{hashlib.sha256(content).hexdigest()}"'
    assert (
        unquote(response["Content-Disposition"])
        == "attachment; filename*=utf-8''업무보고_디지털정책관_2022-11-01.json"
    )
    assert response["Content-Type"] == "application/json"
    assert json.loads(content)["report"]["title"] == "2022년 11월 업무보고"
    assert f"member takes out 업무보고_디지털정책관_2022-11-01.json of edition {published.pk}" in caplog.text
    assert manager_client.get(f"/reports/{published.pk}/files/pdf/").status_code == 404


def test_what_was_done_is_read_by_those_who_worked_on_it(planner_client, published):
    content = text_of(planner_client.get(f"/reports/{published.pk}/events/"))
    assert "검토 중 → 발행" in content
    assert "지난 자료를 이어받은 초안 9건" in content


def test_a_page_of_a_published_edition_does_not_change(staff_client, published):
    def pages():
        return [
            staff_client.get(f"/reports/{published.pk}/{name}").context
            for name in ("document/", "changes/", "")
        ]

    body, changes, front = pages()
    Duty.objects.all().update(text="고친 업무")
    Department.objects.all().update(name="고친 부서")
    later, again, page = pages()
    assert later["body"] == body["body"]
    assert again["page"] == changes["page"]
    assert page["copy"].report == front["copy"].report


def test_editions_compare_with_each_other(planner_client, published, bureau, planner):
    later, _ = open_edition(
        bureau=bureau, title="다음 보고", as_of=date(2022, 12, 1), deadline=date(2022, 12, 8), user=planner
    )
    page = planner_client.get(f"/reports/{later.pk}/changes/").context["page"]
    assert [str(one.as_of) for one in (page.comparison.before, page.comparison.after)] == [
        "2022-11-01",
        "2022-12-01",
    ]
    page = planner_client.get(
        f"/reports/{published.pk}/changes/?with={later.pk}"
    )  # not published: not offered
    assert page.context["other"] is None
    assert str(page.context["page"].comparison.before.as_of) == "2022-08-29"
    page = planner_client.get(f"/reports/{later.pk}/changes/?with={published.pk}").context["page"]
    assert page.comparison.before.title == "2022년 11월 업무보고"


def test_the_changes_leave_as_one_workbook(manager_client, published):
    response = manager_client.get(f"/reports/{published.pk}/changes/?download=all&format=xlsx")
    assert "지난 보고 대비 변경사항" in unquote(response["Content-Disposition"])
