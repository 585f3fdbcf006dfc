from django.contrib import admin

from departments.admin import FactAdmin
from departments.admin_base import HouseAdmin

from .models import Definition, Term


@admin.register(Term)
class TermAdmin(HouseAdmin):
    list_display = ("name", "english", "abbreviation", "slug")
    search_fields = ("name", "english", "abbreviation", "spellings", "slug")


@admin.register(Definition)
class DefinitionAdmin(FactAdmin):
    list_display = ("heading", "page_printed", "order", "source")
    search_fields = ("heading", "text", "term__name")
    autocomplete_fields = ("source", "term")
