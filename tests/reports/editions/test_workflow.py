"""What is done with an edition and its parts: who may, from where to where, and that every step is kept."""

from datetime import date

import pytest
from django.db import DatabaseError, models, transaction

from core.models import Source
from departments.models import Department, Staffing
from reports.editions import workflow
from reports.editions.snapshot import cover_notes, snapshot_of
from reports.editions.sources import EditionRefused
from reports.models import Edition, EditionEvent, Submission
from tests.factories import make_edition, print_total, spend
from tests.reports.editions.conftest import one_post_more
from tests.reports.editions.test_collection import acting, cell_of

pytestmark = pytest.mark.django_db

PART = ("data-center", "staffing")


def cell(edition):
    return cell_of(edition, *PART)


def told(edition, kind=EditionEvent.Kind.SUBMISSION):
    return [
        (event.before, event.after, event.note, event.by and event.by.username)
        for event in edition.events.filter(kind=kind).order_by("pk")
    ]


def test_a_part_goes_through_its_states(collecting, member, planner):
    workflow.submit(collecting, cell(collecting), user=member, note="정원 조정 반영")
    workflow.send_back(collecting, cell(collecting), user=planner, note="현원을 확인해 주십시오.")
    assert cell(collecting).note == "현원을 확인해 주십시오."
    workflow.submit(collecting, cell(collecting), user=member)
    workflow.confirm(collecting, cell(collecting), user=planner)
    assert cell(collecting).state == "confirmed"
    assert told(collecting) == [
        ("not_begun", "submitted", "정원 조정 반영", "hana"),
        ("submitted", "returned", "현원을 확인해 주십시오.", "planner"),
        ("returned", "submitted", "", "hana"),
        ("submitted", "confirmed", "", "planner"),
    ]


def test_a_confirmed_part_may_be_returned(collecting, member, planner):
    workflow.submit(collecting, cell(collecting), user=member)
    workflow.confirm(collecting, cell(collecting), user=planner)
    workflow.send_back(collecting, cell(collecting), user=planner, note="다시")
    assert cell(collecting).state == "returned"


def test_who_changed_it_afterwards_hands_it_in_again(collecting, member):
    workflow.submit(collecting, cell(collecting), user=member)
    with pytest.raises(EditionRefused, match="그 뒤로 고친 것이 없습니다"):
        workflow.submit(collecting, cell(collecting), user=member)
    with acting(lambda: member):
        one_post_more()
    workflow.submit(collecting, cell(collecting), user=member)
    assert [event[:2] for event in told(collecting)] == [
        ("not_begun", "submitted"),
        ("submitted", "submitted"),
    ]


def test_what_was_rewritten_since_it_was_read_is_not_confirmed(collecting, member, planner):
    workflow.submit(collecting, cell(collecting), user=member)
    read = cell(collecting).version_token
    with acting(lambda: member):
        one_post_more()
    with pytest.raises(EditionRefused, match="그 사이 이 부분의 내용이 바뀌었습니다"):
        workflow.confirm(collecting, cell(collecting), user=planner, version_token=read)
    assert cell(collecting).stored == "submitted"
    workflow.confirm(collecting, cell(collecting), user=planner, version_token=cell(collecting).version_token)
    assert cell(collecting).stored == "confirmed"


@pytest.mark.parametrize(
    ("do", "reason"),
    [(workflow.confirm, "제출한 부분만 확인"), (workflow.send_back, "제출하거나 확인한 부분만 반려")],
)
def test_what_was_not_handed_in_is_neither_confirmed_nor_returned(collecting, planner, do, reason):
    with pytest.raises(EditionRefused, match=reason):
        do(collecting, cell(collecting), user=planner, note="x")
    assert told(collecting) == []


def test_a_part_is_confirmed_in_its_owners_place_with_a_reason(collecting, planner):
    with pytest.raises(EditionRefused, match="대신 확인하는 까닭"):
        workflow.confirm_in_place(collecting, cell(collecting), user=planner)
    workflow.confirm_in_place(collecting, cell(collecting), user=planner, note="담당자 휴직")
    assert (cell(collecting).is_confirmed, cell(collecting).submission.in_place) == (True, True)
    assert told(collecting) == [("not_begun", "confirmed", "기획 담당이 대신 확인함: 담당자 휴직", "planner")]
    assert cover_notes(collecting, snapshot_of(collecting))[-1] == (
        "기획 담당이 대신 확인한 부분: 데이터센터 인력 (담당자 휴직)"
    )
    with pytest.raises(EditionRefused, match="이미 지금 내용대로"):
        workflow.confirm_in_place(collecting, cell(collecting), user=planner, note="x")
    one_post_more()
    assert not cell(collecting).is_confirmed


@pytest.mark.parametrize("change", ["row", "total", "query"])
def test_a_part_is_confirmed_as_it_stands(collecting, planner, change):
    """Whoever changes it afterwards, with or without a record; another unit's part is as it was."""
    for unit in ("data-center", "ict-security"):
        workflow.confirm_in_place(collecting, cell_of(collecting, unit, "staffing"), user=planner, note="x")
    row = Staffing.objects.get(department__slug="data-center", source__as_of="2022-11-01")
    if change == "row":
        row.delete()
    elif change == "total":
        print_total(row.source, "headcount", 1, "1", "data-center")
    else:
        models.QuerySet(Staffing).filter(pk=row.pk).update(authorized=1)
    confirmed = [
        cell_of(collecting, unit, "staffing").is_confirmed for unit in ("data-center", "ict-security")
    ]
    assert confirmed == [False, True]


def test_money_moved_between_lines_is_a_change(collecting, bureau, planner):
    source = Source.objects.get(scope="expenditure", as_of="2022-11-01")
    unit = Department.objects.get(slug="big-data")
    one, other = (spend(source, unit, 10, policy=name) for name in "가나")
    part = ("big-data", "expenditure")
    workflow.confirm_in_place(collecting, cell_of(collecting, *part), user=planner, note="x")
    one.current, other.current = 9_000, 11_000
    one.save()
    other.save()
    assert cell_of(collecting, *part).changed_since == "확인 뒤 고침"


def test_a_return_says_why(collecting, member, planner):
    workflow.submit(collecting, cell(collecting), user=member)
    with pytest.raises(EditionRefused, match="무엇을 고쳐야 하는지"):
        workflow.send_back(collecting, cell(collecting), user=planner)


def test_parts_are_taken_while_collecting_alone(edition, member):
    with pytest.raises(EditionRefused, match="받는 단계가 아닙니다"):
        workflow.submit(edition, cell(edition), user=member)


def test_of_two_at_once_the_second_is_told(collecting, member, planner):
    workflow.submit(collecting, cell(collecting), user=member)
    stale = cell(collecting)
    workflow.confirm(collecting, cell(collecting), user=planner)
    with pytest.raises(EditionRefused, match="그 사이 다른 사람이"):
        workflow.send_back(collecting, stale, user=planner, note="x")
    fresh = cell(collecting)
    with pytest.raises(EditionRefused, match="그 사이 다른 사람이"):
        workflow.send_back(
            collecting, fresh, user=planner, note="x", version_token="submitted"
        )  # what the page showed
    assert cell(collecting).state == "confirmed"


def test_the_owner(collecting, member, planner):
    for owner, shown in ((member, ""), (member, str(member.pk)), (None, str(member.pk))):
        workflow.assign_owner(collecting, cell(collecting), owner, user=planner, version_token=shown)
        assert (cell(collecting).owner, cell(collecting).state) == (owner, "not_begun")
    assert [event[2] for event in told(collecting, EditionEvent.Kind.OWNER)] == ["김하나", "없음"]


def test_an_owner_that_somebody_else_named_meanwhile_stays(collecting, member, planner):
    workflow.assign_owner(collecting, cell(collecting), member, user=planner, version_token="")
    with pytest.raises(EditionRefused, match="맡은 사람을 바꾸었습니다"):
        workflow.assign_owner(
            collecting, cell(collecting), planner, user=planner, version_token=""
        )  # when the page was opened there was none
    assert cell(collecting).owner == member
    workflow.assign_owner(collecting, cell(collecting), planner, user=planner, version_token=str(member.pk))
    assert cell(collecting).owner == planner


# The edition


def test_the_stages(edition, planner):
    for state in ("collecting", "review"):
        workflow.change_state(edition, state, user=planner)
    with pytest.raises(EditionRefused, match="까닭을 적어"):
        workflow.change_state(edition, "collecting", user=planner)
    workflow.change_state(edition, "open", user=planner, reason="예산안이 바뀜")
    assert told(edition, EditionEvent.Kind.STATE) == [
        ("open", "collecting", "", "planner"),
        ("collecting", "review", "", "planner"),
        ("review", "open", "예산안이 바뀜", "planner"),
    ]


@pytest.mark.parametrize("state", ["open", "review", "published", "", "x"])
def test_no_other_stage_follows(edition, planner, state):
    with pytest.raises(EditionRefused):
        workflow.change_state(edition, state, user=planner)
    edition.refresh_from_db()
    assert edition.state == "open"


def test_what_is_edited_is_kept(edition, planner):
    given = {"title": edition.title, "council_session": "제316회 임시회", "deadline": date(2022, 11, 10)}
    assert workflow.edit(edition, user=planner, version_token=workflow.token_of(edition), **given)
    edition.refresh_from_db()
    assert (edition.council_session, edition.deadline) == ("제316회 임시회", date(2022, 11, 10))
    note = told(edition, EditionEvent.Kind.EDITED)[0][2]
    assert note == "의회 회기 제315회 정례회 → 제316회 임시회, 제출 마감 2022. 11. 8. → 2022. 11. 10."
    assert not workflow.edit(edition, user=planner, version_token=workflow.token_of(edition), **given)


def test_an_edition_opened_by_mistake_goes_and_its_drafts_stay(collecting, member):
    workflow.submit(collecting, cell(collecting), user=member)
    sources = set(Staffing.objects.filter(source__as_of="2022-11-01").values_list("source", flat=True))
    workflow.delete_edition(collecting)
    assert not Edition.objects.exists()
    assert not EditionEvent.objects.exists()
    assert sources == set(
        Staffing.objects.filter(source__as_of="2022-11-01").values_list("source", flat=True)
    )


# What the database keeps


def test_steps_are_not_changed(edition):
    with pytest.raises(DatabaseError, match="회차의 경과는"), transaction.atomic():
        edition.events.update(note="x")


@pytest.fixture
def published(seeded):
    edition = make_edition("2022-11-05", "collecting")
    unit = edition.bureau
    Submission.objects.create(edition=edition, department=unit, part="vision", state="confirmed")
    EditionEvent.objects.create(edition=edition, kind="opened")
    edition.state = "published"
    edition.save()
    return edition


@pytest.mark.parametrize("model", [Edition, Submission, EditionEvent])
@pytest.mark.parametrize("do", ["update", "delete"])
def test_nothing_of_a_published_edition_is_changed(published, model, do):
    rows = model.objects.filter(**({} if model is Edition else {"edition": published}))
    field = {"title": "x"} if model is Edition else {"note": "x"}
    with pytest.raises(DatabaseError, match="고치거나 지울 수 없습니다"), transaction.atomic():
        rows.update(**field) if do == "update" else rows._raw_delete("default")


def test_a_published_edition_takes_no_step(published, member, planner):
    for do in (
        lambda: workflow.change_state(published, "review", user=planner, reason="x"),
        lambda: workflow.edit(published, user=planner, version_token="", title="x"),
        lambda: workflow.delete_edition(published),
    ):
        with pytest.raises(EditionRefused, match="이미 발행한 회차"):
            do()
