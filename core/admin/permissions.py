"""Permissions in admin: nobody sees, changes or chooses what is another's, and no button is shown that would be refused."""

from typing import Any
from urllib.parse import parse_qsl

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.admin.views.main import ALL_VAR, ORDER_VAR, PAGE_VAR
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from ..access.scope import access_scope
from ..edit_conflicts.form_data import is_key
from ..models import Fact, NaturalKeyModel
from .filters import RelatedFilter
from .plausibility import plausible

OF_SOURCE = {
    *("source__state__exact", "source__bureau__id__exact"),
    *("source__as_of", "source__as_of__year", "source__as_of__month", "source__as_of__day"),
}  # filters that lists of facts offer
NOT_NARROWING = {PAGE_VAR, ORDER_VAR, ALL_VAR}
NOT_YOURS = "맡은 부서나 범위가 아닌 자료로 저장할 수 없습니다."


class LimitedChoices:
    """Fields of forms and inlines offer what the user may choose."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if issubclass(db_field.related_model, NaturalKeyModel):
            kwargs.setdefault("queryset", access_scope(request.user).choices(self.model, db_field))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class HeldForm:
    """Refuses to change what is another's and what would become another's, whatever was sent."""

    def _post_clean(self) -> None:
        super()._post_clean()
        is_reached = self.instance.pk is None or self.access_scope.may(self.instance, "change")
        if not self.errors and not (is_reached and self.access_scope.may_save_as(self.instance)):
            self.add_error(None, NOT_YOURS)


class RowForm:
    """A row of a list shows a few fields; what is unique together with others is asked for too, before the database refuses it."""

    def validate_unique(self) -> None:
        try:
            if self.changed_data:
                self.instance.validate_unique()
                self.instance.validate_constraints()
        except ValidationError as error:
            self.add_error(None, error.messages)


def _held(request: HttpRequest, form: Any) -> Any:
    held = type(form.__name__, (HeldForm, form), {"access_scope": access_scope(request.user)})
    return plausible(request, held)


class PermissionsAdmin(LimitedChoices, admin.ModelAdmin):
    """Django's permissions say what, the roles (`core.access.scope`) to which rows."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The rows that the user may see; for an autocomplete those that may be chosen for the field that asks."""
        access, rows = access_scope(request.user), super().get_queryset(request)
        field = _asking_field(request)
        if (
            field
            and issubclass(field.model, NaturalKeyModel)
            and issubclass(field.related_model, NaturalKeyModel)
        ):
            # Who asks for another field, as of a model of history, sees no more than its list.
            return rows.filter(pk__in=access.choices(field.model, field).order_by().values("pk"))
        return rows.filter(access.filter_for(self.model, "view"))

    def get_paginator(self, request: HttpRequest, queryset: QuerySet[Any], *args: Any, **options: Any) -> Any:
        """Of a list that nothing narrows, the rows that are not seen are counted where these are the few."""
        paginator, rows = super().get_paginator(request, queryset, *args, **options), self.model._base_manager
        unseen = access_scope(request.user).unseen_filter(self.model)
        if unseen is not None and not set(request.GET) - NOT_NARROWING:
            paginator.count = rows.count() - rows.filter(unseen).count()
        return paginator

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[Any, Any]:
        """What an address fills in, without what can be no key; else what the list that one comes from was filtered by."""
        links = {one.name for one in (*self.opts.fields, *self.opts.many_to_many) if one.is_relation}
        filtered = self._source_filtered_by(request) | _filtered_by(request, links)
        given = filtered | super().get_changeform_initial_data(request)
        return {
            name: value
            for name, value in given.items()
            if name not in links or all(map(is_key, value if isinstance(value, list) else [value]))
        }

    def _source_filtered_by(self, request: HttpRequest) -> dict[str, str]:
        """The source of a list that is filtered by its day, its state or its bureau, where these leave one that the user may choose."""
        filters = dict(parse_qsl(request.GET.get("_changelist_filters", "")))
        asked = {name.removeprefix("source__"): value for name, value in filters.items() if name in OF_SOURCE}
        if not asked or not issubclass(self.model, Fact):
            return {}
        field = self.opts.get_field("source")
        try:
            found = access_scope(request.user).choices(self.model, field).filter(**asked)
            keys = found.filter(scope__in=self.model.scopes).order_by().values_list("pk", flat=True)[:2]
            return {"source": str(keys[0])} if len(keys) == 1 else {}
        except (ValueError, ValidationError):
            return {}

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_view_permission(request, obj)
        return allowed and self._reaches(request, obj, "view")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self._reaches(request, obj, "change")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self._reaches(request, obj, "delete")

    def has_import_permission(self, request: HttpRequest) -> bool:
        """A file may add and change, so that both must be allowed besides."""
        return all(
            access_scope(request.user).has(self.model, action) for action in ("import", "add", "change")
        )

    def has_export_permission(self, request: HttpRequest) -> bool:
        return all(access_scope(request.user).has(self.model, action) for action in ("export", "view"))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return _held(request, super().get_form(request, obj, change=change, **kwargs))

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        form = super().get_changelist_form(request, **kwargs)
        return _held(request, type(form.__name__, (RowForm, form), {}))

    def _reaches(self, request: HttpRequest, obj: Any, action: str) -> Any:
        return obj is None or access_scope(request.user).may(obj, action)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What refers to something that the user may not look through is shown, not chosen."""
        hidden = [
            field.name
            for field in self.opts.fields
            if field.is_relation and not self._may_look_through(request, field.related_model)
        ]
        return (*super().get_readonly_fields(request, obj), *hidden)

    def _may_look_through(self, request: HttpRequest, model: Any) -> Any:
        try:
            return self.admin_site.get_model_admin(model).has_view_permission(request)
        except NotRegistered:
            return True

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """Relations are offered as far as the user's rows have them."""
        relations = {field.name for field in self.opts.fields if field.many_to_one}
        return [
            (name, RelatedFilter) if name in relations else name for name in super().get_list_filter(request)
        ]


def _filtered_by(request: HttpRequest, links: set[str]) -> dict[str, str]:
    """The field and key of each link to one object that the filters of the list ask for: its source, its unit."""
    filters = dict(parse_qsl(request.GET.get("_changelist_filters", "")))
    named = ((name.partition("__"), value) for name, value in filters.items())
    return {
        field: value for (field, _, rest), value in named if field in links and rest in ("id__exact", "exact")
    }


def _asking_field(request: HttpRequest) -> Any:
    """The field that an autocomplete asks for."""
    match = request.resolver_match
    if match is None or match.view_name != "admin:autocomplete":
        return None
    return apps.get_model(request.GET["app_label"], request.GET["model_name"])._meta.get_field(
        request.GET["field_name"]
    )
