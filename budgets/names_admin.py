"""Admin of the finance system's names for departments and columns."""

from django.contrib import admin

from core.admin.base import BaseAdmin

from .models import ColumnMapping, DepartmentAlias


class BureauNameAdmin(BaseAdmin):
    """Who works for a bureau names it; without one, a name is for the whole city."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if bureau := form.base_fields.get("bureau"):
            bureau.required = request.user.bureau_ids is not None
            bureau.help_text = "" if bureau.required else bureau.help_text
        return form

    @admin.display(description="국·정책관", ordering="bureau__name", empty_value="모든 국·정책관")
    def whose(self, named):
        return named.bureau


@admin.register(DepartmentAlias)
class DepartmentAliasAdmin(BureauNameAdmin):
    list_display = ("name", "department", "whose")
    list_select_related = ("department", "bureau")
    search_fields = ("name", "department__name")
    autocomplete_fields = ("department",)


@admin.register(ColumnMapping)
class ColumnMappingAdmin(BureauNameAdmin):
    list_display = ("label", "field", "whose")
    list_select_related = ("bureau",)
    list_filter = ("field",)
    search_fields = ("label",)
