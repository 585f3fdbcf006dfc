"""A draft against what is in force."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.imports.comparison import sources_before
from budgets.models import BudgetLine
from core.models import Source
from departments.models import Department
from tests.budgets.files import execution_rows, write_xlsx
from tests.budgets.management.commands.test_import_budget import CURRENT, file_of, run
from tests.factories import make_expenditure


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


def test_what_came_before_is_read_up_to_what_speaks_for_every_line(bureau, django_assert_num_queries):
    """Of twelve months one whole delivery counts, and of each limit the newest since."""
    unit = Department.objects.get(slug="data-center")
    made = {}
    for month in range(1, 13):
        made[month] = make_expenditure(bureau, f"2023-{month:02}-15", year=2023)
    for month in (3, 12):
        for day in ("20", "25"):
            made[month, day] = make_expenditure(bureau, f"2023-{month:02}-{day}", year=2023, department=unit)
    made["special"] = make_expenditure(bureau, "2023-12-22", year=2023, account="special")
    draft = make_expenditure(bureau, "2023-12-31", year=2023, state=Source.State.DRAFT)
    with django_assert_num_queries(1):
        found = sources_before(draft)
        assert [source.bureau.slug for source in found] == [bureau.slug] * 3
    assert found == [made[12, "25"], made["special"], made[12]]


def test_names_and_units_are_asked_in_as_many_queries_after_years(bureau, tmp_path):
    """However many sources the bureau has had."""
    counts = []
    for years in (1, 12):
        for month in range(years):
            make_expenditure(bureau, f"{2010 + month}-01-31", year=2010 + month)
        with CaptureQueriesContext(connection) as asked:
            run(file_of(tmp_path, execution_rows(12)), limited=False, dry_run=True)
        counts.append(len(asked))
    assert counts[0] == counts[1]
