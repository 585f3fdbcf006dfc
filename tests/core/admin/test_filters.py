"""Filters and counts of lists in a city: what Django would say, without a look at all rows."""

from html import unescape

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.safestring import SafeString

from budgets.models import BudgetLine
from core.admin.filters import years_of
from departments.models import Department
from tests.core.access.test_bureaus import housing, own, planner  # noqa: F401 (fixtures)
from tests.factories import make_expenditure, make_unit, spend
from tests.plans import read_whole

pytestmark = pytest.mark.engine
LINES = "/admin/budgets/budgetline/"


@pytest.fixture
def lines(own, housing):  # noqa: F811
    """Of another bureau one in a draft alone, which the planner does not see; one in a draft and in force; of the own one in a draft."""
    other, home = Department.objects.get(slug="housing-policy"), Department.objects.get(slug="data-center")
    draft = make_expenditure(housing, "2023-03-31", 2018, state="draft")
    spend(draft, make_unit("hidden", "숨은과"), 1_000, detailed="초안뿐")
    both = spend(draft, other, 1_000, detailed="둘 다").line
    both.figures.create(source=make_expenditure(housing, "2023-01-31", 2018), current=1_000)
    mine = make_expenditure(
        Department.objects.get(slug="digital-policy-bureau"), "2023-03-31", 2025, state="draft"
    )
    spend(mine, home, 1_000, detailed="내 초안")
    return own


def test_a_list_counts_what_the_user_sees(lines):
    changelist = lines.get(LINES).context["cl"]
    assert changelist.result_count == changelist.queryset.count() == BudgetLine.objects.count() - 1
    assert lines.get(LINES, {"fiscal_year": "2018"}).context["cl"].result_count == 1
    assert lines.get(LINES, {"q": "초안"}).context["cl"].result_count == 1


def test_a_list_offers_the_years_and_units_that_the_user_sees(lines):
    years, _, units = lines.get(LINES).context["cl"].filter_specs
    assert list(years.lookup_choices) == [2018, 2021, 2022, 2025]
    names = [name for _, name in units.lookup_choices]
    assert {"주택정책과", "데이터센터"} <= set(names)
    assert "숨은과" not in names


def offered(spec, changelist):
    """Choices, whose addresses may be HTML already, as Django gives them."""
    choices = list(spec.choices(changelist))
    for choice in choices:
        if isinstance(choice["query_string"], SafeString):
            choice["query_string"] = unescape(choice["query_string"])
    return choices


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "?fiscal_year=2022&q=%EA%B0%80",
        "?department__id__exact={unit}&account_kind__exact=general",
        "?o=-1",
    ],
)
def test_choices_lead_where_djangos_do(lines, rf, asked):
    unit = Department.objects.get(slug="data-center").pk
    changelist = lines.get(LINES + asked.format(unit=unit)).context["cl"]
    units = changelist.filter_specs[2]
    assert offered(units, changelist) == list(admin.RelatedOnlyFieldListFilter.choices(units, changelist))
    assert [choice["display"] for choice in units.choices(changelist) if choice["selected"]] == [
        "데이터센터" if "department" in asked else "모두"
    ]


def test_an_empty_choice_stays_the_last(lines):
    changelist = lines.get("/admin/departments/placement/?department__id__exact=1").context["cl"]
    for spec in changelist.filter_specs:
        if hasattr(spec, "lookup_choices") and hasattr(spec, "include_empty_choice"):
            djangos = admin.RelatedOnlyFieldListFilter.choices(spec, changelist)
            assert offered(spec, changelist) == list(djangos)


def test_years_are_found_by_their_index(lines):
    with CaptureQueriesContext(connection) as asked:
        assert years_of(BudgetLine.objects.all(), "fiscal_year") == [2018, 2021, 2022, 2025]
    assert len(asked) == 2
    assert years_of(BudgetLine.objects.none(), "fiscal_year") == []
    assert years_of(BudgetLine.objects.filter(fiscal_year=1999), "fiscal_year") == []


def test_unseen_rows_are_found_by_their_sources(lines):
    unseen = BudgetLine.objects.filter(BudgetLine.unpublished()).order_by()
    assert sorted(unseen.values_list("detailed", flat=True)) == ["내 초안", "초안뿐"]
    if connection.vendor == "sqlite":  # PostgreSQL chooses by how many there are
        assert "budgets_budgetline" not in read_whole(unseen)
