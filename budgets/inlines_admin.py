"""Figures of the budget in the forms of their sources."""

from core.admin.fields import BaseTabular
from core.admin.sources import register_source_inline

from .models import BudgetFigure, RevenueFigure


@register_source_inline
class RevenueFigureInline(BaseTabular):
    model = RevenueFigure
    fields = ("item", "fiscal_year", "current_budget", "assessed", "collected", "written_off", "uncollected")
    autocomplete_fields = ("item",)


@register_source_inline
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
