from datetime import date

import pytest
from django.utils.html import strip_tags

from reports.chapters.organisation import section as organisation_section
from reports.chapters.organisation.changes import Untold
from reports.chapters.organisation.data import UnitCount
from reports.comparison.compare import compare
from reports.comparison.page import page_of
from tests.reports.plain import (
    report,
    succession,
    unit,
)

BEFORE, AFTER = date(2022, 3, 31), date(2022, 9, 30)


STATED_OTHERWISE = "부서의 이름과 자리는 그대로이고, 원문에 적힌 부서 수나 말이 달라졌습니다."


def lead(before, after):
    return [strip_tags(sentence) for sentence in page_of(compare(before, after)).lead]


def test_units_lead():
    bureau = unit("housing-bureau", "주택정책관", "bureau", "")
    before = report(units=(bureau, unit("a"), unit("gone")), successions=(succession("a", "b", "merged"),))
    assert lead(before, report(units=(bureau, unit("b")))) == ["없어진 부서 1곳, 합친 부서 1곳이 있습니다."]


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
