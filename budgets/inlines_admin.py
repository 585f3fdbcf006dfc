"""Figures of the budget in the forms of their sources."""

from core.admin.fields import BaseTabular
from core.admin.sources import shows_facts

from .models import BudgetFigure, RevenueFigure


@shows_facts
class RevenueFigureInline(BaseTabular):
    model = RevenueFigure
    fields = ("item", "fiscal_year", "current_budget", "assessed", "collected", "written_off", "uncollected")
    autocomplete_fields = ("item",)


@shows_facts
class BudgetFigureInline(BaseTabular):
    model = BudgetFigure
    named_by = ("line__department",)
    fields = (
        "line",
        "original",
        "supplementary",
        "carried_over",
        "transferred",
        "current",
        "committed",
        "disbursed",
    )
    autocomplete_fields = ("line",)
