from collections import Counter
from datetime import date

import pytest
from django.utils import translation

from budgets.cross_tab.chart import cross_tab_chart
from budgets.cross_tab.data import DatedSums
from budgets.cross_tab.filters import CrossTabFilters
from budgets.cross_tab.pivot import Group, cross_tab
from budgets.cross_tab.result import CrossTabResult

LABELS = {
    "department": {"center": "데이터센터", "security": "정보통신보안담당관"},
    "account": {"general": "일반회계", "special": "특별회계"},
}
HUNDRED_MILLION = 100_000_000
GROUPS = [
    Group("center", "general", 2 * HUNDRED_MILLION, HUNDRED_MILLION),
    Group("security", "general", HUNDRED_MILLION, None),
    Group("security", "special", 4 * HUNDRED_MILLION, HUNDRED_MILLION),
]
BEFORE = [
    Group("center", "general", HUNDRED_MILLION, HUNDRED_MILLION),
    Group("security", "general", 6 * HUNDRED_MILLION, 0),
]


def dated(groups, as_of=date(2022, 8, 29), labels=LABELS):
    return DatedSums(as_of, 2022, groups, labels, {}, Counter())


def chart(*dates, **filters):
    tab = cross_tab([one.groups for one in dates], 100, 12)
    return cross_tab_chart(CrossTabResult(CrossTabFilters(**filters), tab, dates))


def names(figure):
    return [row["text"] for row in figure.layout.meta["rows"]]


def test_chart_stacks_the_largest_columns_first():
    found = chart(dated(GROUPS))
    figure = found.build()
    assert (found.title, found.unit) == ("부서별 예산현액", "억 원")
    assert found.summary == "부서 2개를 예산현액이 큰 차례로 보입니다. 막대는 회계별 금액을 쌓은 것입니다."
    assert names(figure) == ["정보통신보안담당관", "데이터센터"]
    assert [(trace.name, trace.x) for trace in figure.data] == [
        ("특별회계", (4e8, 0.0)),
        ("일반회계", (1e8, 2e8)),
    ]
    assert figure.layout.meta["columns"][0]["texts"] == ["5.0", "2.0"]


@pytest.mark.parametrize(("language", "text"), [("ko", "4.0억 원"), ("en", "₩0.4 bn")])
def test_chart_writes_amounts_on_hover_in_the_readers_unit(language, text):
    with translation.override(language):
        figure = chart(dated(GROUPS)).build()
    assert figure.data[0].customdata[0] == f"정보통신보안담당관<br>특별회계 {text}"


def test_chart_holds_execution_against_the_budget():
    figure = chart(dated(GROUPS), measure="committed").build()
    assert [trace.x for trace in figure.data] == [(1e8, 0.0), (None, 1e8), (5e8, 2e8)]
    assert ("tick", "예산현액") in [tuple(one) for one in figure.layout.meta["legend"]]
    assert figure.layout.meta["columns"][0]["texts"] == ["-", "1.0"]


def test_chart_of_rates_has_the_total_and_the_pace():
    found = chart(dated(GROUPS), measure="rate")
    figure = found.build()
    assert (found.title, found.summary) == (
        "부서별 집행률(원인행위)",
        "부서 2개를 예산현액이 큰 차례로 보입니다.",
    )
    assert names(figure) == ["계", "정보통신보안담당관", "데이터센터"]
    assert figure.layout.meta["columns"][0]["texts"] == ["-", "-", "50.0%"]


def test_chart_of_two_dates_shows_the_changes():
    found = chart(dated(BEFORE, date(2022, 3, 31)), dated(GROUPS))
    figure = found.build()
    assert (found.title, found.unit) == ("부서별 예산현액의 증감", "억 원, %")
    assert [column["texts"] for column in figure.layout.meta["columns"]] == [
        ["-", "△1.0", "+1.0"],
        ["0.0%", "△16.7%", "+100.0%"],
    ]


def test_chart_of_two_dates_has_no_change_of_the_unknown():
    figure = chart(dated(BEFORE, date(2022, 3, 31)), dated(GROUPS), measure="committed").build()
    assert [column["texts"] for column in figure.layout.meta["columns"]] == [
        ["-", "-", "-"],
        ["-", "-", "0.0%"],
    ]


@pytest.mark.parametrize("count", [12, 13])
def test_chart_shows_the_twelve_largest_rows(count):
    groups = [Group(f"{number:02}", "general", number, number) for number in range(count)]
    labels = LABELS | {"department": {f"{number:02}": f"{number:02}과" for number in range(count)}}
    found = chart(dated(groups, labels=labels))
    assert names(found.build())[0] == f"{count - 1}과"
    assert len(names(found.build())) == 12
    assert found.summary.startswith(
        "부서 12개를 예산현액이 큰 차례로 보입니다." if count == 12 else "예산현액이 큰 부서 12개입니다."
    )
