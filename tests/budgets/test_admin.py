"""Lists of a million rows are asked for along an index."""

from django.contrib import admin

from budgets.admin import items
from budgets.models import BudgetFigure, BudgetLine
from tests.factories import earn, make_bureau, make_source


def test_list_of_figures_counts_and_sorts_nothing_that_is_not_shown():
    figures, lines = (admin.site._registry[model] for model in (BudgetFigure, BudgetLine))
    assert (figures.date_hierarchy, figures.ordering) == (None, ("-source_id", "pk"))
    assert not figures.show_full_result_count
    assert not lines.show_full_result_count


def test_items_are_named_by_their_slug(db):
    earn(make_source(make_bureau(), "revenue", "2022-06-01"), "rent-revenue", {2022: 1})
    assert items()["rent-revenue"] == "rent-revenue"
