"""What a table of many bureaus says (총괄), held against the bureau's own table. Amounts are in 천원."""

import pytest

from budgets.overview_checks import overview
from tests.factories import make_bureau, make_expenditure, make_unit, print_total, snapshot_of, spend

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau():
    return make_bureau()


@pytest.fixture
def plan(bureau):
    """In 백만원: 131,720 after 121,313."""
    source = make_expenditure(bureau, "2022-01-01", kind="overview", unit="백만원")
    figure = spend(source, bureau, 131_720_000)
    figure.previous = 121_313_000_000
    figure.save()
    return source


def levels(bureau):
    return {finding.id: str(finding.level) for finding in overview(snapshot_of(bureau))}


def test_an_overview_alone_is_held_against_nothing(bureau, plan):
    assert levels(bureau) == {}


@pytest.mark.parametrize(
    ("current", "level"), [(131_720_000, "holds"), (131_720_499, "info"), (131_721_000, "error")]
)
def test_an_overview_beside_the_table_by_division(current, level, bureau, plan):
    spend(make_expenditure(bureau, "2022-02-01", kind="book"), make_unit("planning"), current)
    assert levels(bureau) == {"overview.table/2022": level}


def test_an_overview_is_beside_the_first_budget_of_an_execution_table(bureau, plan):
    figure = spend(make_expenditure(bureau, "2022-02-01"), make_unit("planning"), 150_000_000)
    figure.original = 131_720_000_000
    figure.save()
    assert levels(bureau) == {"overview.table/2022": "holds"}


@pytest.mark.parametrize(("printed", "level"), [(10_407, "holds"), (10_406, "info"), (10_410, "error")])
def test_the_printed_change_is_beside_its_own_years(printed, level, bureau, plan):
    print_total(plan, "change", printed * 1_000_000, f"{printed:,}", bureau.slug, 2022)
    assert levels(bureau) == {"overview.change/2022": level}
