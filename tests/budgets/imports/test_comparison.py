"""A draft against what is in force."""

import pytest

from budgets.models import BudgetLine
from tests.budgets.files import execution_rows, write_xlsx
from tests.budgets.management.commands.test_import_budget import CURRENT, file_of, run

pytestmark = pytest.mark.engine


def test_the_same_lines_in_another_file_differ_in_nothing(bureau, tmp_path):
    run(file_of(tmp_path, execution_rows(12)), limited=False)
    said = run(write_xlsx(tmp_path / "다시.xlsx", execution_rows(12)), as_of="2022-10-01", limited=False)
    assert "확정된 자료와 12줄이 모두 같습니다." in said
    assert BudgetLine.objects.filter(fiscal_year=2022, detailed_code="20000").count() == 12


def test_what_is_added_changed_and_gone_is_told(bureau, tmp_path):
    rows = [list(row) for row in execution_rows(24)]
    run(file_of(tmp_path, rows[:20]), limited=False)
    rows[3][CURRENT] += 7_000_000
    rows[3][9] += 7_000_000
    said = run(file_of(tmp_path, rows[2:]), as_of="2022-10-31", limited=False, dry_run=True)
    assert "새로 4줄, 바뀜 1줄, 없어짐 2줄." in said
