"""Forms that a page of the site has opened to put one value right: nothing else around, and the way back to the page."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from ..edit_links import BACK, FIELD

GOING_ON = ("_continue", "_addanother", "_saveasnew")
ALONE = {
    "is_nav_sidebar_enabled": False,
    "show_save_and_continue": False,
    "show_save_and_add_another": False,
    "show_delete": False,
}


class ReturnToPageMixin(admin.ModelAdmin):
    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Any = None, **kwargs: Any
    ) -> Any:
        if obj is not None and (page := page_before(request)):
            context |= {**ALONE, "page_before": page}
            field = context["adminform"].form.fields.get(request.GET.get(FIELD, ""))
            if field is not None:
                field.widget.attrs["autofocus"] = True
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        response, page = super().response_change(request, obj), page_before(request)
        return (
            HttpResponseRedirect(page)
            if page and not any(name in request.POST for name in GOING_ON)
            else response
        )


def page_before(request: HttpRequest) -> Any:
    """The page of this site that the form was opened from; '' where there is none, or the address leads elsewhere."""
    page = request.GET.get(BACK, "")
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if is_ours else ""
