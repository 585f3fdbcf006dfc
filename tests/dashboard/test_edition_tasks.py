"""The home page of those who work on an open edition."""

import pytest

from projects.models import Brief
from reports.editions import workflow
from tests.core.access.test_bureaus import housing  # noqa: F401 (fixture)
from tests.factories import make_member
from tests.reports.editions.changes.test_edited_since import edit_in_force, handed_out  # noqa: F401
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
from tests.reports.editions.test_collection import cell_of

pytestmark = pytest.mark.django_db


def text_of(response):
    return " ".join(response.content.decode().split())


def tasks_of(page):
    return page.split('class="sec c12 tasks"')[1].split("</section>")[0]


@pytest.fixture
def own(client, member):  # noqa: F811
    client.force_login(member)
    return client


def test_a_unit_sees_what_it_has_to_hand_in(own, collecting, member):  # noqa: F811
    workflow.submit(collecting, cell_of(collecting, "data-center", "duties"), user=member)
    part = tasks_of(text_of(own.get("/")))
    assert f'<a href="/reports/{collecting.pk}/">2022년 11월 업무보고</a>' in part
    assert "마감 2022. 11. 8.(화)" in part
    assert "<h3>데이터센터</h3>" in part
    cell = cell_of(collecting, "data-center", "staffing")
    assert f'href="/reports/{collecting.pk}/parts/data-center/staffing/">인력</a>' in part
    assert f'href="{cell.edit_url}"'.replace("&", "&amp;") in part
    assert "parts/data-center/duties/" not in part
    assert "<h3>빅데이터담당관</h3>" not in part


def test_a_unit_sees_what_was_sent_back_and_why(own, collecting, member, planner):  # noqa: F811
    workflow.submit(collecting, cell_of(collecting, "data-center", "staffing"), user=member)
    workflow.send_back(
        collecting,
        cell_of(collecting, "data-center", "staffing"),
        user=planner,
        note="현원을 확인해 주십시오.",
    )
    part = tasks_of(text_of(own.get("/")))
    assert "<p>현원을 확인해 주십시오.</p>" in part
    returned = part.split('class="returned-parts"')[1].split("</ul>")[0]
    assert "인력</a>" in returned
    assert "/admin/departments/staffing/?source__id__exact=" in returned


def test_a_unit_sees_its_findings(client, collecting, seeded):  # noqa: F811
    client.force_login(make_member("부서 담당", unit="ict-security", username="wifi"))
    Brief.objects.filter(project__slug="public-wifi", source__as_of="2022-11-01").update(budget=1)
    part = tasks_of(text_of(client.get("/")))
    assert f"/reports/{collecting.pk}/findings/?department=ict-security" in part
    assert "맞지 않는 값 1건" in part
    assert "사업예산: 저장한 금액 = 원문 표기" in part


def test_a_planner_sees_how_far_all_are(planner_client, collecting):  # noqa: F811
    part = tasks_of(text_of(planner_client.get("/")))
    assert "44개 부분 가운데 0개를 확인했고, 9개 부서의 44개가 아직 들어오지 않았습니다." in part


def test_readers_and_other_bureaus_see_no_edition(client, collecting, housing):  # noqa: F811
    for number, (role, unit) in enumerate(
        (("간부", "data-center"), ("부서 담당", "housing-policy"), ("기획 담당", "housing-policy"))
    ):
        client.force_login(make_member(role, unit=unit, username=f"reader{number}"))
        page = client.get("/?bureau=digital-policy-bureau")
        assert page.status_code == 200
        assert "2022년 11월 업무보고" not in text_of(page)


def test_without_an_open_edition_nothing_is_asked(own, edition):  # noqa: F811
    assert "c12 tasks" in own.get("/").content.decode()
    edition.delete()
    assert "c12 tasks" not in own.get("/").content.decode()


# What was edited since


def test_an_edit_after_the_publication_is_seen_by_the_planner(client, handed_out, member, planner, edition):  # noqa: F811
    edit_in_force(member)
    client.force_login(planner)
    for address in ("/", f"/reports/{edition.pk}/"):
        part = text_of(client.get(address)).split('id="edited-since"')[1].split("</section>")[0]
        assert "1건" in part
        assert "김하나" in part
        assert "수정: 인력" in part
        assert (
            "/departments/data-center/?as_of=2022-08-29" in part or "/departments/?as_of=2022-08-29" in part
        )
        assert "<ins>77</ins>" in part


def test_an_edit_is_shown_to_planners_alone(client, handed_out, member, edition):  # noqa: F811
    edit_in_force(member)
    client.force_login(member)
    assert "edited-since" not in client.get("/").content.decode()
    assert "edited-since" not in client.get(f"/reports/{edition.pk}/").content.decode()
