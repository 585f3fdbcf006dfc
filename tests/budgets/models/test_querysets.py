"""Limited deliveries: what a newer source speaks for, an older one no longer says."""

import pytest

from budgets.models import BudgetFigure
from budgets.models.querysets import PARTS_OF_CURRENT, speaks_for
from tests.factories import make_bureau, make_expenditure, make_unit, spend

pytestmark = pytest.mark.engine


@pytest.fixture
def bureau(db):
    return make_bureau()


@pytest.fixture
def units(db):
    return make_unit("policy"), make_unit("center")


@pytest.fixture
def whole(bureau, units):
    """All of the year, at the end of March."""
    policy, center = units
    source = make_expenditure(bureau, "2022-03-31")
    spend(source, policy, 100, 10, "general", order=1)
    spend(source, policy, 50, 5, "special", account_name="교통사업특별회계", order=2)
    spend(source, center, 200, 20, "general", order=3)
    return source


def amounts_of(*sources):
    """Current budget in 천원 by unit and account, of sources given newest first."""
    return {
        (row["line__department__slug"], row["line__account_kind"]): row["total_current"] // 1000
        for row in BudgetFigure.objects.of_newest(sources).by_account()
    }


def test_a_whole_source_counts_alone(bureau, units, whole):
    newer = make_expenditure(bureau, "2022-06-30")
    spend(newer, units[0], 110, account="general")
    assert amounts_of(newer, whole) == {("policy", "general"): 110}  # what it lacks is gone


def test_no_sources_give_nothing(whole):
    assert amounts_of() == {}


@pytest.mark.parametrize("limit", ["special", "교통사업특별회계"])
def test_a_later_file_of_an_account_leaves_the_other_in_force(bureau, units, whole, limit):
    newer = make_expenditure(bureau, "2022-06-30", account=limit)
    spend(newer, units[0], 60, 30, "special", account_name="교통사업특별회계")
    assert amounts_of(newer, whole) == {
        ("policy", "general"): 100,
        ("policy", "special"): 60,
        ("center", "general"): 200,
    }


def test_an_account_of_which_a_later_file_says_nothing_more_is_gone(bureau, whole):
    newer = make_expenditure(bureau, "2022-06-30", account="special")
    assert amounts_of(newer, whole) == {("policy", "general"): 100, ("center", "general"): 200}


def test_a_later_file_of_a_department_replaces_that_department_only(bureau, units, whole):
    newer = make_expenditure(bureau, "2022-06-30", department=units[0])
    spend(newer, units[0], 120, account="general")
    assert amounts_of(newer, whole) == {("policy", "general"): 120, ("center", "general"): 200}


def test_a_later_file_of_a_departments_account_replaces_that_alone(bureau, units, whole):
    newer = make_expenditure(bureau, "2022-06-30", department=units[0], account="general")
    spend(newer, units[0], 120, account="general")
    assert amounts_of(newer, whole) == {
        ("policy", "general"): 120,
        ("policy", "special"): 50,
        ("center", "general"): 200,
    }


def test_limited_files_pile_up_and_a_whole_one_clears_them(bureau, units, whole):
    policy, center = units
    june = make_expenditure(bureau, "2022-06-30", department=policy)
    spend(june, policy, 120, account="general")
    july = make_expenditure(bureau, "2022-07-31", department=center)
    spend(july, center, 220, account="general")
    assert amounts_of(july, june, whole) == {("policy", "general"): 120, ("center", "general"): 220}
    august = make_expenditure(bureau, "2022-08-29")
    spend(august, center, 230, account="general")
    assert amounts_of(august, july, june, whole) == {("center", "general"): 230}


def test_of_two_files_of_a_department_the_newer_counts(bureau, units, whole):
    june = make_expenditure(bureau, "2022-06-30", department=units[0])
    spend(june, units[0], 120, account="general")
    july = make_expenditure(bureau, "2022-07-31", department=units[0])
    spend(july, units[0], 130, account="special")
    assert amounts_of(july, june, whole) == {("policy", "special"): 130, ("center", "general"): 200}


def test_a_source_without_limits_speaks_for_all(whole):
    assert not speaks_for(whole)


def test_lines_add_up_by_department_and_account_in_the_sources_order(bureau, units):
    policy, center = units
    source = make_expenditure(bureau, "2022-08-29")
    spend(source, center, 1, 1, "general", order=7, disbursed=1)
    spend(source, policy, 10, 5, "general", order=9, detailed="가", disbursed=4)
    spend(source, policy, 20, 7, "general", order=8, detailed="나", disbursed=6)
    first, second = BudgetFigure.objects.of(source).by_account()
    assert (first["line__department__slug"], first["place"]) == ("center", 7)
    assert (second["line__department__slug"], second["place"]) == ("policy", 8)
    assert (second["total_current"], second["total_committed"], second["total_disbursed"]) == (
        30_000,
        12_000,
        10_000,
    )


def test_what_is_unknown_of_a_line_is_unknown_of_the_sum(bureau, units):
    source = make_expenditure(bureau, "2022-08-29")
    spend(source, units[0], 10, 5, "general", detailed="가", disbursed=4)
    spend(source, units[0], 20, None, "general", detailed="나")
    spend(source, units[1], 30, 0, "general", disbursed=0)
    policy, center = BudgetFigure.objects.of(source).by_account().order_by("-line__department__slug")
    assert (policy["total_current"], policy["total_committed"], policy["total_disbursed"]) == (
        30_000,
        None,
        None,
    )
    assert (center["total_committed"], center["total_disbursed"]) == (0, 0)


def test_a_departments_lines_come_in_the_sources_order(bureau, units, whole, django_assert_num_queries):
    with django_assert_num_queries(1):
        figures = list(BudgetFigure.objects.of(whole).of_department(units[0]))
        assert [(figure.line.account_kind, figure.source) for figure in figures] == [
            ("general", whole),
            ("special", whole),
        ]


def test_lines_are_held_against_their_parts_for_any_number_of_rounded_sources(whole):
    """The condition names units of money, of which there are few, not each source."""
    figures = BudgetFigure.objects.filter(source=whole)
    figures.filter(line__order=1).update(current=3_000, **dict.fromkeys(PARTS_OF_CURRENT, 0))
    figures.filter(line__order=2).update(current=5_000, disbursed=6_000, **dict.fromkeys(PARTS_OF_CURRENT, 0))
    rounded = dict.fromkeys(range(whole.pk, whole.pk + 1_500), 1_000)
    assert list(figures.counts_of_checks(rounded)) == [
        {
            "checked_parts": 2,
            "wrong_parts": 1,
            "checked_disbursed": 1,
            "wrong_disbursed": 1,
            "wrong_year": 0,
        }
    ]
    assert [figure.current for figure in figures.with_wrong_parts(rounded)] == [5_000]
