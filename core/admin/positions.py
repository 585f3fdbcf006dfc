"""Rows of a list whose numbers are their places: whoever gives a row the number 2 puts it second, and the others move on."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.core.validators import MaxValueValidator
from django.db import models, router, transaction
from django.http import HttpRequest, HttpResponse

from .renumbering import HIGHEST, NUMBER

Group = tuple[Any, ...]


class PlacedForm(forms.ModelForm):
    """Takes a number that another row has; without one the row goes to the end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if NUMBER in self.fields:
            place = self.fields[NUMBER]
            place.required = False
            place.validators = [
                *place.validators,
                MaxValueValidator(HIGHEST),
            ]  # the column's own is left out below
            place.help_text = "이 번호의 자리에 들어가고 뒤의 것은 하나씩 밀립니다. 비우면 맨 끝입니다."

    def _get_validation_exclusions(self) -> set[str]:
        return {*super()._get_validation_exclusions(), NUMBER}


class PlacedRow:
    """As `PlacedForm`, in a list."""

    def validate_unique(self) -> None:
        """Two rows of one number are told apart when all are saved."""


class PositionsAdmin(admin.ModelAdmin):
    """`position_group`: the fields that rows of one numbering share. It stays 1 to n, whatever is added, moved or deleted."""

    position_group: tuple[str, ...] = ()
    form = PlacedForm

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        form = super().get_changelist_form(request, **kwargs)
        return type(form.__name__, (PlacedRow, form), {})

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Rows of a list are saved one by one; their places are settled after the last."""
        if request.method != "POST":  # to look at it takes no lock
            return super().changelist_view(request, extra_context)
        moved: dict[Group, dict[int, int | None]] = {}
        request.moved_rows = moved
        with transaction.atomic(using=router.db_for_write(self.model)):
            response = super().changelist_view(request, extra_context)
            for group, wanted in moved.items():
                self._arrange(group, wanted)
        return response

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        stored = self.model._base_manager.filter(pk=obj.pk).first() if change else None
        wanted, group = obj.order, self._group_of(obj)
        stays = stored is not None and self._group_of(stored) == group
        obj.order = stored.order if stored is not None and stays else self._rows(group).count() + 1
        while not stays and self._rows(group).filter(**{NUMBER: obj.order}).exists():
            obj.order += 1
        is_moved = not stays or wanted != obj.order
        if not change or not is_moved or set(form.changed_data) - {NUMBER}:
            super().save_model(request, obj, form, change)
        if is_moved and hasattr(request, "moved_rows"):
            request.moved_rows.setdefault(group, {})[obj.pk] = wanted
        elif is_moved:
            self._arrange(group, {obj.pk: wanted})
            if stored is not None and not stays:
                self._arrange(self._group_of(stored), {})

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        self._arrange(self._group_of(obj), {})

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        groups = {self._group_of(row) for row in queryset}
        super().delete_queryset(request, queryset)
        for group in groups:
            self._arrange(group, {})

    def _group_of(self, row: Any) -> Group:
        return tuple(getattr(row, self.opts.get_field(name).attname) for name in self.position_group)

    def _rows(self, group: Group) -> models.QuerySet[Any]:
        return self.model._base_manager.filter(**dict(zip(self.position_group, group, strict=True)))

    def _arrange(self, group: Group, wanted: dict[int, int | None]) -> None:
        rows = list(self._rows(group).order_by(NUMBER))
        number(rows, arranged(rows, wanted))


def arranged(rows: Iterable[Any], wanted: dict[int, int | None]) -> list[Any]:
    """The rows with those of `wanted` (number by key; None is the end) at the places that they ask for, the others in their order."""
    rows = list(rows)
    placed = [row for row in rows if row.pk not in wanted]
    asking = [row for row in rows if row.pk in wanted]
    for row in sorted(asking, key=lambda row: wanted[row.pk] or HIGHEST):
        place = wanted[row.pk]
        placed.insert(len(rows) if place is None else max(place - 1, 0), row)
    return placed


def number(rows: Sequence[Any], wanted: Sequence[Any]) -> None:
    """Number the rows 1 to n in the wanted order. Those that move step aside first, for the database lets no two have one number."""
    moving = [(place, row) for place, row in enumerate(wanted, 1) if row.order != place]
    for aside, (_, row) in enumerate(moving):
        type(row)._base_manager.filter(pk=row.pk).update(**{NUMBER: HIGHEST - aside})
    for place, row in moving:
        row.order = place
        row.save(update_fields=[NUMBER])
