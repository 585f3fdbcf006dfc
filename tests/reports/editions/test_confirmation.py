"""A planner confirms what a unit has handed in by one press, part by part in the history."""

import pytest

from departments.models import Staffing
from reports.editions import workflow
from reports.editions.collection import collection_of
from reports.editions.confirmation import pick_name
from reports.models import EditionEvent, Submission
from tests.factories import make_member
from tests.reports.editions.test_collection import acting, cell_of
from tests.reports.editions.test_pages import said

pytestmark = pytest.mark.django_db
HANDED_IN = ("staffing", "duties")


@pytest.fixture
def handed_in(collecting, member):
    """데이터센터 has handed in two parts, and not the others."""
    for part in HANDED_IN:
        workflow.submit(collecting, cell_of(collecting, "data-center", part), user=member)
    return collecting


def address(edition, unit="data-center"):
    return f"/reports/{edition.pk}/units/{unit}/confirm/"


def confirmed(edition):
    rows = Submission.objects.filter(edition=edition, state="confirmed")
    return set(rows.values_list("department__slug", "part"))


def test_one_press_confirms_what_was_handed_in(planner_client, planner, handed_in):
    page = planner_client.get(f"/reports/{handed_in.pk}/").content.decode()
    boxes = page.count('form="confirm-data-center"')
    assert boxes == 2
    picks = [f"{part}/ {cell_of(handed_in, 'data-center', part).version_token}" for part in HANDED_IN]
    for pick in picks:
        assert f'value="{pick}" checked' in page
    response = planner_client.post(address(handed_in), {"part": picks}, follow=True)
    assert response.redirect_chain == [(f"/reports/{handed_in.pk}/#of-data-center", 302)]
    first, second = said(response)
    assert first == "데이터센터의 2개 부분을 확인했습니다: 인력, 주요업무."
    assert second.startswith("예산") or "예산" in second
    assert second.endswith("그대로 두었습니다.")
    assert confirmed(handed_in) == {("data-center", "staffing"), ("data-center", "duties")}
    events = handed_in.events.filter(kind=EditionEvent.Kind.SUBMISSION, after="confirmed", by=planner)
    assert sorted(events.values_list("part", flat=True)) == ["duties", "staffing"]


def test_a_part_that_is_not_picked_waits(planner_client, handed_in):
    pick = f"staffing/ {cell_of(handed_in, 'data-center', 'staffing').version_token}"
    planner_client.post(address(handed_in), {"part": [pick]})
    assert confirmed(handed_in) == {("data-center", "staffing")}
    response = planner_client.post(address(handed_in), {}, follow=True)
    assert "그대로 두었습니다." in said(response)[-1]


def test_what_changed_since_it_was_shown_is_not_confirmed(planner_client, handed_in, member):
    picks = [f"{part}/ {cell_of(handed_in, 'data-center', part).version_token}" for part in HANDED_IN]
    with acting(lambda: member):
        row = Staffing.objects.get(department__slug="data-center", source__as_of="2022-11-01")
        row.authorized += 1
        row.save()
    response = planner_client.post(address(handed_in), {"part": picks}, follow=True)
    assert (
        "데이터센터 인력: 그 사이 이 부분의 내용이 바뀌었습니다. 지금 내용을 보고 다시 확인해 주십시오."
        in said(response)
    )
    assert confirmed(handed_in) == {("data-center", "duties")}


def test_who_plans_for_nobody_here_confirms_nothing(client, handed_in):
    for number, (role, unit) in enumerate((("부서 담당", "data-center"), ("예산 담당", "data-center"))):
        client.force_login(make_member(role, unit=unit, username=f"other{number}"))
        assert client.post(address(handed_in)).status_code == 403
    assert confirmed(handed_in) == set()


def test_a_unit_that_the_edition_does_not_ask_is_not_found(planner_client, handed_in):
    assert planner_client.post(address(handed_in, "nowhere")).status_code == 404
    assert planner_client.get(address(handed_in)).status_code == 405


def test_nine_presses_confirm_a_whole_report(planner_client, planner, collecting):
    """The bureau's own row among them: 44 parts."""
    for cell in collection_of(collecting).cells:
        workflow.submit(collecting, cell, user=planner)
    rows = collection_of(collecting).rows
    for row in rows:
        picks = [f"{pick_name(cell)} {cell.version_token}" for cell in row.cells]
        planner_client.post(address(collecting, row.department.slug), {"part": picks})
    assert len(rows) == 9
    assert len(confirmed_cells(collecting)) == sum(len(row.cells) for row in rows) == 44


def confirmed_cells(edition):
    return [cell for cell in collection_of(edition).cells if cell.state == "confirmed"]


def test_a_part_that_is_being_written_is_called_so_in_its_history(collecting, member):
    with acting(lambda: member):
        row = Staffing.objects.get(department__slug="data-center", source__as_of="2022-11-01")
        row.authorized += 1
        row.save()
    assert cell_of(collecting, "data-center", "staffing").word == "작성 중"
    workflow.submit(collecting, cell_of(collecting, "data-center", "staffing"), user=member)
    assert collecting.events.first().before == "drafting"
