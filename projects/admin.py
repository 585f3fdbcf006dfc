from typing import Any

from django.contrib import admin

from core.admin.base import BaseAdmin
from core.admin.fields import DayFilter
from departments.admin import FactAdmin
from seoul_digital.lib import amounts

from .inlines_admin import (
    ContactInline,
    FundingInline,
    MeasurementInline,
    MilestoneInline,
    TargetInline,
    VisionStrategyInline,
    VisionValueInline,
)
from .models import (
    Brief,
    Contact,
    Funding,
    Indicator,
    Measurement,
    Milestone,
    Project,
    Strategy,
    Target,
    Vision,
    VisionStrategy,
    VisionValue,
)


@admin.register(Strategy)
class StrategyAdmin(BaseAdmin):
    list_display = ("name",)
    search_fields = ("name",)


@admin.register(Vision)
class VisionAdmin(FactAdmin):
    list_display = ("__str__", "source")
    inlines = (VisionValueInline, VisionStrategyInline)
    search_fields = ("statement",)


@admin.register(VisionValue)
class VisionValueAdmin(BaseAdmin):
    list_display = ("name", "order", "vision")
    list_select_related = ("vision",)
    search_fields = ("name",)
    autocomplete_fields = ("vision",)


@admin.register(VisionStrategy)
class VisionStrategyAdmin(BaseAdmin):
    list_display = ("strategy", "order", "vision")
    list_select_related = ("strategy", "vision")
    search_fields = ("strategy__name",)
    autocomplete_fields = ("vision", "strategy")


@admin.register(Project)
class ProjectAdmin(BaseAdmin):
    list_display = ("name",)
    search_fields = ("name", "name_english")
    autocomplete_fields = ("budget_lines",)


@admin.register(Brief)
class BriefAdmin(FactAdmin):
    amount_unit = amounts.MILLION
    inlines = (ContactInline, FundingInline, MilestoneInline)
    list_display = ("number", "title", "strategy", "lead_department", "budget", "source")
    list_display_links = ("number", "title")
    list_select_related = ("source", "strategy", "lead_department")
    list_filter = ("strategy", *FactAdmin.list_filter)
    search_fields = ("title", "purpose", "overview", "achievements", "project__name")
    autocomplete_fields = ("source", "project", "strategy", "lead_department")


class PartOfBriefAdmin(BaseAdmin):
    date_hierarchy = "brief__source__as_of"
    list_select_related: tuple[str, ...] = ("brief",)
    list_filter: Any = (("brief__source__as_of", DayFilter), "brief__source__state")
    autocomplete_fields: tuple[str, ...] = ("brief",)


@admin.register(Contact)
class ContactAdmin(PartOfBriefAdmin):
    list_display = ("role", "names", "phone", "department", "brief")
    list_select_related = ("brief", "department")
    search_fields = ("role", "names", "phone", "department__name")
    autocomplete_fields = ("brief", "department")


@admin.register(Funding)
class FundingAdmin(PartOfBriefAdmin):
    amount_unit = amounts.MILLION
    list_display = ("name", "amount", "printed", "brief")
    search_fields = ("name", "brief__title")


@admin.register(Milestone)
class MilestoneAdmin(PartOfBriefAdmin):
    list_display = ("title", "period_printed", "start", "end", "listing", "recorded", "brief")
    list_filter = ("listing", "recorded", *PartOfBriefAdmin.list_filter)
    search_fields = ("title", "note", "brief__title")


@admin.register(Indicator)
class IndicatorAdmin(BaseAdmin):
    inlines = (MeasurementInline, TargetInline)
    list_display = ("name", "project", "parent", "unit", "kind")
    list_per_page = 50
    list_select_related = ("project", "parent")
    list_filter = ("kind", "project")
    search_fields = ("name", "project__name")
    autocomplete_fields = ("project", "parent")


@admin.register(Measurement)
class MeasurementAdmin(FactAdmin):
    list_display = ("indicator", "measured_on", "printed", "value", "place", "source")
    list_editable = ("printed", "value")
    list_per_page = 50
    list_select_related = ("source", "indicator")
    search_fields = ("indicator__name", "printed", "place")
    autocomplete_fields = ("source", "indicator")


@admin.register(Target)
class TargetAdmin(FactAdmin):
    list_display = ("indicator", "due", "printed", "value", "place", "source")
    list_select_related = ("source", "indicator")
    search_fields = ("indicator__name", "printed", "place")
    autocomplete_fields = ("source", "indicator")
