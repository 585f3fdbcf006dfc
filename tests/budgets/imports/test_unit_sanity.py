"""Amounts a thousand times off are stopped."""

from core.models import Source
from departments.models import Department
from tests.audit import records_of
from tests.budgets.files import execution_rows
from tests.budgets.management.commands.test_import_budget import CURRENT, file_of, refused, run
from tests.factories import make_expenditure, spend


def test_amounts_a_thousand_times_off_are_stopped(bureau, tmp_path):
    path = file_of(tmp_path, execution_rows(12))
    run(path, limited=False)
    said = refused(path, 3, as_of="2022-10-31", unit="천원", limited=False)
    assert "1,000배인" in said
    assert "파일의 단위가 ‘천원’이 아닌 것 같습니다." in said
    assert not Source.objects.filter(as_of="2022-10-31").exists()
    assert "확정했습니다." in run(
        path, as_of="2022-10-31", unit="천원", limited=False, accept_unit="단위를 바꾼 시험"
    )
    source = Source.objects.get(as_of="2022-10-31")
    assert records_of(source).first().reason == "예산 파일 확정: 집행현황.csv (단위 확인: 단위를 바꾼 시험)"


def test_the_first_file_of_a_year_is_held_against_the_year_before(bureau, tmp_path):
    unit = Department.objects.get(slug="digital-policy")
    spend(make_expenditure(bureau, "2022-12-31"), unit, 5_000)
    rows = [[*row[:CURRENT], 7_000_000_000, "", "", "", ""] for row in execution_rows(1, year=2023)]
    assert "1,400배인" in refused(file_of(tmp_path, rows), 3, as_of="2023-01-31", limited=False)
