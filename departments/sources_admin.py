"""Sources in admin: their facts beside them, and the ways to copy one, to bring it into force and to withdraw it."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from .admin_base import HouseAdmin
from .copying import parts_of
from .models import Source

MOST_ROWS = 80  # typed in one form; of more there is a list
_inlines: list[type] = []


def shows_facts(inline):
    """Class decorator: an inline of facts stands in the forms of the sources whose scope may say them."""
    _inlines.append(inline)
    return inline


class SourceWork(HouseAdmin):
    """`state` is changed by the actions alone, which say what readers will see."""

    readonly_fields = ("state",)
    actions = ("confirm", "withdraw")

    def get_inlines(self, request, obj):
        return [inline for inline in _inlines if obj and fits(inline, obj)]

    def has_confirm_permission(self, request, source=None):
        """May bring into force and withdraw."""
        return self.has_change_permission(request, source)

    def may_copy(self, request, source):
        return self.has_add_permission(request) and self.has_view_permission(request, source)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            context["source_tools"] = self.tools(request, obj)
            context["fact_lists"] = self.lists(request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def tools(self, request, source):
        """(words, address) of what the user may do with the whole source."""
        pages = []
        if self.may_copy(request, source):
            pages.append(("새 기준일로 복사", reverse("admin:source_copy", args=[source.pk])))
        if self.has_confirm_permission(request, source):
            view, words = ("withdraw", "철회") if source.state == Source.State.IN_FORCE else ("confirm", "확정")
            pages.append((words, f"{reverse(f'admin:source_{view}')}?{urlencode({'pk': source.pk})}"))
        return pages

    def lists(self, request, source):
        """(name, number, address) of the lists of what the source says."""
        found = []
        for model, link in parts_of(Source):
            fact_admin = self.admin_site._registry.get(model)
            if source.scope in (getattr(model, "scopes", ()) or [source.scope]) and fact_admin and fact_admin.has_view_permission(request):
                options = model._meta
                address = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
                number = model._base_manager.filter(**{link.name: source}).count()
                found.append((options.verbose_name, number, f"{address}?{link.name}__id__exact={source.pk}"))
        return found

    @admin.action(description="확정하기", permissions=["confirm"])
    def confirm(self, request, queryset):
        return self._ask(request, "confirm", queryset.exclude(state=Source.State.IN_FORCE), "이미 확정한 자료입니다.")

    @admin.action(description="철회하기", permissions=["confirm"])
    def withdraw(self, request, queryset):
        return self._ask(request, "withdraw", queryset.filter(state=Source.State.IN_FORCE), "확정한 자료만 철회할 수 있습니다.")

    def _ask(self, request, view, sources, nothing):
        keys = list(sources.values_list("pk", flat=True))
        if not keys:
            messages.warning(request, nothing)
            return None
        return HttpResponseRedirect(f"{reverse(f'admin:source_{view}')}?{urlencode({'pk': keys}, doseq=True)}")


def fits(inline, source):
    """Whether the source may say the inline's facts, and they are not too many for a form."""
    if inline.model.scopes and source.scope not in inline.model.scopes:
        return False
    return inline.model._base_manager.filter(source=source).count() <= MOST_ROWS
