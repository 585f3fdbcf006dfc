"""Files without departments: one row an account; accounts and funds have names of their own."""

import pytest

from budgets.imports.names import account_of
from budgets.models import BudgetFigure
from core.models import Source
from tests.budgets.management.commands.test_import_budget import refused, run


def table(folder, *rows, header="구분,예산현액,원인행위액"):
    (folder / "회계별.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return folder / "회계별.csv"


def accounts(on="2022-09-30"):
    figures = (
        BudgetFigure.objects.filter(source__as_of=on)
        .select_related("line__department")
        .order_by("line__order")
    )
    return [
        (figure.line.department.slug, figure.line.account_kind, figure.line.account_name, figure.current)
        for figure in figures
    ]


def test_a_table_by_account_is_the_bureaus(bureau, tmp_path):
    path = table(tmp_path, "일반회계,100,60", "하수도특별회계,30,10", "의료급여기금,20,5", "계,150,75")
    said = run(path, unit="백만원", year=2022, limited=False, accept_unit="시험")
    assert "소계·합계 1행이 줄들의 합과 맞습니다." in said
    assert accounts() == [
        ("digital-policy-bureau", "general", "", 100_000_000),
        ("digital-policy-bureau", "special", "하수도특별회계", 30_000_000),
        ("digital-policy-bureau", "fund", "의료급여기금", 20_000_000),
    ]


def test_the_general_account_standing_twice_is_told_apart(bureau, tmp_path):
    path = table(tmp_path, "일반회계,100,60", "일반회계,40,10", "하수도특별회계,30,10", "합계,170,80")
    run(path, unit="백만원", year=2022, limited=False, accept_unit="시험")
    assert [row[1:] for row in accounts()] == [
        ("general", "", 100_000_000),
        ("general", "일반회계 (2)", 40_000_000),
        ("special", "하수도특별회계", 30_000_000),
    ]


def test_a_kind_that_its_accounts_add_up_to_is_no_account(bureau, tmp_path):
    path = table(
        tmp_path, "일반회계,100,60", "특별회계,50,15", "하수도특별회계,30,10", "교통사업특별회계,20,5"
    )
    run(path, unit="백만원", year=2022, limited=False, accept_unit="시험")
    assert sum(row[3] for row in accounts()) == 150_000_000


def test_an_account_of_its_own_name_among_departments(bureau, tmp_path):
    path = table(
        tmp_path,
        "2022,의료급여기금,데이터센터,망,5,3",
        header="회계연도,회계구분,부서명,세부사업,예산현액,원인행위액",
    )
    run(path, accept_unit="시험", limited=False)
    assert accounts() == [("data-center", "fund", "의료급여기금", 5)]


def test_the_first_column_may_be_called_by_departments(bureau, tmp_path):
    path = table(tmp_path, "데이터센터,5,3", "빅데이터담당관,7,2")
    run(path, unit="천원", year=2022, limited=False, accept_unit="시험")
    assert Source.objects.get(as_of="2022-09-30").fiscal_year == 2022
    assert {row[0] for row in accounts()} == {"data-center", "big-data"}


def test_a_table_by_programme_still_needs_its_department(bureau, tmp_path):
    path = table(tmp_path, "2022,일반회계,망,5", header="회계연도,회계구분,세부사업,예산현액")
    assert "‘부서명’ 열이 없습니다." in refused(path, 3)


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("재난관리기금", "fund", "재난관리기금"),
        ("기금", "fund", ""),
        ("일반회계(의료급여)", "general", "일반회계(의료급여)"),
        ("하수도사업 특별회계", "special", "하수도사업 특별회계"),
        ("수질개선회계", "special", "수질개선회계"),
    ],
)
def test_account_of(text, kind, name):
    assert account_of(text) == (kind, name)
