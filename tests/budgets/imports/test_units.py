"""Units of money in files: kept exactly, as integers in 원."""

import pytest

from budgets.models import BudgetFigure, BudgetImport
from core.models import Source
from tests.budgets.management.commands.test_import_budget import refused, run
from tests.budgets.test_views_import import (
    act,
    clerk,
    page_of,
    read_at_once,  # noqa: F401
    upload,
)

__all__ = ["clerk"]


def file_in(folder, amount, title="", name="a.csv"):
    text = f"{title}회계연도,부서명,통계목,예산현액\n2022,데이터센터,가,{amount}\n"
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


@pytest.mark.parametrize(
    ("unit", "amount", "won"),
    [
        ("원", "467", 467),
        ("천원", "1.5", 1_500),
        ("백만원", "131720.000001", 131_720_000_001),
        ("억원", "1317.2", 131_720_000_000),
        ("억원", '"△1,317.20000001"', -131_720_000_001),
    ],
)
def test_amounts_of_every_unit_come_out_exact(bureau, tmp_path, unit, amount, won):
    run(file_in(tmp_path, amount), unit=unit, limited=False, accept_unit="시험")
    source = Source.objects.get(as_of="2022-09-30")
    assert (source.unit, BudgetFigure.objects.get(source=source).current) == (unit, won)


def test_a_fraction_of_a_won_is_refused(bureau, tmp_path):
    assert "1원보다 작은 자리가 있는 금액입니다." in refused(file_in(tmp_path, "1.000000001"), 1, unit="억원")


def test_the_unit_that_a_file_declares_is_taken(bureau, tmp_path):
    run(file_in(tmp_path, "5", "(단위: 백만원)\n"), unit="", limited=False, accept_unit="시험")
    assert Source.objects.get(as_of="2022-09-30").unit == "백만원"


def test_the_unit_is_asked_for_where_nothing_tells_it(clerk, tmp_path):
    assert upload(clerk, file_in(tmp_path, "46706677"), unit="").status_code == 422
    incoming = BudgetImport.objects.get()
    assert page_of(clerk, incoming, 422).shows("금액의 단위가 파일에 적혀 있지 않습니다.")
    assert act(clerk, incoming, "explain", **{"whole-money_unit": "달러"}).shows("단위가 파일에 적혀 있지")
    assert act(clerk, incoming, "explain", **{"whole-money_unit": "천원"}).shows("데이터센터")
    assert BudgetFigure.objects.get(source__as_of="2022-09-30").current == 46_706_677_000


def test_another_unit_than_the_files_is_refused(bureau, tmp_path):
    said = refused(file_in(tmp_path, "5", "(단위: 억원)\n"), 1, unit="백만원")
    assert (
        "파일에는 단위가 ‘억원’이라고 적혀 있습니다(1행). 고른 단위는 ‘백만원’입니다. 단위를 ‘억원’으로"
        in said
    )
