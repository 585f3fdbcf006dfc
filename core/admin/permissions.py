"""Permissions in admin: nobody sees, changes or chooses what is another's, and no button is shown that would be refused."""

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered
from django.core.exceptions import ValidationError

from ..access.scope import access_scope
from ..edit_conflicts.form_data import is_key
from ..models import NaturalKeyModel

NOT_YOURS = "맡은 부서나 범위가 아닌 자료로 저장할 수 없습니다."


class LimitedChoices:
    """Fields of forms and inlines offer what the user may choose."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if issubclass(db_field.related_model, NaturalKeyModel):
            kwargs.setdefault("queryset", access_scope(request.user).choices(self.model, db_field))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class HeldForm:
    """Refuses to change what is another's and what would become another's, whatever was sent."""

    def _post_clean(self):
        super()._post_clean()
        if not self.errors and not self._is_within_reach():
            self.add_error(None, NOT_YOURS)

    def _is_within_reach(self):
        is_reached = self.instance.pk is None or self.access_scope.may(self.instance, "change")
        return is_reached and self.access_scope.may_save_as(self.instance)


class RowForm:
    """A row of a list shows a few fields; what is unique together with others is asked for too, before the database refuses it."""

    def validate_unique(self):
        try:
            if self.changed_data:
                self.instance.validate_unique()
                self.instance.validate_constraints()
        except ValidationError as error:
            self.add_error(None, error.messages)


def _held(request, form):
    return type(form.__name__, (HeldForm, form), {"access_scope": access_scope(request.user)})


class PermissionsAdmin(LimitedChoices, admin.ModelAdmin):
    """Django's permissions say what, the roles (`core.access.scope`) to which rows."""

    def get_queryset(self, request):
        """The rows that the user may see; for an autocomplete those that may be chosen for the field that asks."""
        access, rows = access_scope(request.user), super().get_queryset(request)
        field = _asking_field(request)
        if field and _is_limited(field):
            return rows.filter(pk__in=access.choices(field.model, field).order_by().values("pk"))
        return rows.filter(access.filter_for(self.model, "view"))

    def get_changeform_initial_data(self, request):
        """What an address fills in, without what can be no key."""
        links = {one.name for one in (*self.opts.fields, *self.opts.many_to_many) if one.is_relation}
        given = super().get_changeform_initial_data(request)
        return {
            name: value
            for name, value in given.items()
            if name not in links or all(map(is_key, _listed(value)))
        }

    def has_view_permission(self, request, obj=None):
        allowed = super().has_view_permission(request, obj)
        return allowed and self._reaches(request, obj, "view")

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._reaches(request, obj, "change")

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._reaches(request, obj, "delete")

    def has_import_permission(self, request):
        """A file may add and change, so that both must be allowed besides."""
        return all(
            access_scope(request.user).has(self.model, action) for action in ("import", "add", "change")
        )

    def has_export_permission(self, request):
        return all(access_scope(request.user).has(self.model, action) for action in ("export", "view"))

    def get_form(self, request, obj=None, change=False, **kwargs):
        return _held(request, super().get_form(request, obj, change=change, **kwargs))

    def get_changelist_form(self, request, **kwargs):
        form = super().get_changelist_form(request, **kwargs)
        return _held(request, type(form.__name__, (RowForm, form), {}))

    def _reaches(self, request, obj, action):
        return obj is None or access_scope(request.user).may(obj, action)

    def get_readonly_fields(self, request, obj=None):
        """What refers to something that the user may not look through is shown, not chosen."""
        hidden = [
            field.name
            for field in self.opts.fields
            if field.is_relation and not self._may_look_through(request, field.related_model)
        ]
        return (*super().get_readonly_fields(request, obj), *hidden)

    def _may_look_through(self, request, model):
        try:
            return self.admin_site.get_model_admin(model).has_view_permission(request)
        except NotRegistered:
            return True

    def get_list_filter(self, request):
        """Relations are offered as far as the user's rows have them."""
        return [self._limited_filter(one) for one in super().get_list_filter(request)]

    def _limited_filter(self, one):
        is_relation = isinstance(one, str) and "__" not in one and self.opts.get_field(one).many_to_one
        return (one, admin.RelatedOnlyFieldListFilter) if is_relation else one


def _listed(value):
    return value if isinstance(value, list) else [value]


def _asking_field(request):
    """The field that an autocomplete asks for."""
    match = request.resolver_match
    if match is None or match.view_name != "admin:autocomplete":
        return None
    return apps.get_model(request.GET["app_label"], request.GET["model_name"])._meta.get_field(
        request.GET["field_name"]
    )


def _is_limited(field):
    """Who asks for another field, as of a model of history, sees no more than its list."""
    return issubclass(field.model, NaturalKeyModel) and issubclass(field.related_model, NaturalKeyModel)
