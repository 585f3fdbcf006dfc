from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from budgets.revenue.tree import Node, Revenue
from dashboard.attention import (
    AttentionGroup,
    AttentionItem,
    behind_pace,
    disagreements,
    foremost,
    to_be_clarified,
    vacancies,
    without,
)
from departments.staffing import StaffCount, StaffingSummary
from projects.milestones.progress import milestone_on
from projects.models import Brief, Milestone
from seoul_digital.lib.reported import reported_rate
from tests.budgets.plain import BIG_DATA, CENTER, SECURITY, summary_of, won

D = date(2022, 8, 29)


def state(number, title, end, order=1, listing="schedule", **fields):
    return milestone_on(
        Brief(number=number), Milestone(title=title, end=end, order=order, listing=listing, **fields), D
    )


def test_behind_the_pace_comes_farthest_first_with_the_rates_of_the_accounts():
    found = behind_pace(summary_of(BIG_DATA, SECURITY, CENTER), lambda row: f"/#{row.anchor}")
    assert [(item.title, item.figure) for item in found] == [
        ("정보통신보안담당관 특별회계", "18.3%"), ("데이터센터", "54.9%"), ("정보통신보안담당관", "56.5%"),
    ]  # fmt: skip
    assert found[1] == AttentionItem(
        "데이터센터", "54.9%", "진도선 대비 △11.1%p · 남은 예산 210.7억 원", "/#row-data-center", warn=True
    )  # fmt: skip
    assert found[2].detail == "진도선 대비 △9.5%p · 일반회계 74.5% · 특별회계 18.3% · 남은 예산 146.6억 원"


def test_nothing_is_behind_where_nothing_is_known_of_execution():
    assert behind_pace(summary_of(replace(CENTER, committed=None)), str) == []


def test_disagreements_name_the_year_and_the_gap():
    wrong = Node(
        "x",
        "임시적세외수입",
        1,
        won(5_878_506_000, 954_794_000, 5),
        won(2_422_479_000, 893_020_000, 5),
        won(0),
        reported_rate(None),
    )
    right = Node("y", "보조금", 1, won(1_000, 1_000), won(1_000), won(0), reported_rate(None))
    tree = Revenue(2022, D, Node("", "계", 0, won(0), won(0), won(0), reported_rate(None), (wrong, right)))
    assert disagreements(tree, lambda node: f"/budgets/revenue/#item-{node.slug}") == [
        AttentionItem(
            "임시적세외수입 2022",
            "4,923,712천원",
            "원문 954,794 ≠ 아래 항목의 합 5,878,506",
            "/budgets/revenue/#item-x",
            warn=True,
        ),
        AttentionItem(
            "임시적세외수입 2021",
            "1,529,459천원",
            "원문 893,020 ≠ 아래 항목의 합 2,422,479",
            "/budgets/revenue/#item-x",
            warn=True,
        ),
    ]


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("ko", ("순증", "원문 순증 ≠ 아래 항목의 합 10")),
        ("en", ("new", "printed new ≠ sum of the items below 10")),
    ],
)
def test_a_printed_word_has_no_unit(language, shown):
    figure = replace(won(10_000), printed="순증")
    wrong = Node("x", "보조금", 1, figure, won(1_000), won(0), reported_rate(None))
    tree = Revenue(2022, D, Node("", "계", 0, won(0), won(0), won(0), reported_rate(None), (wrong,)))
    with translation.override(language):
        (item,) = disagreements(tree, lambda node: node.slug)
    assert (item.figure, item.detail) == shown


def test_a_disagreement_of_one_year_is_one_item():
    wrong = Node("x", "보조금", 1, won(10_000, 10_000), won(10_000, 20_000), won(0), reported_rate(None))
    tree = Revenue(2022, D, Node("", "계", 0, won(0), won(0), won(0), reported_rate(None), (wrong,)))
    assert [item.title for item in disagreements(tree, lambda node: node.slug)] == ["보조금 2021"]


def test_what_a_person_has_to_look_at_comes_first():
    opening = state(
        9,
        "1차 테스트 오픈",
        "2022-08-31",
        listing="achievement",
        start="2022-08-31",
        period_printed="’22.8.31.",
    )
    open_month = state(4, "실시간 도시데이터 개방", "2022-08", order=2)
    unreported = state(4, "서비스 개선", "2022-07", order=1)
    done = state(1, "공공와이파이 설치", "2022-04", listing="achievement")
    found = to_be_clarified([open_month, done, opening, unreported], lambda one: f"/{one.brief.number}/")
    assert found == [
        AttentionItem(
            "1차 테스트 오픈",
            "’22.8.31.",
            "사업 9 · 추진실적에 적혔으나 기준일 뒤에 시작합니다.",
            "/9/",
            warn=True,
        ),
        AttentionItem(
            "서비스 개선", "~ ’22. 7.", "사업 4 · 기간이 지났으나 결과가 보고되지 않았습니다.", "/4/"
        ),
        AttentionItem(
            "실시간 도시데이터 개방",
            "~ ’22. 8.",
            "사업 4 · 끝(2022. 8.)이 기준일을 포함해 확정할 수 없습니다.",
            "/4/",
        ),
    ]


def test_vacancies_come_largest_first_and_a_surplus_is_none():
    def unit(slug, name, authorized, headcount):
        return StaffCount(name, authorized, {"일반직": headcount}, slug=slug)

    units = (
        unit("a", "정보공개담당관", 25, 24),
        unit("b", "빅데이터담당관", 28, 29),
        unit("c", "데이터센터", 69, 63),
        unit("d", "라", 5, 5),
    )
    found = vacancies(StaffingSummary(units, units[0], ()).short, lambda slug: f"/departments/{slug}/")
    assert found == [
        AttentionItem("데이터센터", "△6명", "정원 69명 · 현원 63명", "/departments/c/"),
        AttentionItem("정보공개담당관", "△1명", "정원 25명 · 현원 24명", "/departments/a/"),
    ]


def test_the_gravest_of_each_group_is_seen_first():
    behind, wrong, times, posts = (
        AttentionGroup(
            title,
            "warn",
            [AttentionItem(f"{title}{number}", "", "", "/", warn=warn) for number, warn in items],
        )
        for title, items in [
            ("미달", [(1, True), (2, True)]),
            ("불일치", [(1, True)]),
            ("일정", [(1, False)]),
            ("결원", [(1, False)]),
        ]
    )
    groups = [behind, wrong, times, posts]
    first = foremost(groups)
    assert [item.title for _, item in first] == ["미달1", "불일치1", "미달2"]
    assert [(group.title, [item.title for item in group.items]) for group in without(groups, first)] == [
        ("일정", ["일정1"]),
        ("결원", ["결원1"]),
    ]
    assert (behind.urgent, times.quiet) == (behind.items, times.items)
