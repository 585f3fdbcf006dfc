from datetime import date

import pytest

from budgets.cross_tab.data import dated_sums, with_successors
from budgets.cross_tab.filters import CrossTabFilters
from budgets.cross_tab.pivot import Group
from departments.models import Department
from tests.factories import make_bureau, make_expenditure, make_unit, print_total, snapshot_of, spend, succeed

pytestmark = pytest.mark.engine

PROGRAMME = {"policy": "스마트도시 조성", "object_name": "01 사무관리비"}


@pytest.fixture
def bureau(db):
    return make_bureau()


@pytest.fixture
def unit(db):
    return make_unit("policy", "주택정책담당관")


def sums(bureau, *dimensions, as_of=""):
    return dated_sums(snapshot_of(bureau, as_of), CrossTabFilters(*dimensions))


def test_dated_sums_add_up_the_lines_of_a_row_and_column(bureau, unit):
    source = make_expenditure(bureau, "2022-08-29")
    spend(source, unit, 100, 40, "general", **PROGRAMME, detailed="가", order=2)
    spend(source, unit, 10, 5, "general", **PROGRAMME, detailed="나", order=1)
    spend(source, unit, 1, 1, "special", order=3)
    found = sums(bureau, "policy", "account")
    assert sorted(found.groups) == [
        Group("", "special", 1_000, 1_000, 3),
        Group("스마트도시 조성", "general", 110_000, 45_000, 1),
    ]
    assert found.labels == {
        "policy": {"": "구분 없음", "스마트도시 조성": "스마트도시 조성"},
        "account": {"general": "일반회계", "special": "특별회계"},
    }
    assert (found.as_of, found.fiscal_year) == (date(2022, 8, 29), 2022)


def test_dated_sums_leave_unknown_what_is_unknown_of_one_line(bureau, unit):
    source = make_expenditure(bureau, "2022-08-29")
    spend(source, unit, 100, 40, detailed="가")
    spend(source, unit, 10, None, detailed="나")
    assert sorted(sums(bureau).groups) == [Group("policy", "", 110_000, None, 0)]


def test_dated_sums_name_an_account_by_its_name(bureau, unit):
    spend(make_expenditure(bureau, "2022-08-29"), unit, 1, 1, "special", account_name="정보화기금")
    found = sums(bureau)
    assert sorted(found.groups) == [Group("policy", "정보화기금", 1_000, 1_000, 0)]
    assert found.labels["account"] == {"정보화기금": "정보화기금"}


def test_dated_sums_of_accounts_as_rows(bureau, unit):
    spend(make_expenditure(bureau, "2022-08-29"), unit, 1, 1, "general")
    assert sums(bureau, "account", "department").groups == [Group("general", "policy", 1_000, 1_000, 0)]


def test_dated_sums_read_of_each_source_what_it_speaks_for(bureau, unit):
    """A later file of one account leaves the other account of the earlier one in force."""
    earlier = make_expenditure(bureau, "2022-08-29")
    spend(earlier, unit, 100, 40, "general")
    spend(earlier, unit, 10, 5, "special")
    spend(make_expenditure(bureau, "2022-09-30", account="special"), unit, 20, 15, "special")
    assert sorted(sums(bureau).groups) == [
        Group("policy", "general", 100_000, 40_000, 0, date(2022, 8, 29)),
        Group("policy", "special", 20_000, 15_000, 0),
    ]
    assert sums(bureau).as_of == date(2022, 9, 30)
    assert sorted(sums(bureau, as_of="2022-08-30").groups)[1] == Group("policy", "special", 10_000, 5_000, 0)


def test_dated_sums_never_read_a_draft(bureau, unit):
    spend(make_expenditure(bureau, "2022-08-29"), unit, 1, 1)
    spend(make_expenditure(bureau, "2022-09-30", state="draft"), unit, 2, 2)
    assert sorted(sums(bureau).groups) == [Group("policy", "", 1_000, 1_000, 0)]


def test_dated_sums_without_expenditure(bureau):
    assert sums(bureau) is None


def test_dated_sums_count_the_accounts_behind_printed_totals(bureau, unit):
    source = make_expenditure(bureau, "2022-08-29")
    spend(source, unit, 1, 1, "general")
    spend(source, unit, 1, 1, "special")
    spend(source, make_unit("support", "주거지원담당관"), 1, 1)
    print_total(source, "committed", 3_000, "3", year=2022)
    found = sums(bureau, "policy", "object_name")
    assert (found.terms(""), found.terms("policy"), found.terms("support")) == (3, 2, 1)


@pytest.fixture
def two_dates(bureau, unit):
    """Two departments merged into `unit`, one was split, one is the same at both dates."""
    names = ["old", "older", "split", "same"]
    old, older, split, same = units = [make_unit(name, f"{name}과") for name in names]
    earlier, later = make_expenditure(bureau, "2021-12-31", 2021), make_expenditure(bureau, "2022-08-29")
    for one in units:
        spend(earlier, one, 10, 5)
    for one in (unit, same, part := make_unit("part", "일부과")):
        spend(later, one, 20, 5)
    succeed(older, old)
    succeed(old, unit)
    succeed(split, part)
    succeed(split, unit)
    return [sums(bureau, as_of="2021-12-31"), sums(bureau)]


def test_successors_take_the_sums_of_those_before_them(two_dates):
    moved, became = with_successors(*two_dates, CrossTabFilters())
    assert sorted(group.row for group in moved.groups) == ["policy", "policy", "same", "split"]
    assert became == ["older과 → 주택정책담당관", "old과 → 주택정책담당관"]


def test_successors_move_columns_too(bureau, two_dates):
    filters = CrossTabFilters("account", "department")
    turned = [dated_sums(snapshot_of(bureau, as_of), filters) for as_of in ("2021-12-31", "")]
    moved, _ = with_successors(*turned, filters)
    assert sorted(group.column for group in moved.groups) == ["policy", "policy", "same", "split"]


def test_successors_that_go_in_a_circle_end(two_dates):
    succeed(Department.objects.get(slug="same"), Department.objects.get(slug="older"))
    moved, _ = with_successors(*two_dates, CrossTabFilters())
    assert "split" in {group.row for group in moved.groups}


def test_successors_do_not_matter_without_departments(two_dates):
    assert with_successors(*two_dates, CrossTabFilters("policy", "account")) == (two_dates[0], [])
