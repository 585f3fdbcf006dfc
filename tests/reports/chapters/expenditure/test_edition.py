"""What is lacking of expenditure in an edition: units of which no execution is known."""

import pytest

from budgets.models import BudgetFigure
from reports.chapters.expenditure.edition import ExpenditurePart
from tests.factories import make_bureau, make_expenditure, make_source, make_unit, place, snapshot_of, spend

pytestmark = pytest.mark.django_db

PART = ExpenditurePart(model=BudgetFigure, watched=(), unit="line__department")


@pytest.fixture
def bureau():
    bureau = make_bureau()
    place(make_source(bureau, "organisation", "2022-08-29"), bureau)
    return bureau


@pytest.mark.parametrize(("committed", "slugs"), [(None, ["lacking"]), (0, []), (300, [])])
def test_units_without_execution_are_lacking(bureau, committed, slugs):
    source = make_expenditure(bureau, "2022-08-29")
    spend(source, make_unit("known"), 1_000, 700)
    spend(source, make_unit("lacking"), 500, committed)
    words, units = PART.lacking(snapshot_of(bureau))
    assert (words, [unit.slug for unit in units]) == ("집행액 미제출", slugs)


def test_without_a_budget_nobody_is_asked(bureau):
    assert PART.lacking(snapshot_of(bureau)) == ("집행액 미제출", [])
