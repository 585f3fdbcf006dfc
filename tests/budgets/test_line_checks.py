"""A line of another year than its source's is told; what the parts of lines add up to: test_units.py."""

import pytest

from budgets.models import BudgetFigure, BudgetLine
from core import integrity
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
