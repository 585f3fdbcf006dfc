"""Lists of a million rows are asked for along an index."""

import pytest
from django.contrib import admin

from budgets.admin import items
from budgets.models import BudgetFigure, BudgetLine
from tests.factories import earn, make_bureau, make_source
from tests.plans import is_sorted


def test_list_of_figures_counts_and_sorts_nothing_that_is_not_shown():
    figures, lines = (admin.site._registry[model] for model in (BudgetFigure, BudgetLine))
    assert (figures.date_hierarchy, figures.ordering) == (None, ("-source_id", "pk"))
    assert not figures.show_full_result_count
    assert not lines.show_full_result_count


def test_items_are_named_by_their_slug(db):
    earn(make_source(make_bureau(), "revenue", "2022-06-01"), "rent-revenue", {2022: 1})
    assert items(None)["rent-revenue"] == "rent-revenue"
    assert items(["no-item"]) == {}


@pytest.mark.engine
def test_list_of_lines_is_in_the_order_of_an_index(db):
    assert not is_sorted(BudgetLine.objects.all()[:50])
    assert is_sorted(BudgetLine.objects.order_by("unit")[:50])
