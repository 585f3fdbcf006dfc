"""Two people at once: what one submits, against what others have made of the same objects since the page was opened.

An object that the submitter left as it was keeps what others made of it. One that both have changed is contested: nothing is saved
until the submitter has chosen a value for each field. What is not chosen stays as it is.
"""

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import models
from django.forms import BaseFormSet, BaseModelForm
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet, InlineForeignKeyField
from django.http import HttpRequest

from ..audit.states import instance_of, links_of, tracked_fields
from ..models.changes import ChangeRecord
from .form_data import rearrange, take
from .versions import FormVersions, Versions

# Names and values in the form, in templates/admin/conflict.html too.
CONTESTED, CHOICE, SUBMITTED, CURRENT = "contested", "choice-", "submitted", "current"
Place = tuple[BaseModelForm, BaseFormSet | None, int]  # a form of a page, its formset and its number there


@dataclass
class FormVersion:
    """One form of the page as submitted; `was` and `now` are the newest records of its object then and now."""

    form: BaseModelForm
    was: ChangeRecord
    now: ChangeRecord
    formset: BaseFormSet | None = None
    number: int = 0

    @property
    def name(self) -> str:
        return self.form.prefix or "whole"

    @property
    def model(self) -> type:
        return self.form._meta.model

    @property
    def is_gone(self) -> bool:
        """Deleted, or no longer one of the rows of this page."""
        return self.now.kind == ChangeRecord.Kind.DELETED or self.form.instance.pk is None

    @property
    def may_revive(self) -> bool:
        return isinstance(self.formset, BaseInlineFormSet) and self.formset.max_num > 0

    @cached_property
    def deletes(self) -> bool:
        self.form.is_valid()
        return bool(self.form.cleaned_data.get(DELETION_FIELD_NAME))

    @cached_property
    def fields(self) -> list[str]:
        """The names of the tracked fields that the form lets one change."""
        options = self.model._meta
        tracked = {field.name for field in (*tracked_fields(self.model), *options.many_to_many)} - {
            options.pk.name
        }
        return [
            name
            for name, field in self.form.fields.items()
            if name in tracked and not field.disabled and not isinstance(field, InlineForeignKeyField)
        ]

    @cached_property
    def form_then(self) -> BaseModelForm:
        return self._form_as(self.was)

    @cached_property
    def form_now(self) -> BaseModelForm:
        return self._form_as(self.now)

    def _form_as(self, record: ChangeRecord) -> BaseModelForm:
        options = self.formset.get_form_kwargs(self.number) if self.formset else {}
        return type(self.form)(
            instance=instance_of(record), initial=links_of(record), prefix=self.form.prefix, **options
        )

    def differs(self, name: str, form: BaseModelForm) -> bool:
        """Whether what was submitted is something else than what the form would have shown."""
        return self.form.fields[name].has_changed(form[name].initial, self.form[name].data)

    @cached_property
    def changed_by_submitter(self) -> list[str]:
        return [name for name in self.fields if self.differs(name, self.form_then)]

    @cached_property
    def changed_parts(self) -> list[BaseModelForm]:
        """The parts of the form that the submitter changed: they go with their object, and their text with them."""
        return [part for part in parts_of(self.form) if part.has_changed()]

    @cached_property
    def changed_by_others(self) -> list[str]:
        return [name for name in self.fields if self._value(self.was, name) != self._value(self.now, name)]

    def _value(self, record: ChangeRecord, name: str) -> Any:
        field = self.field(name)
        return set(record.state.get(name, ())) if field.many_to_many else record.state[field.attname]

    def field(self, name: str) -> Any:
        return self.model._meta.get_field(name)

    @property
    def is_contested(self) -> bool:
        if self.is_gone:
            return bool(self.changed_by_submitter or self.changed_parts) and not self.deletes
        if self.deletes:
            return bool(self.changed_by_others)
        return bool(self.changed_by_submitter and self.changed_by_others)

    @property
    def leaves_it_to_others(self) -> bool:
        is_untouched = not (self.changed_by_submitter or self.deletes or self.is_gone and self.changed_parts)
        return is_untouched or self.is_gone and self.deletes

    @property
    def changed(self) -> list[str]:
        """The fields that either has changed, to the same value too."""
        return [name for name in self.fields if name in {*self.changed_by_submitter, *self.changed_by_others}]


def compared_forms(places: Iterable[Place], versions: Versions) -> list[FormVersion]:
    """The forms whose object `versions` names."""
    found = [(place, versions[key]) for place in places if (key := _object_of(*place[:2])) in versions]
    records = ChangeRecord.objects.in_bulk({pk for _, pair in found for pk in pair})
    return [
        FormVersion(form, records[then], records[now], formset, number)
        for (form, formset, number), (then, now) in found
    ]


def _object_of(form: BaseModelForm, formset: BaseFormSet | None) -> tuple[type[models.Model], int | None]:
    """(model, key) as the form says it, whether or not it is still there."""
    model = form._meta.model
    if formset is None:
        return model, form.instance.pk
    text = form.data.get(form.add_prefix(model._meta.pk.name), "")
    return model, int(text) if text.isdecimal() else None


def places_of(form: BaseModelForm | None, formsets: Iterable[BaseFormSet]) -> Iterator[Place]:
    """Each form of a page that speaks of an object; the `parts` of a form speak of objects of their own."""
    if form is not None:
        yield form, None, 0
        yield from ((part, None, 0) for part in parts_of(form))
    for formset in formsets:
        for number, form in enumerate(formset.initial_forms):
            yield form, formset, number
            yield from ((part, None, 0) for part in parts_of(form))


def parts_of(form: BaseModelForm) -> list[BaseModelForm]:
    return getattr(form, "parts", [])


class EditConflict:
    """`places()` gives the page's forms, bound to request.POST as it is at the time."""

    def __init__(self, request: HttpRequest, versions: FormVersions, places: Callable[[], Iterable[Place]]):
        self.request, self.versions, self.places = request, versions, places

    def resolve(self) -> tuple[list[FormVersion], list[ChangeRecord]]:
        """Put into request.POST what needs no question; give the forms that do, and the changes of others that stay.

        Both are empty where nobody else has changed anything.
        """
        if asked := set(self.request.POST.getlist(CONTESTED)):
            self._choose(asked)
        changed = self.versions.changed_since()
        left = self._keep_current(changed) if changed else []
        kept = [version.now for version in left if version.is_gone or version.changed_by_others]
        for version in left:
            del changed[version.model, version.now.object_id]
        contested = [version for version in self._compared(changed) if version.is_contested]
        return contested, [*kept, *self.versions.added_since()]

    def _compared(self, versions: Versions) -> list[FormVersion]:
        return compared_forms(self.places(), versions) if versions else []

    def _choose(self, asked: set[str]) -> None:
        """A field whose current value was chosen becomes what it was when the question was put, as if never touched."""
        seen = {
            (apps.get_model(label), key): (version, version)
            for label, versions in self.versions.versions.items()
            for key, version in versions.items()
        }
        with PostEdit(self.request) as edit:
            for version in self._compared(seen):
                if version.name in asked:
                    self._choose_whole(version, edit)
                else:
                    names = [
                        name
                        for name in version.fields
                        if self._is_current(version.form.add_prefix(name), asked)
                    ]
                    take(edit.data, version.form_then, names)

    def _choose_whole(self, version: FormVersion, edit: "PostEdit") -> None:
        is_submitted = not self._is_current(version.name, {version.name})
        if version.is_gone:
            edit.revive(version) if is_submitted and version.may_revive else edit.drop(version)
        elif not is_submitted:
            edit.data.pop(version.form.add_prefix(DELETION_FIELD_NAME), None)
            take(edit.data, version.form_then, version.fields)

    def _is_current(self, name: str, asked: Container[str]) -> bool:
        return name in asked and self.request.POST.get(CHOICE + name) != SUBMITTED

    def _keep_current(self, changed: Versions) -> list[FormVersion]:
        """Where the submitter changed nothing, what others made of it stays. Gives these forms."""
        left = [version for version in self._compared(changed) if version.leaves_it_to_others]
        with PostEdit(self.request) as edit:
            for version in left:
                if version.is_gone:
                    edit.drop(version)
                else:
                    take(edit.data, version.form_now, version.fields)
        return left


class PostEdit:
    """A change of request.POST, whole at the end."""

    def __init__(self, request: HttpRequest):
        self.request, self.data = request, request.POST.copy()
        self.dropped: dict[BaseFormSet, list[int]] = {}
        self.revived: dict[BaseFormSet, list[int]] = {}

    def __enter__(self) -> "PostEdit":
        return self

    def __exit__(self, *failure: object) -> None:
        for formset in {*self.dropped, *self.revived}:
            dropped, revived = self.dropped.get(formset, ()), self.revived.get(formset, ())
            rearrange(self.data, formset, dropped, revived)
        self.request.POST = self.data  # type: ignore[assignment]  # immutable to the stubs alone

    def drop(self, version: FormVersion) -> None:
        if version.formset is not None:  # a part goes with its form
            self.dropped.setdefault(version.formset, []).append(version.number)

    def revive(self, version: FormVersion) -> None:
        if version.formset is not None:
            self.revived.setdefault(version.formset, []).append(version.number)
