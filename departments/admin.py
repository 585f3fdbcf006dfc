from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Q
from django.utils.functional import SimpleLazyObject

from core.admin.base import BaseAdmin
from core.admin.control_total_form import ControlTotalForm, value_shown
from core.admin.fields import DayFilter
from core.admin.filters import RelatedFilter
from core.admin.positions import PositionsAdmin
from core.admin.sources import SourceWork
from core.models import ControlTotal, Source, Threshold
from core.models.sources import ACCOUNT_KINDS, ACCOUNT_NAMES
from core.subjects import name_of, subject_names
from seoul_digital.lib import amounts

from . import inlines_admin  # noqa: F401  (facts in the forms of their sources)
from .accounts import sign_ins_admin  # noqa: F401  (registers itself)
from .accounts.users_admin import RoleGroupAdmin
from .models import (
    Department,
    Duty,
    FoundationProfile,
    JobSeries,
    Placement,
    Staffing,
    StaffingCount,
    Succession,
)
from .resources import ControlTotalResource, SourceResource, StaffingResource
from .staffing_form import SeriesFields, all_series

admin.site.unregister(Group)
admin.site.register(Group, RoleGroupAdmin)


@admin.register(Department)
class DepartmentAdmin(BaseAdmin):
    list_display = ("name", "kind")
    list_filter = ("kind",)
    search_fields = ("name", "name_english")


class AccountField(forms.CharField):
    """The account in words, as people write it."""

    def prepare_value(self, value):
        return ACCOUNT_NAMES.get(value, value)

    def to_python(self, value):
        return ACCOUNT_KINDS.get(word := super().to_python(value), word)


@admin.register(Source)
class SourceAdmin(SourceWork):
    resource_classes = [SourceResource]
    fieldsets = (
        (None, {"fields": ("bureau", "scope", "as_of", "state")}),
        ("받은 자료", {"fields": ("document", "heading", "unit", "notes", "received_at", "brought_by")}),
        ("세출 자료만", {"fields": ("fiscal_year", "budget_kind", "department", "account")}),
    )
    list_display = ("__str__", "bureau", "state", "as_of", "budget_kind", "received_at")
    list_select_related = ("bureau",)
    list_filter = ("state", "scope", "bureau")
    search_fields = ("document", "heading")
    date_hierarchy = "as_of"
    autocomplete_fields = ("bureau", "department", "brought_by")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "account":
            kwargs["form_class"] = AccountField
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class FactAdmin(BaseAdmin):
    """What a source says: found by its source, of which there are many."""

    date_hierarchy: str | None = "source__as_of"
    list_filter: Any = (
        "source__state",
        ("source__as_of", DayFilter),
        ("source__bureau", RelatedFilter),
    )
    list_select_related: tuple[str, ...] = ("source",)
    autocomplete_fields: tuple[str, ...] = ("source",)


def listed_subjects(request, model_admin):
    """The slugs that a list of totals speaks of, and their names; asked for once a request."""
    if not hasattr(request, "listed_subjects"):
        subjects = model_admin.get_queryset(request).order_by().values_list("subject", flat=True).distinct()
        slugs = {subject.partition("/")[0] for subject in subjects}
        request.listed_subjects = slugs, subject_names(slugs)
    return request.listed_subjects


class SubjectFilter(admin.SimpleListFilter):
    """By unit or item with all its accounts, under its name."""

    title, parameter_name = "대상", "of"

    def lookups(self, request, model_admin):
        slugs, names = listed_subjects(request, model_admin)
        return sorted(
            [(slug or "-", name_of(slug, names)) for slug in slugs],
            key=lambda pair: (pair[0] != "-", pair[1]),
        )

    def queryset(self, request, queryset):
        if (slug := self.value()) is None:
            return queryset
        return (
            queryset.filter(Q(subject="") | Q(subject__startswith="/"))
            if slug == "-"
            else queryset.filter(Q(subject=slug) | Q(subject__startswith=f"{slug}/"))
        )


@admin.register(ControlTotal)
class ControlTotalAdmin(FactAdmin):
    resource_classes = [ControlTotalResource]
    form = ControlTotalForm
    list_display = ("measure", "subject", "fiscal_year", "printed", "value_shown", "source")
    list_filter = (SubjectFilter, "measure", *FactAdmin.list_filter)
    search_fields = ("subject", "printed")
    ordering = ("source", "subject", "measure", "-fiscal_year")

    def get_list_display(self, request):
        names = SimpleLazyObject(lambda: listed_subjects(request, self)[1])

        @admin.display(description="대상", ordering="subject")
        def subject_name(total):
            return name_of(total.subject, names)

        return [subject_name if name == "subject" else name for name in super().get_list_display(request)]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            obj.subject_name = name_of(obj.subject, subject_names([obj.subject.partition("/")[0]]))
            context["subtitle"] = str(obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @admin.display(description="값", ordering="value")
    def value_shown(self, total):
        return value_shown(total)


@admin.register(Placement)
class PlacementAdmin(FactAdmin):
    list_display = ("department", "parent", "order", "note", "source")
    list_select_related = ("source", "department", "parent")
    search_fields = ("department__name", "parent__name")
    autocomplete_fields = ("source", "department", "parent")


@admin.register(FoundationProfile)
class FoundationProfileAdmin(FactAdmin):
    list_display = ("department", "founded_year", "structure", "authorized", "seconded", "source")
    list_editable = ("authorized", "seconded")
    list_select_related = ("source", "department")
    search_fields = ("department__name",)
    autocomplete_fields = ("source", "department")


@admin.register(Succession)
class SuccessionAdmin(BaseAdmin):
    list_display = ("predecessor", "successor", "kind", "on", "note")
    date_hierarchy = "on"
    list_select_related = ("predecessor", "successor")
    list_filter = ("kind",)
    search_fields = ("predecessor__name", "successor__name", "note")
    autocomplete_fields = ("predecessor", "successor")


@admin.register(Duty)
class DutyAdmin(PositionsAdmin, FactAdmin):
    position_group = ("source", "department")
    list_display = ("department", "order", "text", "source")
    list_editable = ("order", "text")
    list_per_page = 50
    list_select_related = ("source", "department")
    search_fields = ("text", "department__name")
    autocomplete_fields = ("source", "department")


@admin.register(Staffing)
class StaffingAdmin(SeriesFields, FactAdmin):
    resource_classes = [StaffingResource]
    own_fields = ("source", "department", "order", "authorized")
    list_display = ("department", "authorized", "headcount", "variance", "source")
    list_editable = ("authorized",)
    list_per_page = 50
    list_select_related = ("source", "department")
    search_fields = ("department__name",)
    autocomplete_fields = ("source", "department")

    def get_list_display(self, request):
        """With a column for each job series."""
        *shown, source = super().get_list_display(request)
        return [*shown, *map(_count_column, all_series(request)), source]

    @admin.display(description="현원")
    def headcount(self, staffing):
        return staffing.headcount

    @admin.display(description="과부족")
    def variance(self, staffing):
        return amounts.signed(staffing.variance)


def _count_column(series):
    @admin.display(description=series.name, empty_value=amounts.NONE)
    def count(staffing):
        return next((row.count for row in staffing.counts.all() if row.series_id == series.pk), None)

    count.__name__ = series.form_field
    return count


@admin.register(StaffingCount)
class StaffingCountAdmin(BaseAdmin):
    list_display = ("department", "series", "count", "source")
    list_editable = ("count",)
    list_per_page = 50
    list_filter = ("series", ("staffing__source__as_of", DayFilter))
    list_select_related = ("staffing__source", "staffing__department", "series")
    search_fields = ("staffing__department__name", "series__name")
    autocomplete_fields = ("staffing",)

    @admin.display(description="부서", ordering="staffing__department__name")
    def department(self, count):
        return count.staffing.department

    @admin.display(description="자료", ordering="staffing__source")
    def source(self, count):
        return count.staffing.source


@admin.register(JobSeries)
class JobSeriesAdmin(BaseAdmin):
    """A new series has its column in every form, table, file and document of staffing as soon as it has staff."""

    list_display = ("name", "order")
    list_editable = ("order",)
    search_fields = ("name",)


@admin.register(Threshold)
class ThresholdAdmin(BaseAdmin):
    """The kinds are the product's; what is chosen here holds for every bureau, from the next check on."""

    fields = ("name", "value", "unit", "note")
    readonly_fields = ("name", "unit")
    list_display = ("name", "value", "unit", "note")
    search_fields = ("name", "note")
