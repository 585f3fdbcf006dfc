from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from budgets.expenditure import execution
from budgets.expenditure.table import execution_table, rounding_notes
from core.models import ControlTotal, Source
from core.snapshot import Snapshot
from seoul_digital.lib.tables import computed_text_of, text_of
from tests.budgets.plain import BIG_DATA, CENTER, PACE, SECURITY, printed, row, summary_of
from tests.factories import NOBODY


def shown(table):
    return [[text_of(*pair) for pair in zip(table.columns, one.cells, strict=True)] for one in table.rows]


def computed(table):
    return [
        text
        for one in table.rows
        for pair in zip(table.columns, one.cells, strict=True)
        if (text := computed_text_of(*pair))
    ]


def test_the_reports_table(seeded):
    summary = execution.summary(Snapshot.from_query(NOBODY, {}))
    table = execution_table(summary, summary.rows)
    assert shown(table) == [
        ["계", "143,204,842", "121,405,762", "+21,799,080", "+18.0%", "95,839,632", "66.9%", "+0.9"],
        [
            "디지털정책담당관",
            "18,321,327",
            "27,739,845",
            "△9,418,518",
            "△34.0%",
            "14,065,874",
            "76.8%",
            "+10.7",
        ],
        [
            "빅데이터담당관",
            "14,817,415",
            "11,053,517",
            "+3,763,898",
            "+34.1%",
            "13,077,831",
            "88.3%",
            "+22.2",
        ],
        ["정보시스템담당관", "6,311,296", "6,079,032", "+232,264", "+3.8%", "5,740,321", "91.0%", "+24.9"],
        ["정보공개담당관", "10,050,511", "6,906,501", "+3,144,010", "+45.5%", "7,293,999", "72.6%", "+6.5"],
        ["공간정보담당관", "8,622,268", "5,936,472", "+2,685,796", "+45.2%", "7,326,458", "85.0%", "+18.9"],
        [
            "정보통신보안담당관",
            "33,716,436",
            "33,106,529",
            "+609,907",
            "+1.8%",
            "19,056,893",
            "56.5%",
            "△9.5",
        ],
        ["일반회계", "22,952,023", "30,142,602", "△7,190,579", "△23.9%", "17,088,618", "74.5%", "+8.4"],
        ["특별회계", "10,764,413", "2,963,927", "+7,800,486", "+263.2%", "1,968,275", "18.3%", "△47.7"],
        ["데이터센터", "46,706,677", "25,923,001", "+20,783,676", "+80.2%", "25,640,449", "54.9%", "△11.1"],
        ["서울기록원", "4,658,912", "4,660,865", "△1,953", "0.0%", "3,637,806", "78.1%", "+12.1"],
    ]
    assert computed(table) == []
    assert (table.unit, table.as_of, table.pace) == ("천원, %, %p", date(2022, 8, 29), PACE)
    assert [column.one_line_label for column in table.columns[1:3]] == ["2022 예산현액", "2021 최종예산"]
    assert table.notes == [
        "※ ´22년 당초예산 + 이월액 + 이체 = ´22년 예산현액",
        "※ 집행액은 원인행위 기준",
        "※ 부서별 집행액의 합은 95,839,631천원으로 계보다 1천원 적습니다(단수 차이).",
    ]


def test_the_total_stands_out_and_accounts_are_indented():
    table = execution_table(
        summary_of(SECURITY, CENTER), [SECURITY, *SECURITY.accounts, CENTER], lambda one: f"/{one.slug}"
    )
    assert [(one.total, one.level) for one in table.rows] == [
        (True, 0),
        (False, 0),
        (False, 1),
        (False, 1),
        (False, 0),
    ]
    assert [one.cells[0].href for one in table.rows][:2] == ["", "/ict-security"]


def test_only_the_gap_behind_the_pace_warns():
    table = execution_table(summary_of(SECURITY, BIG_DATA), [SECURITY, BIG_DATA])
    assert [one.cells[-1].warn for one in table.rows] == [False, True, False]


def test_without_rows_the_total_is_left():
    assert shown(execution_table(summary_of(CENTER), []))[0][0] == "계"


def test_a_printed_figure_that_disagrees_has_the_computed_one_beside_it():
    stated = printed(
        current_budget=40_000_000_000, change_rate=Decimal("18.0"), execution_rate=Decimal("54.9")
    )
    table = execution_table(summary_of(CENTER, totals=stated), [])
    assert shown(table) == [
        ["계", "40,000,000", "25,923,001", "+20,783,676", "+18.0%", "25,640,449", "54.9%", "△11.1"]
    ]
    assert computed(table) == ["46,706,677", "+80.2%"]


def test_a_printed_figure_within_rounding_stands_alone():
    stated = {("data-center", "committed", 2022): ControlTotal(source=Source(), value=25_640_449_400)}
    table = execution_table(summary_of(CENTER, totals=stated), [CENTER])
    assert table.rows[1].cells[5].value == 25_640_449_400
    assert computed(table) == []


def test_a_printed_change_may_be_off_by_one():
    stated = {("data-center", "change", 2022): ControlTotal(source=Source(), value=20_783_677_000)}
    assert computed(execution_table(summary_of(CENTER, totals=stated), [CENTER])) == []
    stated = {("data-center", "change", 2022): ControlTotal(source=Source(), value=20_783_678_000)}
    assert computed(execution_table(summary_of(CENTER, totals=stated), [CENTER])) == ["+20,783,676"]


@pytest.mark.parametrize("previous", [None, 0])
def test_what_is_unknown_shows_a_dash(previous):
    new = row("새 부서", 1_000, previous)
    rate = "-" if previous is None else "순증"
    change = "-" if previous is None else "+1,000"
    assert shown(execution_table(summary_of(new), [new]))[1] == [
        "새 부서",
        "1,000",
        "-",
        change,
        rate,
        "-",
        "-",
        "-",
    ]


def test_a_printed_word_leaves_the_computed_rate():
    new = row("새 부서", 1_000, 0, 10)
    stated = {("새 부서", "change_rate", 2022): ControlTotal(source=Source(), value=None, printed="순증")}
    assert shown(execution_table(summary_of(new, totals=stated), [new]))[1][4] == "순증"


@pytest.mark.parametrize(
    ("current", "previous", "expected"),
    [(150, 100, 50), (0, 100, -100), (1, 0, "순증"), (0, 0, "-"), (1, None, None)],
)
def test_change_rate(current, previous, expected):
    assert row("가", current, previous).change_rate == expected


@pytest.mark.parametrize(
    ("stated", "notes"),
    [
        (46_706_677_000, []),
        (46_706_677_500, ["※ 부서별 예산현액의 합은 46,706,677천원으로 계보다 1천원 적습니다(단수 차이)."]),
        (46_706_676_500, ["※ 부서별 예산현액의 합은 46,706,677천원으로 계보다 1천원 많습니다(단수 차이)."]),
        (46_706_000_000, []),  # a disagreement, which the table marks
    ],
)
def test_a_difference_by_rounding_is_said(stated, notes):
    assert list(rounding_notes(summary_of(CENTER, totals=printed(current_budget=stated)))) == notes


def test_an_unknown_execution_is_not_held_against_a_printed_one():
    summary = summary_of(replace(CENTER, committed=None), totals=printed(committed=1_000))
    assert list(rounding_notes(summary)) == []


def test_without_execution_no_pace_is_drawn():
    """Its name would stand on the head of a column that has no bar."""
    assert execution_table(summary_of(row("새 부서", 10, 0)), []).pace is None
