"""How the fields of every model are typed and listed in admin: amounts with their unit, 개조식 text with its preview."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import (
    AdminSplitDateTime,
    AdminTimeWidget,
    AutocompleteSelect,
    RelatedFieldWidgetWrapper,
)
from django.db import models
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from seoul_digital.lib import amounts, tables
from seoul_digital.lib.fields import DayField, DayInput, OutlineField, PartialDateField
from seoul_digital.lib.periods import full_text

from ..access.scope import access_scope
from ..audit.changes import moment, number
from ..edit_conflicts.form_data import is_key
from .amount_fields import NAMES, AmountField, shown, type_in_unit_of
from .outline_widget import OutlineInput
from .permissions import LimitedChoices
from .plausibility import plausible_rows
from .renumbering import Renumbering
from .text_numbers import text_name

SHOWN_AS = {
    models.DateField: tables.day,
    models.DateTimeField: moment,
    models.DecimalField: number,
    PartialDateField: full_text,
}
NAME_OF_WON = "(원)"  # in the name of a field, where the form shows another unit


class MomentInput(AdminSplitDateTime):
    def __init__(self, attrs: Any = None) -> None:
        forms.MultiWidget.__init__(self, [DayInput(), AdminTimeWidget()], attrs)


class MomentField(forms.SplitDateTimeField):
    """A day as people write it, and the time."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.fields = (DayField(required=False), self.fields[1])


class DayFilter(admin.AllValuesFieldListFilter):
    """The days of the sources that the user may see, as people write them."""

    def __init__(self, field: Any, request: HttpRequest, *rest: Any, **options: Any) -> None:
        super().__init__(field, request, *rest, **options)
        self.lookup_choices = self.lookup_choices.filter(
            access_scope(request.user).filter_for(field.model, "view")
        )

    def choices(self, changelist: Any) -> Any:
        for choice in super().choices(changelist):
            yield {**choice, "display": full_text(str(choice["display"]))}


class LinesField(forms.CharField):
    """Browsers send CR LF between lines; LF is kept, so that text that nobody touched has not changed."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


class OutlineLinesField(LinesField):
    """Tabs at either end are empty cells of a pasted table and stay."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"strip": False})

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text.strip(" \n") if text.strip() else self.empty_value


class BaseFields:
    """For ModelAdmin and inlines. `amount_unit` is what amounts are typed and listed in."""

    amount_unit = amounts.THOUSAND
    outline_rows = 14

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if is_amount(db_field):
            options = {
                "unit": self.amount_unit,
                "required": not db_field.blank,
                "help_text": db_field.help_text,
            }
            return AmountField(label=label_of(db_field), **options | kwargs)
        if isinstance(db_field, models.DecimalField):
            options = {
                "unit": 1,
                "decimals": db_field.decimal_places,
                "required": not db_field.blank,
                "help_text": db_field.help_text,
            }
            return AmountField(label=label_of(db_field), **options | kwargs)
        if isinstance(db_field, OutlineField):
            kwargs.setdefault("form_class", OutlineLinesField)
            unsaved = text_name(db_field.model(), db_field.name)
            kwargs.setdefault(
                "widget", OutlineInput({"rows": self.outline_rows}, str(db_field.verbose_name), unsaved)
            )
        if type(db_field) is models.DateField:
            kwargs.setdefault("form_class", DayField)
            kwargs.setdefault("widget", DayInput)
        if type(db_field) is models.DateTimeField:
            kwargs.setdefault("form_class", MomentField)
            kwargs.setdefault("widget", MomentInput)
        if isinstance(db_field, models.TextField):
            kwargs.setdefault("form_class", LinesField)
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False  # beside a choice it reads as taking the choice back
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KnownAutocomplete(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class FieldsAdmin(BaseFields, admin.ModelAdmin):
    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(
            request, {"title": self.opts.verbose_name_plural, **(extra_context or {})}
        )

    def get_changelist_formset(self, request: HttpRequest, **kwargs: Any) -> Any:
        """In the cells of a list there is no room for labels."""
        formset = plausible_rows(request, super().get_changelist_formset(request, **kwargs))
        for field in formset.form.base_fields.values():
            field.widget.attrs["aria-label"] = field.label
        return formset

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Amounts that are not typed into the list are shown as tables show them."""
        typed = self.list_editable if self.has_change_permission(request) else ()
        columns = super().get_list_display(request)
        return [name if name in typed else self._column(name) for name in columns]

    def _column(self, name: Any) -> Any:
        field = next((one for one in self.opts.fields if one.name == name), None)
        if field is None:
            return name
        if is_amount(field):
            return column(field, lambda value: shown(value, self.amount_unit))
        return column(field, SHOWN_AS[type(field)]) if type(field) in SHOWN_AS else name

    @property
    def list_note(self) -> Any:
        """What is said over the list of the unit of its amounts."""
        has_amounts = any(is_amount(field) for field in self.opts.fields if field.name in self.list_display)
        return f"(단위: {NAMES[self.amount_unit]})" if has_amounts else ""


def is_amount(field: Any) -> Any:
    return isinstance(field, models.BigIntegerField) and not field.primary_key


def label_of(field: Any) -> Any:
    name = str(field.verbose_name)
    return name.removesuffix(NAME_OF_WON)


def column(field: Any, show: Any) -> Any:
    """A column of a list that shows the field's values, where there are any, in its own way."""

    @admin.display(description=label_of(field), ordering=field.name, empty_value=amounts.NONE)
    def shown_value(instance: Model) -> Any:
        value = getattr(instance, field.name)
        return None if value in (None, "") else show(value)

    shown_value.__name__ = f"{field.name}_shown"  # names the column's CSS class
    return shown_value


class KnownAutocomplete(AutocompleteSelect):
    """An autocomplete that knows the names of what is chosen, so that a form of many rows needs no query for each."""

    known: Any = {}

    def build_attrs(self, *args: Any, **kwargs: Any) -> Any:
        """With words where nothing is chosen, for those who hear the page."""
        return super().build_attrs(*args, **kwargs) | {"data-placeholder": "고르기"}

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        chosen = [str(one) for one in value if one not in (None, "")]
        if not all(one in self.known for one in chosen):
            return super().optgroups(
                name, list(filter(is_key, chosen)), attrs
            )  # the field names what is none
        blank = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        options = [*blank, *(self.create_option(name, one, self.known[one], True, 0) for one in chosen)]
        return [(None, options, 0)]


class BaseInline(LimitedChoices, BaseFields):
    """For inlines of any number of rows: those that the user may change; names of what they refer to come by one query a field."""

    extra = 0
    parent = None
    named_by: tuple[str, ...] = ()  # what the names of rows need besides what they refer to

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        self.parent = obj
        formset = plausible_rows(
            request, super().get_formset(request, obj, **kwargs)
        )  # which makes the fields anew
        type_in_unit_of(obj, formset.form)
        return formset

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        action = "change" if self.has_change_permission(request, self.parent) else "view"
        referred = [field.name for field in self.model._meta.fields if field.many_to_one]
        rows = super().get_queryset(request).select_related(*referred, *self.named_by)
        return rows.filter(access_scope(request.user).filter_for(self.model, action))

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name in self.get_autocomplete_fields(request):
            widget = KnownAutocomplete(db_field, self.admin_site, choices=field.choices)
            widget.is_required = field.required
            widget.known = SimpleLazyObject(lambda: self._names(db_field))
            field.widget = widget
        return field

    def _names(self, db_field: Any) -> dict[Any, Any]:
        """Names by key, as text, of what the parent's rows refer to."""
        if self.parent is None:
            return {}
        link = next(
            field
            for field in self.model._meta.fields
            if field.is_relation and isinstance(self.parent, field.related_model)
        )
        used = self.model._base_manager.filter(**{link.name: self.parent}).values(db_field.attname)
        ways: list[Any] = [
            way.partition("__")[2] for way in self.named_by if way.startswith(f"{db_field.name}__")
        ]
        return {
            str(row.pk): str(row)
            for row in db_field.related_model._base_manager.filter(pk__in=used).select_related(
                *ways or [None]
            )
        }


class NamedCells(Renumbering):
    """In the cells of a table there is no room for labels."""

    def add_fields(self, form: Any, index: Any) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            field.widget.attrs["aria-label"] = field.label


class BaseTabular(BaseInline, admin.TabularInline):
    formset = NamedCells


class BaseStacked(BaseInline, admin.StackedInline):
    """`in_line`: the fields that the line of a folded row says besides its name (static/js/admin-rows.js)."""

    formset = Renumbering
    show_change_link = True
    in_line: tuple[str, ...] = ()

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name in self.in_line:
            field.widget.attrs["data-in-line"] = ""
        return field
