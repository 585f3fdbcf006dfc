"""The report of an import: what was spent leads."""

from budgets.models import BudgetFigure, BudgetImport
from tests.budgets.files import HEADER, write_csv
from tests.budgets.management.commands.test_import_budget import run
from tests.budgets.test_views_import import (
    address,
    clerk,
    page_of,
    read_at_once,  # noqa: F401
    upload,
)
from tests.factories import make_member

__all__ = ["clerk"]

NAMES = HEADER[:9]


def rows_of(*amounts, department="데이터센터"):
    """Lines of one programme: 예산현액 and 원인행위액 in 원."""
    names = [2022, "일반회계", department, "기반", "운영", "망 운영", "20000", "201 운영비"]
    return [[*names, f"{number} 사무", current, spent] for number, (current, spent) in enumerate(amounts, 1)]


def month(folder, *amounts, name="집행.csv", **options):
    return write_csv(folder / name, rows_of(*amounts, **options), [*NAMES, "예산현액", "원인행위액"])


def test_the_preview_leads_with_what_was_spent(clerk, tmp_path):
    first = write_csv(
        tmp_path / "8월.csv",
        rows_of((1_000_000, 400_000), (1_000_000, 200_000)),
        [*NAMES, "예산현액", "원인행위액"],
    )
    run(first, as_of="2022-09-01", limited=False, accept_unit="시험")
    second = month(tmp_path, (1_000_000, 600_000), (1_000_000, 300_000))
    incoming = uploaded_path(clerk, second)
    seen = page_of(clerk, incoming)
    assert seen.shows("집행액 600천원(30.0%) → 900천원(45.0%). 새로 0줄, 바뀜 2줄, 없어짐 0줄.")
    table = clerk.get(address(incoming)).context["tables"]["groups"]
    assert [column.group for column in table.columns[1:6]] == [*["집행액(원인행위)"] * 3, *["집행률"] * 2]
    assert table.rows[1].cells[:6] == ["데이터센터", 600_000, 900_000, 300_000, 30, 45]


def uploaded_path(client, path, **given):
    assert upload(client, path, **given).status_code == 302
    return BudgetImport.objects.latest("pk")


def test_a_base_date_outside_the_fiscal_year_warns(clerk, tmp_path):
    incoming = uploaded_path(clerk, month(tmp_path, (1_000, 0)), as_of="2023-01-15")
    warning = "기준일(2023. 1. 15.)이 2022 회계연도 밖입니다. 기준일이 맞는지 확인하십시오."
    assert page_of(clerk, incoming).shows(warning)
    inside = uploaded_path(clerk, month(tmp_path, (2_000, 0)))
    assert not page_of(clerk, inside).shows("회계연도 밖입니다.")


def test_execution_that_a_file_lacks_is_told(clerk, tmp_path):
    path = write_csv(
        tmp_path / "a.csv",
        [[*row[:10], ""] for row in rows_of((5_000_000_000, 0))],
        [*NAMES, "예산현액", "원인행위액"],
    )
    incoming = uploaded_path(clerk, path)
    assert page_of(clerk, incoming).shows("확정된 자료에는 집행액이 있는데 이 파일에는 없거나 빠진 줄이")


def test_last_years_budget_is_kept(bureau, tmp_path, staff_client):
    header = [*NAMES, "예산액", "전년도예산액", "비교증감"]
    rows = [[*row[:9], 7_000, 5_000, 2_000] for row in rows_of((7_000, 0))]
    run(write_csv(tmp_path / "예산서.csv", rows, header), as_of="2022-08-30", accept_unit="시험")
    figure = BudgetFigure.objects.get(source__as_of="2022-08-30")
    assert (figure.current, figure.previous) == (7_000, 5_000)


def test_last_years_budget_of_the_book_stands_beside_execution_that_lacks_it(bureau, tmp_path, client):
    """Of a year before which nothing is known."""
    header = [*NAMES, "예산액", "전년도예산액"]
    book = [[2025, *row[1:9], 7_000, 5_000] for row in rows_of((7_000, 0))]
    run(
        write_csv(tmp_path / "예산서.csv", book, header),
        as_of="2025-01-01",
        limited=False,
        accept_unit="시험",
    )
    spent = [[2025, *row[1:]] for row in rows_of((7_000, 3_000))]
    path = write_csv(tmp_path / "집행.csv", spent, [*NAMES, "예산현액", "원인행위액"])
    run(path, as_of="2025-02-28", limited=False, accept_unit="시험")
    client.force_login(make_member("열람"))
    summary = client.get("/budgets/expenditure/").context["summary"]
    assert (summary.total.current, summary.total.previous, summary.total.committed) == (7_000, 5_000, 3_000)
    assert [row.previous for row in summary.rows] == [5_000]
