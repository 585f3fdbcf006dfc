"""The way from admin to the pages: where what was saved is seen, said after each save and at the head of each form."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join

from ..models import Source
from ..page_links import known, pages_showing, source_reached


class ViewOnSiteMixin(admin.ModelAdmin):
    view_on_site = False  # the form names every page by itself

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Any = None, **kwargs: Any
    ) -> Any:
        if obj is not None:
            context["shown_at"] = _pages(request, obj)
            context["not_in_force"] = told_of_state(source_reached(obj))
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        tell_where(request, form.instance)


def tell_where(request: HttpRequest, instance: Model) -> None:
    """A message with links to the pages that the change is seen on, or why it is not seen yet."""
    pages = _pages(request, instance)
    if pages:
        links = format_html_join(", ", '<a href="{}">{}</a>', ((address, name) for name, address in pages))
        messages.info(request, format_html("바뀐 값이 보이는 화면: {}", links))
    elif told := told_of_state(source_reached(instance)):
        messages.info(request, told)


def _pages(request: HttpRequest, instance: Model) -> Any:
    return pages_showing(instance, request.snapshot) if known(type(instance), [instance.pk]) else []


def told_of_state(source: Any) -> str:
    if source is None or source.state == Source.State.IN_FORCE:
        return ""
    if source.state == Source.State.DRAFT:
        return f"‘{source}’ 자료는 작성 중입니다. 확정하면 화면에 보입니다."
    return f"‘{source}’ 자료는 철회되어 화면에 보이지 않습니다."
