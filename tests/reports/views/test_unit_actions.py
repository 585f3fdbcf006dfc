"""One press for all parts of a unit, on the pages."""

import pytest

from departments.models import Staffing
from reports.editions import workflow
from reports.models import EditionEvent, Submission
from tests.factories import make_member
from tests.reports.editions.conftest import one_post_more
from tests.reports.editions.test_collection import acting, cell_of
from tests.reports.views.test_editions import said

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


def hand_in(client, edition, *parts, unit="data-center"):
    picks = [f"{part}/ {cell_of(edition, unit, part).version_token}" for part in parts]
    return said(client.post(f"/reports/{edition.pk}/units/{unit}/submit/", {"part": picks}, follow=True))


@pytest.fixture
def member_client(client, member):
    client.force_login(member)
    return client


def submitted(edition):
    return set(Submission.objects.filter(edition=edition, state="submitted").values_list("part", flat=True))


def test_a_unit_hands_in_all_that_is_whole_by_one_press(member_client, member, collecting):
    page = member_client.get(f"/reports/{collecting.pk}/").content.decode()
    assert page.count("모두 제출") == 1
    assert hand_in(member_client, collecting, "staffing", "duties", "expenditure") == [
        "데이터센터의 2개 부분을 제출했습니다: 인력, 주요업무.",
        "예산: 아직 집행액 미제출입니다. 제출하지 않고 두었습니다. 이대로 내려면 그 부분에서 제출하십시오.",
    ]
    assert submitted(collecting) == {"staffing", "duties"}
    events = collecting.events.filter(kind=EditionEvent.Kind.SUBMISSION, after="submitted", by=member)
    assert sorted(events.values_list("part", flat=True)) == ["duties", "staffing"]
    assert "모두 제출" not in member_client.get(f"/reports/{collecting.pk}/").content.decode()


def test_what_was_sent_back_is_not_handed_in_again_unread(member_client, member, planner, collecting):
    for step, user, note in (
        (workflow.submit, member, ""),
        (workflow.send_back, planner, "다시 세어 주십시오."),
    ):
        step(collecting, cell_of(collecting, "data-center", "staffing"), user=user, note=note)
    first, second, _ = hand_in(member_client, collecting, "staffing", "duties")
    assert first == "데이터센터의 1개 부분을 제출했습니다: 주요업무."
    assert second.startswith("인력: 반려된 뒤 고친 것이 없습니다. 제출하지 않고 두었습니다.")
    with acting(lambda: member):
        one_post_more()
    assert hand_in(member_client, collecting, "staffing")[0] == "데이터센터의 1개 부분을 제출했습니다: 인력."


def test_a_part_whose_state_changed_meanwhile_is_not_handed_in(member_client, member, collecting):
    given = {
        "part": [
            "staffing/ submitted x",
            f"duties/ {cell_of(collecting, 'data-center', 'duties').version_token}",
        ]
    }
    address = f"/reports/{collecting.pk}/units/data-center/submit/"
    first, second, _ = said(member_client.post(address, given, follow=True))
    assert first == "데이터센터의 1개 부분을 제출했습니다: 주요업무."
    assert second.startswith("데이터센터 인력: 그 사이 다른 사람이 이 부분의 상태를 바꾸었습니다.")


def test_nobody_hands_in_for_another_unit_or_before_its_time(member_client, edition):
    assert member_client.post(f"/reports/{edition.pk}/units/big-data/submit/").status_code == 403
    assert "지금은 제출과 확인을 받는 단계가 아닙니다." in hand_in(member_client, edition, "staffing")[0]
    assert submitted(edition) == set()


def test_home_hands_in_all_of_the_own_unit(member_client, collecting):
    page = member_client.get("/").content.decode()
    assert f'action="/reports/{collecting.pk}/units/data-center/submit/"' in page
    assert page.count('type="hidden" name="part"') == 2
