"""A line of another year than its source's is told; what the parts of lines add up to: test_units.py."""

import pytest

from budgets.line_checks import lines
from budgets.models import BudgetFigure, BudgetLine
from budgets.models.querysets import PARTS_OF_CURRENT
from core import integrity
from core.integrity import Level
from tests.factories import make_bureau, make_expenditure, make_unit, snapshot_of

pytestmark = pytest.mark.django_db


def found(bureau):
    return [finding for finding in integrity.run(snapshot_of(bureau)) if finding.id.startswith("lines.year/")]


@pytest.mark.parametrize(("year", "subjects"), [(2022, []), (2021, ["2021 north 사업"])])
def test_line_of_another_year_is_told(year, subjects):
    bureau = make_bureau("sky")
    source = make_expenditure(bureau, "2022-08-29")
    line = BudgetLine.objects.create(fiscal_year=year, department=make_unit("north"), detailed="사업")
    BudgetFigure.objects.create(source=source, line=line, current=1_000)
    assert [finding.subject for finding in found(bureau)] == subjects


@pytest.mark.parametrize(
    ("parts", "spent", "queries"), [([(1_000, 1_000)], 5, 1), ([(1_000, 1_000), (900, 1_000)], 9, 3)]
)
def test_lines_are_counted_by_one_query_and_read_where_they_are_wrong(
    db, django_assert_num_queries, parts, spent, queries
):
    bureau, zero = make_bureau("sky"), dict.fromkeys(PARTS_OF_CURRENT, 0)
    source = make_expenditure(bureau, "2022-08-29")
    for order, (original, current) in enumerate(parts):
        line = BudgetLine.objects.create(
            fiscal_year=2022, department=make_unit(f"unit-{order}"), detailed=f"사업 {order}"
        )
        BudgetFigure.objects.create(
            source=source, line=line, current=current, committed=5, disbursed=spent if order else 5,
            **zero | {"original": original},
        )  # fmt: skip
    snapshot = snapshot_of(bureau)
    with django_assert_num_queries(queries):
        findings = list(lines(snapshot))
    wrong = [(row.id.partition("/")[0], row.subject) for row in findings if row.level is Level.ERROR]
    assert wrong == (
        []
        if queries == 1
        else [("lines.parts", "2022 unit-1 사업 1"), ("lines.disbursed", "2022 unit-1 사업 1")]
    )
    assert [row.id for row in findings if row.level is Level.HOLDS] == (
        ["lines.parts", "lines.disbursed"] if queries == 1 else []
    )
