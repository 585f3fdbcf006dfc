"""Publishing on its page, and the pages of an edition that is not published yet."""

import pytest

from departments.models import Duty, Staffing
from reports.editions import publishing, workflow
from tests.reports.editions.test_collection import acting, cell_of
from tests.reports.editions.test_pages import said, text_of

pytestmark = pytest.mark.django_db


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


def test_a_draft_is_marked(planner_client, edition):
    content = text_of(planner_client.get(f"/reports/{edition.pk}/document/"))
    assert "초안 — 발행하지 않은 업무보고입니다." in content
    assert 'class="draft-stamp"' in content
    assert "<h1>2022년 11월 업무보고</h1>" in content


def test_an_earlier_date_in_the_address_hides_nothing(planner_client, edition):
    assert planner_client.get(f"/reports/{edition.pk}/?as_of=2019-12-31").status_code == 200
    assert planner_client.get(f"/reports/{edition.pk}/?as_of=x").status_code == 400
