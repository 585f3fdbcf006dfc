"""Admin of the finance system's names for departments and columns."""

from django.contrib import admin

from core.admin.base import BaseAdmin

from .models import ColumnMapping, DepartmentAlias


@admin.register(DepartmentAlias)
class DepartmentAliasAdmin(BaseAdmin):
    list_display = ("name", "department")
    list_select_related = ("department",)
    search_fields = ("name", "department__name")
    autocomplete_fields = ("department",)


@admin.register(ColumnMapping)
class ColumnMappingAdmin(BaseAdmin):
    list_display = ("label", "field")
    list_filter = ("field",)
    search_fields = ("label",)
