"""Sources in admin: their facts beside them, and the ways to copy one, to bring it into force and to withdraw it."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from ..access.scope import access_scope
from ..copying import parts_of
from ..models import Source
from .base import BaseAdmin

MOST_ROWS = 80  # typed in one form; of more there is a list
_inlines: list[type] = []


def register_source_inline(inline: Any) -> Any:
    """Class decorator: an inline of facts stands in the forms of the sources whose scope may say them."""
    _inlines.append(inline)
    return inline


class SourceWork(BaseAdmin):
    """`state` is changed by the actions alone, which say what readers will see."""

    readonly_fields = ("state",)
    actions = ("confirm", "withdraw")

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        if obj is None:
            return []
        numbers = self._numbers(request, obj)
        # Rows that were sent are not passed over if there have become too many meanwhile.
        sent = {name.removesuffix("-TOTAL_FORMS") for name in request.POST}
        return [
            inline
            for inline in _inlines
            if numbers.get(inline.model, MOST_ROWS + 1) <= MOST_ROWS
            or inline.model._meta.get_field("source").remote_field.get_accessor_name() in sent
        ]

    def _numbers(self, request: HttpRequest, source: Any) -> Any:
        """How many rows of each model that the source may speak of the user may see of it; counted once a request."""
        known = request.__dict__.setdefault("numbers_of_facts", {})
        if source.pk not in known:
            speaks = [
                part
                for part, _ in parts_of(Source)
                if source.scope in (getattr(part, "scopes", ()) or [source.scope])
            ]
            access = access_scope(request.user)
            known[source.pk] = {
                part: part._base_manager.filter(access.filter_for(part, "view"), source=source).count()
                for part in speaks
            }
        return known[source.pk]

    def has_confirm_permission(self, request: HttpRequest, source: Any = None) -> Any:
        """May bring into force and withdraw."""
        return self.has_change_permission(request, source)

    def may_copy(self, request: HttpRequest, source: Any) -> Any:
        return self.has_add_permission(request) and self.has_change_permission(request, source)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Any = None, **kwargs: Any
    ) -> Any:
        if obj is not None:
            context["source_tools"] = self.tools(request, obj)
            context["fact_lists"] = self.lists(request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def tools(self, request: HttpRequest, source: Any) -> Any:
        """(words, address) of what the user may do with the whole source."""
        pages = []
        if self.may_copy(request, source):
            pages.append(("새 기준일로 복사", reverse("admin:source_copy", args=[source.pk])))
        if self.has_confirm_permission(request, source):
            view, words = (
                ("withdraw", "철회") if source.state == Source.State.IN_FORCE else ("confirm", "확정")
            )
            pages.append((words, f"{reverse(f'admin:source_{view}')}?{urlencode({'pk': source.pk})}"))
        return pages

    def lists(self, request: HttpRequest, source: Any) -> Any:
        """(name, number, address) of the lists of what the source says."""
        found = []
        for model, number in self._numbers(request, source).items():
            fact_admin, options = self.admin_site._registry.get(model), model._meta
            if fact_admin and fact_admin.has_view_permission(request):
                address = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
                found.append((options.verbose_name, number, f"{address}?source__id__exact={source.pk}"))
        return found

    @admin.action(description="확정하기", permissions=["confirm"])
    def confirm(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        return self._ask(
            request, "confirm", queryset.exclude(state=Source.State.IN_FORCE), "이미 확정한 자료입니다."
        )

    @admin.action(description="철회하기", permissions=["confirm"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        return self._ask(
            request,
            "withdraw",
            queryset.filter(state=Source.State.IN_FORCE),
            "확정한 자료만 철회할 수 있습니다.",
        )

    def _ask(self, request: HttpRequest, view: Any, sources: Any, nothing: Any) -> HttpResponse | None:
        keys = list(sources.values_list("pk", flat=True))
        if not keys:
            messages.warning(request, nothing)
            return None
        return HttpResponseRedirect(
            f"{reverse(f'admin:source_{view}')}?{urlencode({'pk': keys}, doseq=True)}"
        )
