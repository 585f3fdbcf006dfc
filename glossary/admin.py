from django.contrib import admin

from core.admin.base import BaseAdmin
from departments.admin import FactAdmin

from .models import Definition, Term


@admin.register(Term)
class TermAdmin(BaseAdmin):
    list_display = ("name", "english", "abbreviation")
    search_fields = ("name", "english", "abbreviation", "spellings")


@admin.register(Definition)
class DefinitionAdmin(FactAdmin):
    list_display = ("heading", "page_printed", "order", "source")
    search_fields = ("heading", "text", "term__name")
    autocomplete_fields = ("source", "term")
