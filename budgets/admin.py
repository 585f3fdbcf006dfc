from django.contrib import admin

from core.admin.base import BaseAdmin
from core.admin.filters import RelatedFilter, UnitsFilter, YearsFilter
from core.import_export.names import Names
from core.subjects import register_subjects
from departments.admin import FactAdmin

from . import inlines_admin, names_admin  # noqa: F401  (figures in the forms of their sources; names in files)
from .models import BudgetFigure, BudgetLine, RevenueFigure, RevenueItem


@register_subjects
def items(wanted):
    return dict(Names(RevenueItem, wanted).shown)


@admin.register(RevenueItem)
class RevenueItemAdmin(BaseAdmin):
    list_display = ("name", "parent", "order")
    list_select_related = ("parent",)
    search_fields = ("name",)
    autocomplete_fields = ("parent",)


@admin.register(RevenueFigure)
class RevenueFigureAdmin(FactAdmin):
    list_display = ("item", "fiscal_year", "current_budget", "assessed", "collected", "source")
    list_editable = ("current_budget", "assessed", "collected")
    list_per_page = 50
    list_select_related = ("source", "item")
    list_filter = ("fiscal_year", *FactAdmin.list_filter)
    search_fields = ("item__name",)
    autocomplete_fields = ("source", "item")


@admin.register(BudgetLine)
class BudgetLineAdmin(BaseAdmin):
    list_display = ("fiscal_year", "department", "account_kind", "account_name", "detailed", "object_name")
    list_display_links = ("fiscal_year", "department")
    list_select_related = ("department",)
    list_filter = (("fiscal_year", YearsFilter), "account_kind", ("department", UnitsFilter))
    list_per_page = 50
    show_full_result_count = False
    search_fields = (
        "department__name",
        "account_name",
        "policy",
        "unit",
        "detailed",
        "detailed_code",
        "object_name",
    )
    autocomplete_fields = ("department",)


@admin.register(BudgetFigure)
class BudgetFigureAdmin(FactAdmin):
    date_hierarchy = None  # it would look through a million
    list_display = ("line", "current", "committed", "disbursed", "source")
    list_editable = ("current", "committed", "disbursed")
    list_per_page = 50
    ordering = ("-source_id", "pk")  # along the index: there can be a million
    show_full_result_count = False
    list_select_related = ("source", "line__department")
    list_filter = (
        ("line__fiscal_year", YearsFilter),
        ("line__department", RelatedFilter),
        *FactAdmin.list_filter,
    )
    search_fields = ("line__department__name", "line__account_name", "line__detailed", "line__detailed_code")
    autocomplete_fields = ("source", "line")
