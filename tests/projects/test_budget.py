"""Budgets of projects as their pages print them."""

from types import SimpleNamespace

from projects.budget import Budgets, budgets_of


def brief(number, budget, **fundings):
    given = [SimpleNamespace(name=name, amount=amount) for name, amount in fundings.items()]
    return SimpleNamespace(number=number, budget=budget, fundings=SimpleNamespace(all=lambda: given))


SMALL, LARGE, UNKNOWN = brief(1, 300, 국비=100, 市=200), brief(2, 500, 국비=50), brief(3, None, 국비=9)
SAME = brief(4, 300)


def test_budgets_of_briefs_largest_first_without_the_unknown():
    found = budgets_of([SMALL, UNKNOWN, LARGE, SAME])
    assert [one.number for one in found.briefs] == [2, 1, 4]
    assert (found.total, found.count, found.largest) == (1_100, 3, 500)


def test_budgets_of_other_money_by_its_source():
    assert budgets_of([SMALL, LARGE, UNKNOWN]).others == (("국비", 150),)


def test_budgets_rank_is_shared_by_equals():
    found = budgets_of([SMALL, LARGE, SAME])
    assert [found.rank(one) for one in (LARGE, SMALL, SAME, UNKNOWN)] == [1, 2, 2, None]


def test_budgets_without_any():
    assert (Budgets([]).total, Budgets([]).largest) == (0, 0)
