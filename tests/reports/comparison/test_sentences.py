from datetime import date

import pytest
from django.utils.html import strip_tags

from reports.chapters import budget_section
from reports.chapters.duties.data import DutiesRow
from reports.chapters.organisation import section as organisation_section
from reports.chapters.organisation.changes import Untold
from reports.chapters.organisation.data import UnitCount
from reports.chapters.projects import section as projects_section
from reports.chapters.staffing import section as staffing_section
from reports.comparison import sentences
from reports.comparison.changes import Counts
from reports.comparison.compare import compare
from reports.comparison.page import page_of
from tests.reports.plain import (
    expenditure,
    milestone,
    project,
    report,
    revenue,
    staff_count,
    staffing,
    succession,
    two,
    unit,
)

BEFORE, AFTER = date(2022, 3, 31), date(2022, 9, 30)


def lead(before, after):
    return [strip_tags(sentence) for sentence in page_of(compare(before, after)).lead]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((10, 9), (12, 8), "정원은 10명에서 12명으로 2명 늘고, 현원은 9명에서 8명으로 1명 줄었습니다."),
        ((10, 9), (8, 9), "정원은 10명에서 8명으로 2명 줄고, 현원은 9명으로 같습니다."),
        ((10, 9), (10, 10), "정원은 10명으로 같고, 현원은 9명에서 10명으로 1명 늘었습니다."),
    ],
)
def test_staff_leads(before, after, expected):
    old, new = (staffing(staff_count("a", *numbers)) for numbers in (before, after))
    assert lead(*two("staffing", old, new)) == [expected]


def test_units_lead():
    bureau = unit("housing-bureau", "주택정책관", "bureau", "")
    before = report(units=(bureau, unit("a"), unit("gone")), successions=(succession("a", "b", "merged"),))
    assert lead(before, report(units=(bureau, unit("b")))) == ["없어진 부서 1곳, 합친 부서 1곳이 있습니다."]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            (100_000, 10_000),
            (200_000, 50_000),
            "세출 예산현액은 1.0억 원에서 2.0억 원으로 바뀌었고, 집행률은 10.0%에서 25.0%가 되었습니다.",
        ),
        (
            (100_000, 10_000),
            (100_000, 50_000),
            "세출 예산현액은 1.0억 원으로 같고, 집행률은 10.0%에서 50.0%가 되었습니다.",
        ),
        (
            (100_000, 10_000),
            (100_000, 10_001),
            "세출 예산현액은 1.0억 원으로 같고, 집행률은 10.0%로 같습니다.",
        ),
        ((100_000, None), (200_000, 50_000), "세출 예산현액은 1.0억 원에서 2.0억 원으로 바뀌었습니다."),
        ((100_000, None), (100_000, 50_000), "세출 예산현액은 1.0억 원으로 같습니다."),
    ],
)
def test_the_budget_leads(before, after, expected):
    assert lead(
        *two("expenditure", expenditure(2022, ("", "", *before)), expenditure(2022, ("", "", *after)))
    ) == [expected]


def test_projects_lead():
    old = (project("a"), project("b", 2), project("c", 3))
    new = (project("a", title="새 제목"), project("b", 2), project("d", 4))
    said = "주요 사업 4건 가운데 1건이 달라지고 1건이 새로 생기고 1건이 없어졌습니다."
    assert lead(*two("projects", old, new)) == [said]


def test_what_else_changed_leads_where_nothing_of_these_did():
    assert lead(*two("duties", (DutiesRow("a", "a", ("기획",)),), (DutiesRow("a", "a", ("감사",)),))) == [
        "달라진 것이 2건 있습니다."
    ]
    assert lead(report(), report()) == ["두 날의 보고 내용에 달라진 것이 없습니다."]
    assert lead(report(), report(organisation_heading="2담당관")) == [STATED_OTHERWISE]
    assert lead(report(scopes=()), report()) == ["두 날에 함께 있는 자료가 없어 견줄 것이 없습니다."]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (Counts(1, 2, 3, 4), "새로 생긴 것 1건, 없어진 것 2건, 달라진 것 3건입니다."),
        (Counts(changed=1), "달라진 것 1건입니다."),
        (Counts(same=9), "달라진 것이 없습니다."),
    ],
)
def test_counted(counts, expected):
    assert sentences.counted(counts) == expected


STATED_OTHERWISE = "부서의 이름과 자리는 그대로이고, 원문에 적힌 부서 수나 말이 달라졌습니다."


def organisation(before, after, *successions, **more):
    bureau = unit("housing-bureau", "주택정책관", "bureau", "")
    old = report(units=(bureau, *before), successions=successions)
    return organisation_section.sentence(
        compare(old, report(units=(bureau, *after), **more)).changes["organisation"]
    )


def test_units_that_changed_are_named():
    read = succession("a", "b", note="이름에서 읽음")
    assert organisation([unit("a")], [unit("b")], read) == "이름을 바꾼 곳은 a → b(이름에서 읽음)입니다."
    assert organisation([unit("a")], [unit("a"), unit("b"), unit("c")]) == "새로 생긴 곳은 b, c입니다."


def test_an_organisation_that_stayed():
    assert organisation([unit("a")], [unit("a")]) == "달라진 것이 없습니다."
    assert organisation([unit("a")], [unit("a")], organisation_heading="2담당관") == STATED_OTHERWISE
    assert (
        organisation([unit("a")], [unit("a")], unit_counts=(UnitCount("team", "팀", 3, "3팀"),))
        == STATED_OTHERWISE
    )


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (
            Untold("팀", ("가팀", "나팀"), True, 23),
            "※ 팀 2개(가팀, 나팀)는 2022. 9. 30. 자료에만 이름이 나옵니다. "
            "2022. 3. 31. 자료는 팀의 수(23개)만 적고 이름을 다 적지 않아 새로 생겼는지 알 수 없습니다.",
        ),
        (
            Untold("재단", ("가재단",), False),
            "※ 재단 1개(가재단)는 2022. 3. 31. 자료에만 이름이 나옵니다. 2022. 9. 30. 자료는 재단의 이름을 적지 않아 없어졌는지 알 수 없습니다.",
        ),
    ],
)
def test_units_of_which_nobody_can_say(one, expected):
    assert organisation_section.untold(one, BEFORE, AFTER) == expected


def staff(before, after):
    return staffing_section.sentence(
        compare(*two("staffing", staffing(*before), staffing(*after))).changes["staffing"]
    )


def test_where_staff_rose_and_fell_the_most():
    before = staff_count("a", 10, 8), staff_count("b", 10, 8), staff_count("c", 10, 8)
    after = staff_count("a", 10, 10), staff_count("b", 10, 10), staff_count("c", 10, 5)
    assert (
        staff(before, after)
        == "현원이 가장 많이 는 곳은 a, b(+2명)이고, 현원이 가장 많이 준 곳은 c(△3명)입니다."
    )
    assert staff(before, before) == "달라진 것이 없습니다."
    assert staff(before, (*before[:2], staff_count("c", 11, 8))) == "달라진 것 1건입니다."


def test_who_left_is_named():
    before, after = (
        (staff_count("a", 10, 8), staff_count("gone", 5, 4, name="녹지과")),
        (staff_count("a", 10, 8),),
    )
    assert staff(before, after) == (
        "앞 날의 계에는 뒤 날에 없는 녹지과(정원 5, 현원 4)가 들어 있습니다. "
        "두 날에 모두 있는 부서만 더하면 정원 10(그대로), 현원 8(그대로)입니다."
    )


def money(before, after):
    return budget_section.sentence(compare(*two("revenue", before, after)).changes["revenue"], "세입")


def test_the_whole_budget():
    before = revenue(2022, ("", 0, 300, 0), ("a", 1, 300, 0))
    assert (
        money(before, revenue(2022, ("", 0, 330, 0), ("a", 1, 330, 0)))
        == "세입 예산현액은 300천원에서 330천원으로 +30천원(10.0%) 바뀌었습니다."
    )
    moved = revenue(2022, ("", 0, 300, 0), ("a", 1, 200, 0), ("b", 1, 100, 0))
    assert (
        money(before, moved)
        == "세입 예산현액의 계는 300천원으로 같습니다. 새로 생긴 것 1건, 달라진 것 1건입니다."
    )
    assert money(before, before) == "달라진 것이 없습니다."
    later = revenue(2023, ("", 0, 270, 0), ("a", 1, 270, 0))
    assert money(before, later) == (
        "2022년과 2023년의 예산이라 회계연도가 다릅니다. 세입 예산현액은 300천원에서 270천원으로 △30천원(△10.0%) 바뀌었습니다."
    )


def test_statuses_that_moved_are_counted():
    before = project(milestones=tuple(milestone(key) for key in "abc"))
    after = project(
        milestones=(
            milestone("a", status="done"),
            milestone("b", status="done"),
            milestone("c", status="in_progress"),
        )
    )
    changes = compare(*two("projects", (before,), (after,))).changes["projects"]
    assert (
        projects_section.sentence(changes)
        == "달라진 것 1건입니다. 상태가 바뀐 실적·일정은 3건입니다(예정 → 완료 2건, 예정 → 추진 중 1건)."
    )
