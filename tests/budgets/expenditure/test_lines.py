from datetime import date

import pytest

from budgets.expenditure.lines import lines_table, programme
from budgets.models import BudgetFigure, BudgetLine
from departments.models import Department
from seoul_digital.lib.tables import text_of

pytestmark = pytest.mark.engine

UNIT = Department(slug="ict-security", name="정보통신보안담당관")


def figure(line=None, **amounts):
    in_won = {name: amount * 1000 for name, amount in amounts.items()}
    return BudgetFigure(line=BudgetLine(fiscal_year=2022, department=UNIT, **(line or {})), **in_won)


def table_of(*figures):
    table = lines_table(UNIT, figures, date(2022, 8, 29))
    rows = [[text_of(*pair) for pair in zip(table.columns, row.cells, strict=True)] for row in table.rows]
    return table, [column.one_line_label for column in table.columns], rows


def test_a_departments_total_is_one_line():
    table, labels, rows = table_of(
        figure({"account_kind": "special"}, current=10_764_413, committed=1_968_275)
    )
    assert labels == [
        "사업",
        "회계",
        "편성목·통계목",
        "예산현액",
        "원인행위액",
        "집행률 (원인행위)",
        "집행잔액 (원인행위 기준)",
    ]
    assert rows == [
        ["부서 합계(사업 구분 없음)", "특별회계", "-", "10,764,413", "1,968,275", "18.3%", "8,796,138"]
    ]
    assert (table.title, table.unit, table.as_of) == (
        "정보통신보안담당관 세출 내역",
        "천원, %",
        date(2022, 8, 29),
    )


def test_a_book_has_no_execution():
    table, labels, rows = table_of(figure(current=100))
    assert labels == ["사업", "회계", "편성목·통계목", "예산현액"]
    assert rows == [["부서 합계(사업 구분 없음)", "구분 없음", "-", "100"]]
    assert table.unit == "천원"


def test_only_the_parts_that_the_source_fills_have_a_column():
    line = {
        "policy": "정책",
        "detailed": "세부",
        "object_group": "201 일반운영비",
        "object_name": "01 사무관리비",
        "account_name": "교통사업특별회계",
    }
    table, labels, rows = table_of(
        figure(line, current=100, original=90, carried_over=0, disbursed=5), figure(current=1, diverted=-10)
    )
    assert labels == ["사업", "회계", "편성목·통계목", "당초예산", "이월액", "전용", "예산현액", "지출액"]
    assert rows == [
        ["정책 › 세부", "교통사업특별회계", "201 일반운영비 · 01 사무관리비", "90", "-", "-", "100", "5"],
        ["부서 합계(사업 구분 없음)", "구분 없음", "-", "-", "-", "△10", "1", "-"],
    ]
    assert [column.group for column in table.columns][3:6] == ["예산의 구성"] * 3


def test_a_line_of_which_nothing_is_executed_is_not_one_of_which_nothing_is_known():
    _, _, rows = table_of(
        figure(current=100, committed=0), figure(current=100), figure(current=0, committed=0)
    )
    assert [row[4:] for row in rows] == [["-", "0.0%", "100"], ["-", "-", "-"], ["-", "-", "-"]]


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ({}, "부서 합계(사업 구분 없음)"),
        ({"policy": "가", "unit": "나", "detailed": "다"}, "가 › 나 › 다"),
        ({"detailed": "다", "detailed_code": "123"}, "다"),
    ],
)
def test_a_line_is_named_by_its_programmes(parts, name):
    assert programme(BudgetLine(**parts)) == name
