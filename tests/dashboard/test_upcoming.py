from datetime import date

import pytest

from dashboard.upcoming import upcoming
from projects.milestones.progress import milestone_on
from projects.models import Brief, Milestone

D = date(2022, 8, 29)


def state(title, start="", end="", number=1, order=1):
    return milestone_on(
        Brief(number=number), Milestone(title=title, start=start, end=end, order=order, listing="schedule"), D
    )


def shown(*states, **options):
    found = upcoming(states, D, **options)
    return [
        (month.year, month.month, [f"{event.state.title} {event.what}".strip() for event in month.events])
        for month in found.months
    ]


def test_beginnings_and_ends_come_by_month():
    assert shown(
        state("정식 오픈", "2022-11", "2022-11"),
        state("리더스포럼", "2022-09-26", "2022-09-28"),
        state("플랫폼 구축", "2022-01", "2022-11-15"),
        state("2단계 추진", "2022-09", ""),
    ) == [
        (2022, 9, ["2단계 추진 시작", "리더스포럼 시작"]),
        (2022, 11, ["정식 오픈", "플랫폼 구축 끝"]),  # a month counts from its first day
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "comes"),
    [
        ("2022-08-29", False),
        ("2022-08-30", True),
        ("2022-11-27", True),
        ("2022-11-28", False),
        ("2022-11", True),
        ("2022-12", False),
        ("2022-08", False),
    ],
)
def test_ninety_days_from_the_day_after(day, comes):
    assert bool(shown(state("x", day, day))) is comes


def test_foremost_are_the_first_five_of_all_months():
    states = [state(f"{month}월", f"2022-{month:02}", f"2022-{month:02}") for month in (9, 10, 11)]
    found = upcoming(
        [*states, *(state(f"{day}일", f"2022-09-{day}", f"2022-09-{day}") for day in (10, 20, 30))], D
    )
    assert [event.state.title for event in found.foremost] == ["9월", "10일", "20일", "30일", "10월"]


def test_the_period_that_is_looked_at():
    found = upcoming([], D)
    assert (found.first, found.last, found.count, found.months) == (
        date(2022, 8, 30),
        date(2022, 11, 27),
        0,
        [],
    )
    assert upcoming([], D, days=7).last == date(2022, 9, 5)


def test_over_the_turn_of_the_year():
    late = date(2022, 12, 1)
    found = upcoming([state("나", "2023-01-02", ""), state("가", "2022-12-31", "")], late)
    assert [(month.year, month.month) for month in found.months] == [(2022, 12), (2023, 1)]
    assert found.count == 2


def test_of_one_day_the_earlier_project_comes_first():
    same = [
        state("다", "2022-09-01", "2022-09-01", number=2),
        state("나", "2022-09-01", "2022-09-01", order=2),
        state("가", "2022-09-01", "2022-09-01"),
    ]
    assert shown(*same) == [(2022, 9, ["가", "나", "다"])]


def test_what_is_given_by_the_day_comes_before_its_month():
    assert shown(state("월", "2022-09", "2022-09"), state("일", "2022-09-01", "2022-09-01")) == [
        (2022, 9, ["일", "월"])
    ]


def test_a_milestone_without_a_time_does_not_come():
    assert shown(state("x")) == []
