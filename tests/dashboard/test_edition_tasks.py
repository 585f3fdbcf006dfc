"""The home page of those who work on an open edition."""

from datetime import date

import pytest

from core.models import Source
from departments.models import Department, Staffing
from projects.models import Brief
from reports.editions import workflow
from reports.editions.changes.edited_since import edited_since_publication
from reports.models import Edition, PublishedReport
from tests.core.access.test_bureaus import housing  # noqa: F401 (fixture)
from tests.factories import make_edition, make_member, make_source, snapshot_of
from tests.reports.editions.conftest import (  # noqa: F401 (fixtures)
    bureau,
    collecting,
    edition,
    member,
    opened,
    planner,
    planner_client,
)
from tests.reports.editions.test_collection import acting, cell_of

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
