"""The pages of editions, as each of those who work on one sees them."""

import io
from datetime import date
from urllib.parse import unquote

import openpyxl
import pytest
from django.core import mail
from django.utils import timezone

from core.models import TaskWorker
from departments.models import Department
from reports.editions import workflow
from reports.models import Edition, EditionEvent, Submission
from tests.background import run_waiting
from tests.factories import make_bureau, make_edition, make_member, make_source
from tests.forms import plain, sent
from tests.reports.editions.test_collection import cell_of

pytestmark = pytest.mark.django_db


def text_of(response):
    return " ".join(response.content.decode().split())


def said(response):
    return [str(message) for message in response.context["messages"]]


def signed_in(client, user):
    client.force_login(user)
    return client


# The list and a new edition


def test_an_edition_is_opened(planner_client, planner):
    page = planner_client.get("/reports/new/")
    form = plain(sent(page)) | {
        "council_session": "제315회 정례회",
        "as_of": "2022-11-01",
        "deadline": "2022-11-08",
    }
    page = planner_client.post("/reports/new/", form, follow=True)
    edition = Edition.objects.get()
    assert page.redirect_chain == [(f"/reports/{edition.pk}/", 302)]
    assert said(page) == ["회차를 열고, 지난 자료를 이어받은 초안 9건을 만들었습니다."]
    assert (edition.title, edition.created_by, edition.deadline) == (
        "디지털정책관 업무보고",
        planner,
        date(2022, 11, 8),
    )


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"as_of": ""}, "필수"),
        ({"as_of": "0001-01-01"}, "1900년부터 2999년까지"),
        ({"as_of": "1999-01-01"}, "회차를 열 수 없습니다"),
        ({"title": ""}, "필수"),
        ({"deadline": "내일"}, "올바른 날짜"),
    ],
)
def test_what_cannot_be_opened_is_said(planner_client, given, reason):
    form = {"title": "x", "as_of": "2022-11-01", "deadline": "2022-11-08"} | given
    page = planner_client.post("/reports/new/", form)
    assert page.status_code == 422
    assert reason in text_of(page)
    assert not Edition.objects.exists()


def test_a_date_is_opened_once(planner_client, edition):
    page = planner_client.post(
        "/reports/new/", {"title": "x", "as_of": "2022-11-01", "deadline": "2022-11-08"}
    )
    assert (page.status_code, Edition.objects.count()) == (422, 1)
    assert "이 기준일의 회차가 이미 열려 있습니다." in text_of(page)


def test_the_list_has_a_fixed_number_of_queries(planner_client, edition, django_assert_max_num_queries):
    planner_client.get("/reports/")
    with django_assert_max_num_queries(12):
        planner_client.get("/reports/")
    for day in range(2, 28):
        make_edition(f"2022-11-{day:02}", "published")
    with django_assert_max_num_queries(12):
        assert len(planner_client.get("/reports/").context["tables"]["editions"].rows) == 27


def test_the_list_leaves_as_a_file(manager_client):
    make_edition("2022-10-01", "published", title="낸 보고", council_session="제314회 임시회")
    rows = (
        manager_client.get("/reports/?download=editions&format=csv").content.decode("utf-8-sig").splitlines()
    )
    assert rows[1] == "낸 보고,제314회 임시회,2022. 10. 1.,2022. 11. 8.,발행,,"


def test_readers_see_what_is_published_alone(staff_client, edition):
    make_edition("2022-10-01", "published", title="낸 보고")
    assert [row.cells[0] for row in staff_client.get("/reports/").context["tables"]["editions"].rows] == [
        "낸 보고"
    ]
    assert edition.title not in text_of(staff_client.get("/reports/"))


def test_another_bureaus_editions_are_not_listed(planner_client, edition):
    housing = make_bureau()
    make_source(housing, "organisation", "2022-11-01")
    assert "2022년 11월 업무보고" not in text_of(planner_client.get("/reports/?bureau=housing-bureau"))


def test_who_works_for_another_bureau_does_not_see_it(client, edition):
    housing = make_bureau()
    tree = make_source(housing, "organisation", "2022-11-01")
    tree.placement_set.create(department=housing)
    signed_in(client, make_member("부서 담당", unit="housing-bureau", username="theirs"))
    assert client.get(f"/reports/{edition.pk}/").status_code == 403
    assert client.get("/reports/").context["tables"]["editions"].rows == []


# The overview


def test_a_member_sees_the_whole_and_hands_in_his_own(own, collecting, member):
    page = own.get(f"/reports/{collecting.pk}/")
    rows = {shown.row.department.slug: shown for shown in page.context["rows"]}
    assert [slug for slug, shown in rows.items() if shown.is_own] == ["data-center"]
    actions = {
        slug: {one.action for _, cells in shown.columns for one in cells} for slug, shown in rows.items()
    }
    assert actions["data-center"] == {("submit", "제출")}
    assert actions["ict-security"] == {None}
    edits = {
        slug
        for slug, shown in rows.items()
        if any(one.edit_url for _, cells in shown.columns for one in cells)
    }
    assert edits == {"data-center"}
    url = f"/reports/{collecting.pk}/parts/data-center/staffing/"
    token = cell_of(collecting, "data-center", "staffing").version_token
    page = own.post(url, {"action": "submit", "version_token": token, "back": "grid"}, follow=True)
    assert said(page) == ["‘데이터센터 인력’ 부분을 제출했습니다."]
    assert cell_of(collecting, "data-center", "staffing").state == "submitted"
    assert own.post(url.replace("data-center", "ict-security"), {"action": "submit"}).status_code == 403
    assert own.post(url, {"action": "confirm"}).status_code == 403
    assert Submission.objects.count() == 1


def test_where_a_figure_is_edited(own, edition, member):
    rows = own.get(f"/reports/{edition.pk}/").context["rows"]
    center = next(shown for shown in rows if shown.row.department.slug == "data-center")
    for _, cells in center.columns:
        for one in cells:
            if one.edit_url:
                page = own.get(one.edit_url)
                assert page.status_code == 200
                if "cl" in page.context:
                    assert {row.source.as_of for row in page.context["cl"].queryset} == {date(2022, 11, 1)}


@pytest.mark.thorough
def test_planners_reach_every_list(planner_client, edition):
    rows = planner_client.get(f"/reports/{edition.pk}/").context["rows"]
    urls = [one.edit_url for shown in rows for _, cells in shown.columns for one in cells]
    assert all(urls)
    assert {planner_client.get(url).status_code for url in dict.fromkeys(urls)} == {200}


def test_the_overview_counts_and_names(planner_client, collecting, member, monkeypatch):
    monkeypatch.setattr("reports.editions.collection.timezone.localdate", lambda: date(2022, 11, 5))
    workflow.submit(collecting, cell_of(collecting, "data-center", "staffing"), user=member)
    page = planner_client.get(f"/reports/{collecting.pk}/")
    assert page.context["countdown"] == "D-3"
    assert page.context["leads"] == [
        "제출 마감 2022. 11. 8.까지 3일 남았습니다.",
        "44개 부분 가운데 0개를 확인했고, 9개 부서의 43개가 아직 들어오지 않았습니다.",
    ]
    assert [(word, number) for _, word, number in page.context["tiles"]] == [
        ("시작 전", 43), ("작성 중", 0), ("반려", 0), ("제출", 1), ("확인", 0),
    ]  # fmt: skip
    center = next(one for one in page.context["missing"] if one["department"].slug == "data-center")
    assert ([cell.place.label for cell, _ in center["cells"]], center["people"]) == (
        ["주요업무", "예산"],
        [member],
    )


@pytest.mark.parametrize(("today", "countdown"), [(date(2022, 11, 8), "D-day"), (date(2022, 11, 9), "D+1")])
def test_the_day_of_the_deadline_and_after(planner_client, edition, monkeypatch, today, countdown):
    monkeypatch.setattr("reports.editions.collection.timezone.localdate", lambda: today)
    assert planner_client.get(f"/reports/{edition.pk}/").context["countdown"] == countdown


def test_the_overview_has_a_fixed_number_of_queries(
    planner_client, collecting, member, django_assert_max_num_queries
):
    planner_client.get(f"/reports/{collecting.pk}/")
    with django_assert_max_num_queries(101):
        planner_client.get(f"/reports/{collecting.pk}/")


def test_the_reasons_that_people_give_stay_text(planner_client, collecting, member):
    evil = "<script>alert(1)</script>"
    Department.objects.filter(slug="data-center").update(name=evil)
    workflow.submit(collecting, cell_of(collecting, "data-center", "staffing"), user=member)
    workflow.send_back(collecting, cell_of(collecting, "data-center", "staffing"), user=member, note=evil)
    for page in ("", "parts/data-center/staffing/", "findings/", "publish/", "document/", "changes/"):
        assert evil not in planner_client.get(f"/reports/{collecting.pk}/{page}").content.decode(), page


def test_the_state_and_the_words_are_changed(planner_client, edition):
    base = f"/reports/{edition.pk}/"
    assert said(planner_client.post(f"{base}state/", {"state": "collecting"}, follow=True)) == [
        "단계를 바꾸었습니다."
    ]
    assert said(planner_client.post(f"{base}state/", {"state": "open"}, follow=True)) == [
        "앞 단계로 되돌리는 까닭을 적어 주십시오."
    ]
    form = plain(sent(planner_client.get(f"{base}edit/"))) | {"deadline": "2022-11-10"}
    assert said(planner_client.post(f"{base}edit/", form, follow=True)) == ["회차를 고쳤습니다."]
    edition.refresh_from_db()
    assert (edition.state, edition.deadline) == ("collecting", date(2022, 11, 10))
    planner_client.post(f"{base}delete/")
    assert not Edition.objects.exists()


def test_of_two_who_edit_an_edition_the_second_is_told(planner_client, edition, planner):
    url = f"/reports/{edition.pk}/edit/"
    form = plain(sent(planner_client.get(url))) | {"deadline": "2022-11-10"}
    workflow.edit(edition, user=planner, version_token=workflow.token_of(edition), title="11월 업무보고")
    page = planner_client.post(url, form)
    assert page.status_code == 422
    now = "제목 ‘11월 업무보고’, 의회 회기 ‘제315회 정례회’, 제출 마감 ‘2022. 11. 8.’, 정정 내용 ‘없음’"
    assert f"그 사이 다른 사람이 이 회차를 고쳤습니다. 지금은 {now}입니다." in text_of(page)
    assert Edition.objects.values_list("title", "deadline").get() == ("11월 업무보고", date(2022, 11, 8))
    assert said(planner_client.post(url, plain(sent(page)), follow=True)) == ["회차를 고쳤습니다."]
    assert Edition.objects.values_list("title", "deadline").get() == (
        "2022년 11월 업무보고",
        date(2022, 11, 10),
    )


@pytest.mark.parametrize(
    "page",
    [
        "parts/data-center/",
        "parts/data-center/nothing/",
        "parts/data-center/projects/public-wifi/",
        "files/pdf/",
    ],
)
def test_what_there_is_not(planner_client, edition, page):
    assert planner_client.get(f"/reports/{edition.pk}/{page}").status_code == 404
    assert planner_client.get("/reports/999/").status_code == 404


# A part


# Findings, who is missing, reminders


def test_who_is_missing_as_a_workbook(planner_client, collecting, member):
    response = planner_client.get(f"/reports/{collecting.pk}/missing/")
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert ["데이터센터", "인력", "시작 전", "김하나", None, None] in rows
    assert len(rows) >= 44
    assert unquote(response["Content-Disposition"]).endswith(
        "디지털정책관_들어오지 않은 부분_2022-11-01.xlsx"
    )


def test_reminders_wait_for_a_worker_and_are_not_asked_for_twice(
    planner_client, collecting, member, monkeypatch
):
    address = f"/reports/{collecting.pk}/remind/"
    (words,) = said(planner_client.post(address, follow=True))
    assert words.startswith("독려 메일이 차례를 기다리고 있지만, 보낼 프로그램이 지금 보이지 않습니다.")
    words = "이 회차의 독려 메일을 이미 보내고 있습니다. 다 보내면 경과에 적힙니다."
    assert said(planner_client.post(address, follow=True)) == [words]
    run_waiting()
    TaskWorker.objects.create(name="w", seen_at=timezone.now())
    monkeypatch.setattr("reports.views.parts.WAIT", 0)
    words = "독려 메일을 보내고 있습니다. 다 보내면 누구에게 보냈는지 이 회차의 경과에 적힙니다."
    assert said(planner_client.post(address, follow=True)) == [words]
    assert len(mail.outbox) == 1
    assert collecting.events.get(kind=EditionEvent.Kind.REMINDER).by.username == "planner"


def test_reminders_are_sent_from_the_page(planner_client, collecting, member, work_at_once):
    page = planner_client.post(f"/reports/{collecting.pk}/remind/", follow=True)
    assert said(page)[0] == "1명에게 독려 메일을 보냈습니다: 김하나."
    assert f"http://testserver/reports/{collecting.pk}/" in mail.outbox[0].body
    assert collecting.events.filter(kind=EditionEvent.Kind.REMINDER).count() == 1


def test_a_signed_list_is_shown_to_the_planner_alone(collecting, planner_client, member, client):
    EditionEvent.objects.create(edition=collecting, kind="signed", note="주택정책과의 오류와 그 설명")
    pages = [f"/reports/{collecting.pk}/", f"/reports/{collecting.pk}/events/"]
    for page in pages:
        assert "주택정책과의 오류와 그 설명" in text_of(planner_client.get(page))
    signed_in(client, member)
    for page in pages:
        shown = text_of(client.get(page))
        assert "점검표에 서명함" in shown
        assert "주택정책과의 오류와 그 설명" not in shown
