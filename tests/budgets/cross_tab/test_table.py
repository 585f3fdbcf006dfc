from collections import Counter
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from budgets.cross_tab.data import DatedSums
from budgets.cross_tab.filters import CrossTabFilters
from budgets.cross_tab.pivot import Group, cross_tab
from budgets.cross_tab.result import CrossTabResult
from budgets.cross_tab.table import amounts_of, cross_tab_table, difference
from core.models import ControlTotal, Source
from seoul_digital.lib.tables import as_cell, computed_text_of, text_of

LABELS = {
    "department": {"center": "데이터센터", "security": "정보통신보안담당관"},
    "account": {"general": "일반회계", "": "구분 없음"},
    "policy": {"": "구분 없음"},
}
GROUPS = [
    Group("center", "general", 2_000_000, 1_000_000, 1),
    Group("center", "", 1_000_000, 1_000_000, 2),
    Group("security", "general", 4_000_000, 1_000_000, 3),
]
UNKNOWN = [*GROUPS[:2], Group("security", "general", 4_000_000, None, 3)]
UNDIVIDED = "※ ‘구분 없음’은 자료가 회계를 나누어 적지 않은 금액입니다."
SNAPSHOT = SimpleNamespace(url=lambda name, slug: f"/{slug}/")


def dated(groups=GROUPS, as_of=date(2022, 8, 29), fiscal_year=2022, labels=LABELS, **more):
    return DatedSums(as_of, fiscal_year, groups, labels, **more)


def result(*dates, most=10, successions=(), **filters):
    dates = dates or (dated(),)
    tab = cross_tab([one.groups for one in dates], most, most)
    return CrossTabResult(CrossTabFilters(**filters), tab, dates, successions)


def shown(table):
    """The texts of the table's rows."""
    return [
        [text_of(column, cell) for column, cell in zip(table.columns, row.cells, strict=True)]
        for row in table.rows
    ]


def table(*dates, **more):
    return cross_tab_table(result(*dates, **more), SNAPSHOT)


@pytest.mark.parametrize(
    ("measure", "fact"),
    [
        (
            "current",
            "computed:원={expenditure:center/general/current} + {expenditure:security/current}",
        ),
        (
            "rate",
            "computed:%=({expenditure:center/general/committed} + {expenditure:security/committed})"
            " / ({expenditure:center/general/current} + {expenditure:security/current}) * 100",
        ),
    ],
)
def test_total_of_an_account_is_made_of_its_departments(measure, fact):
    found = table(measure=measure).rows[0].cells
    assert found[2].fact == fact
    assert found[3].fact == ""  # lines without an account
    earlier = table(dated(as_of=date(2022, 6, 30)), dated(), measure=measure).rows[0].cells
    assert (earlier[4].fact, earlier[5].fact) == (f"{fact}#2022-06-30", fact)


def test_total_of_an_account_among_folded_departments_has_no_fact():
    assert table(most=1).rows[0].cells[2].fact == ""


def test_table_of_amounts():
    found = table()
    assert [column.label for column in found.columns] == ["부서", "계", "일반회계", "구분 없음"]
    assert shown(found) == [
        ["계", "7,000", "6,000", "1,000"],
        ["데이터센터", "3,000", "2,000", "1,000"],
        ["정보통신보안담당관", "4,000", "4,000", "-"],
    ]
    assert found.caption_line == "2022. 8. 29. 기준 · (단위: 천원)"
    assert found.title == "부서 × 회계 예산현액"
    assert [row.total for row in found.rows] == [True, False, False]


@pytest.mark.parametrize(
    ("measure", "rows"),
    [
        (
            "committed",
            [["계", "3,000", "2,000", "1,000"], ["데이터센터", "2,000", "1,000", "1,000"], ["정보통신보안담당관", "1,000", "1,000", "-"]],
        ),
        (
            "unexecuted",
            [["계", "4,000", "4,000", "-"], ["데이터센터", "1,000", "1,000", "-"], ["정보통신보안담당관", "3,000", "3,000", "-"]],
        ),
        (
            "rate",
            [["계", "42.9%", "33.3%", "100.0%"], ["데이터센터", "66.7%", "50.0%", "100.0%"], ["정보통신보안담당관", "25.0%", "25.0%", "-"]],
        ),
    ],
)  # fmt: skip
def test_table_of_the_other_measures(measure, rows):
    assert shown(table(measure=measure)) == rows


def test_table_warns_of_rates_below_the_pace():
    cells = [as_cell(cell) for row in table(measure="rate").rows for cell in row.cells[1:]]
    assert [cell.warn for cell in cells] == [True, True, False, False, True, False, True, True, False]


def test_table_leaves_blank_what_is_unknown_and_its_totals():
    found = table(dated(UNKNOWN), measure="committed")
    assert [[as_cell(cell).value for cell in row.cells[1:]] for row in found.rows] == [
        [None, None, 1_000_000],
        [2_000_000, 1_000_000, 1_000_000],
        [None, None, None],
    ]
    assert "※ 집행액을 모르는 줄이 들어 있는 칸과 합계는 비워 두었습니다." in found.notes
    assert table(dated(UNKNOWN)).notes == [UNDIVIDED]


def test_table_links_departments_to_their_lines():
    assert [as_cell(row.cells[0]).href for row in table().rows] == ["", "/center/", "/security/"]
    turned = [group._replace(row=group.column, column=group.row) for group in GROUPS]
    found = table(dated(turned), rows="account", columns="department")
    assert [as_cell(row.cells[0]).href for row in found.rows] == ["", "", ""]


def test_table_folds_what_is_small():
    found = table(most=1)
    assert [row[0] for row in shown(found)] == ["계", "그 밖의 부서 2개"]
    assert found.columns[-1].label == "그 밖의 회계 2개"
    assert found.notes == ["※ 예산현액이 큰 것부터 보이고 나머지는 ‘그 밖’에 더했습니다."]


def test_table_says_that_equal_names_are_added_up():
    groups = [Group("", "general", 1_000, 1_000)]
    assert table(dated(groups), rows="policy").notes == [
        "※ ‘구분 없음’은 자료가 정책사업을 나누어 적지 않은 금액입니다.",
        "※ 이름이 같은 사업과 목은 부서와 상위 사업이 달라도 하나로 더했습니다.",
    ]


# Printed totals


def printed(measure, value, subject=""):
    return {
        (subject, measure, 2022): ControlTotal(
            source=Source(), measure=measure, subject=subject, value=value, printed="x"
        )
    }


def total_of(measure, value, subject="", row=0, column=1, filters="current"):
    dates = dated(printed=printed(measure, value, subject), accounts=Counter(center=2, security=1))
    found = table(dates, measure=filters)
    place = found.columns[column]
    cell = found.rows[row].cells[column]
    return (
        text_of(place, cell),
        computed_text_of(place, cell),
        [note for note in found.notes if note != UNDIVIDED],
    )


def test_table_shows_a_printed_total_that_is_rounded():
    assert total_of("current_budget", 7_001_000) == (
        "7,001",
        "",
        ["※ 2022. 8. 29. 예산현액의 합은 7,000천원으로 계보다 1천원 적습니다(단수 차이)."],
    )


def test_table_marks_a_printed_total_that_disagrees():
    assert total_of("current_budget", 7_100_000) == ("7,100", "7,000", [])


def test_table_shows_what_is_printed_of_a_department_and_its_account():
    assert total_of("current_budget", 9_000_000, "center", row=1) == ("9,000", "3,000", [])
    assert total_of("committed", 9_000_000, "center/general", row=1, column=2, filters="committed") == (
        "9,000",
        "1,000",
        [],
    )


def test_table_takes_no_departments_total_for_its_lines_without_an_account():
    assert total_of("current_budget", 9_000_000, "center", row=1, column=3)[0] == "1,000"


def test_table_shows_a_printed_rate_that_disagrees():
    assert total_of("execution_rate", 50, filters="rate")[:2] == ("50.0%", "42.9%")
    assert total_of("execution_rate", Decimal("42.9"), filters="rate")[:2] == ("42.9%", "")


def test_table_keeps_balances_computed():
    assert total_of("current_budget", 7_100_000, filters="unexecuted") == ("4,000", "", [])


def test_table_holds_no_printed_total_against_what_is_folded():
    dates = dated(printed=printed("current_budget", 9_000_000, "center"), accounts=Counter(center=2))
    assert shown(table(dates, most=1))[1][1] == "7,000"


# Two dates

BEFORE = [Group("center", "general", 1_000_000, 200_000, 1), Group("security", "general", 5_000_000, None, 2)]
EARLIER = dated(BEFORE, date(2022, 3, 31))


def test_table_of_two_dates():
    found = table(EARLIER, dated())
    assert [(column.group, column.label) for column in found.columns[:7]] == [
        ("", "부서"),
        ("계", "’22. 3. 31."),
        ("계", "’22. 8. 29."),
        ("계", "차이"),
        ("일반회계", "’22. 3. 31."),
        ("일반회계", "’22. 8. 29."),
        ("일반회계", "차이"),
    ]
    assert shown(found) == [
        ["계", "6,000", "7,000", "+1,000", "6,000", "6,000", "-", "-", "1,000", "순증"],
        ["데이터센터", "1,000", "3,000", "+2,000", "1,000", "2,000", "+1,000", "-", "1,000", "순증"],
        ["정보통신보안담당관", "5,000", "4,000", "△1,000", "5,000", "4,000", "△1,000", "-", "-", "-"],
    ]
    assert found.caption_line == "2022. 3. 31. → 2022. 8. 29. · (단위: 천원)"


def test_table_of_two_dates_subtracts_exact_rates():
    found = table(EARLIER, dated(), measure="rate")
    assert shown(found)[1][1:4] == ["20.0%", "66.7%", "+46.7"]
    assert shown(found)[2][1:4] == ["-", "25.0%", "-"]
    assert found.unit == "%, %p"


def test_difference_of_the_unknown_is_unknown():
    found = result(EARLIER, dated(), measure="committed")
    assert difference(found, found.rows[2], found.columns[0]) is None
    assert difference(found, found.rows[0], found.columns[0]) is None


def test_difference_where_there_is_nothing_any_more():
    found = result(dated(), EARLIER)
    assert amounts_of(found, found.rows[1], found.columns[2]) == [1_000_000, 0]
    assert difference(found, found.rows[1], found.columns[2]) == -1_000_000


def test_difference_of_nothing_and_nothing():
    found = result(EARLIER, dated())
    assert difference(found, found.rows[2], found.columns[2]) is None


def test_table_of_two_dates_says_what_makes_them_differ():
    labels = LABELS | {"account": {"": "구분 없음"}}
    earlier = dated(
        [Group("center", "", 1_000, 1_000)], date(2021, 12, 31), 2021, labels, notes=("※ 최종예산",)
    )
    found = table(earlier, dated(notes=("※ 최종예산",)), successions=("옛과 → 데이터센터",))
    assert found.notes == [
        "※ 최종예산",
        UNDIVIDED,
        "※ 2021회계연도와 2022회계연도의 예산을 견주었습니다.",
        "※ 2021. 12. 31. 자료에는 회계 구분이 없습니다.",
        "※ 이름이 바뀐 부서는 이어진 부서에 더했습니다: 옛과 → 데이터센터.",
    ]


def test_table_of_two_dates_of_one_source_says_so():
    assert table(dated(), dated()).notes == [UNDIVIDED, "※ 두 날 모두 2022. 8. 29. 자료입니다."]
