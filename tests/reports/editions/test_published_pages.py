"""Publishing on its page, and what everybody reads of a published edition."""

import hashlib
import json
import logging
from datetime import date
from urllib.parse import unquote

import pytest

from departments.models import Department, Duty, Staffing
from reports.editions import publishing, workflow
from reports.editions.opening import open_edition
from tests.reports.editions.test_collection import acting, cell_of
from tests.reports.editions.test_pages import said, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(reviewed, planner, quick_formats):
    publishing.publish(reviewed, user=planner, version_token=publishing.proposal(reviewed).version_token)
    reviewed.refresh_from_db()
    return reviewed


def test_publishing_on_the_page(planner_client, reviewed, quick_formats):
    url = f"/reports/{reviewed.pk}/publish/"
    page = planner_client.get(url)
    content = text_of(page)
    assert "초안 9건을 확정하고 2022. 11. 1. 기준의 업무보고를 발행합니다." in content
    assert "확인하지 않은 부분이 44개 있습니다." in content
    assert "처음 보이는 기준일이 2022. 8. 29.에서 2022. 11. 1.로 바뀝니다." in content
    page = planner_client.post(url, {"version_token": page.context["proposal"].version_token}, follow=True)
    assert said(page) == ["발행했습니다. 이 회차의 화면과 파일은 이제 바뀌지 않습니다."]
    assert [one.extension for one in page.context["copy"].files] == ["html", "json"]


def test_what_a_pdf_cannot_print_is_said_before_publishing(planner_client, reviewed):
    url = f"/reports/{reviewed.pk}/publish/"
    assert "□로 인쇄되는" not in text_of(planner_client.get(url))
    duty = Duty.objects.filter(source__as_of="2022-11-01").first()
    duty.text += " 😀"
    duty.save()
    assert "글꼴에 없어 PDF에 □로 인쇄되는 글자가 있습니다: 😀" in text_of(planner_client.get(url))


def test_an_edition_of_a_date_that_is_told_already(planner_client, published, planner):
    """A correction has nothing to carry forward, and none of its facts is a draft."""
    given = {"title": "정정", "as_of": "2022-11-01", "deadline": "2022-11-08"}
    page = planner_client.post("/reports/new/", given, follow=True)
    assert said(page) == ["회차를 열었습니다. 이 기준일의 자료가 이미 있어 이어받은 것은 없습니다."]
    correction = page.context["edition"]
    for state in ("collecting", "review"):
        workflow.change_state(correction, state, user=planner)
        correction.refresh_from_db()
    assert "새로 확정할 초안 없이 2022. 11. 1. 기준의 업무보고를 발행합니다." in text_of(
        planner_client.get(f"/reports/{correction.pk}/publish/")
    )


def test_drafts_of_an_edition_that_is_not_published_are_not_carried_forward(planner_client, reviewed):
    given = {"title": "12월 업무보고", "as_of": "2022-12-01", "deadline": "2022-12-08"}
    assert said(planner_client.post("/reports/new/", given, follow=True)) == [
        "회차를 열고, 지난 자료를 이어받은 초안 9건을 만들었습니다.",
        "‘2022년 11월 업무보고 (2022-11-01)’ 회차를 아직 발행하지 않아, 그 회차의 초안은 이어받지 않았습니다.",
    ]


def test_what_was_changed_after_it_was_confirmed_is_not_confirmed(planner_client, planner, member, reviewed):
    def cell():
        return cell_of(reviewed, "data-center", "staffing")

    workflow.submit(reviewed, cell(), user=member)
    workflow.confirm(reviewed, cell(), user=planner)
    url = f"/reports/{reviewed.pk}/"
    assert "확인하지 않은 부분이 43개 있습니다." in text_of(planner_client.get(f"{url}publish/"))
    assert "확인한 뒤 고친" not in text_of(planner_client.get(url))
    with acting(lambda: member):
        Staffing.objects.get(department__slug="data-center", source__as_of="2022-11-01").save()
    content = text_of(planner_client.get(f"{url}publish/"))
    assert "확인하지 않은 부분이 44개 있습니다." in content
    assert "데이터센터 인력 (확인 뒤 고침)" in content
    assert "확인한 뒤 고친 부분이 1개 있습니다." in text_of(planner_client.get(url))


def test_what_was_not_shown_is_not_published(planner_client, reviewed, quick_formats):
    page = planner_client.post(f"/reports/{reviewed.pk}/publish/", {"version_token": "x"}, follow=True)
    assert said(page) == [publishing.CHANGED]
    assert "proposal" in page.context


def test_errors_are_listed_with_the_way_to_explain_them(planner_client, edition):
    content = text_of(planner_client.get(f"/reports/{edition.pk}/publish/"))
    assert "설명하지 않은 오류가 1건 있어 발행할 수 없습니다." in content
    assert f'href="/reports/{edition.pk}/findings/"' in content
    assert 'name="version_token"' not in content


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


def test_a_file_is_what_was_handed_out(manager_client, published, caplog):
    with caplog.at_level(logging.INFO, logger="reports.views.publishing"):
        response = manager_client.get(f"/reports/{published.pk}/files/json/")
    kept = published.published_report.files.get(extension="json")
    assert response.content == kept.bytes
    assert response["ETag"] == f'"{hashlib.sha256(response.content).hexdigest()}"'
    assert (
        unquote(response["Content-Disposition"])
        == "attachment; filename*=utf-8''업무보고_디지털정책관_2022-11-01.json"
    )
    assert response["Content-Type"] == "application/json"
    assert json.loads(response.content)["report"]["title"] == "2022년 11월 업무보고"
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


def test_a_draft_is_marked(planner_client, edition):
    content = text_of(planner_client.get(f"/reports/{edition.pk}/document/"))
    assert "초안 — 발행하지 않은 업무보고입니다." in content
    assert 'class="draft-stamp"' in content
    assert "<h1>2022년 11월 업무보고</h1>" in content


def test_an_earlier_date_in_the_address_hides_nothing(planner_client, edition):
    assert planner_client.get(f"/reports/{edition.pk}/?as_of=2019-12-31").status_code == 200
    assert planner_client.get(f"/reports/{edition.pk}/?as_of=x").status_code == 400
