"""Numbers of a text that one fact alone fits are bound to it as the text is saved."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest

from ..mentions.writing import propose
from ..models import MentionedText
from ..page_links import source_reached
from ..snapshot import snapshot_with

SHOWN = 3


class BindingAdmin(admin.ModelAdmin):
    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        self._bind(request, [form])
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        deleted = {id(gone) for gone in getattr(formset, "deleted_forms", ())}
        self._bind(request, [row for row in formset.forms if id(row) not in deleted])
        super().save_formset(request, form, formset, change)

    def _bind(self, request: HttpRequest, forms: list[Any]) -> None:
        rows = [
            form.instance
            for form in forms
            if isinstance(form.instance, MentionedText)
            and not {*form.instance.mention_fields}.isdisjoint(form.changed_data)
        ]
        source = source_reached(rows[0]) if rows else None
        if source is None or not source.pk:
            return
        snapshot = snapshot_with(source)
        found = [fact for row in rows for fact in propose(row, snapshot)]
        if found:
            names = ", ".join(dict.fromkeys(fact.label for fact in found[:SHOWN]))
            more = " 등" if len(found) > SHOWN else ""
            messages.info(request, f"글의 수 {len(found)}개를 자료와 연결했습니다: {names}{more}")
