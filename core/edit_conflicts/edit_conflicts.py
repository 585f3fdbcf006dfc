"""Two people at once: what I sent, against what others have made of the same objects since I opened the page.

An object that I left as it was keeps what others made of it. One that both have changed is contested: nothing is saved until I have
said, field by field, whose value stays. What I say nothing of stays theirs.
"""

from dataclasses import dataclass
from functools import cached_property

from django.apps import apps
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet, InlineForeignKeyField

from ..audit import history_rows
from ..audit.recording import DELETED, tracked_fields
from .form_data import rearrange, take

CONTESTED, CHOICE, MINE, THEIRS = (
    "contested",
    "choice-",
    "mine",
    "theirs",
)  # names and values in the form, in templates/admin/conflict.html too


@dataclass
class Part:
    """One form of the page as I sent it; `was` and `now` are the rows of its object's history then and now."""

    form: object
    was: history_rows.Row
    now: history_rows.Row
    formset: object = None
    number: int = 0

    @property
    def name(self):
        return self.form.prefix or "whole"

    @property
    def is_gone(self):
        """Deleted, or no longer one of the rows of this page."""
        return self.now.kind == DELETED or self.form.instance.pk is None

    @property
    def may_revive(self):
        return isinstance(self.formset, BaseInlineFormSet) and self.formset.max_num > 0

    @cached_property
    def deletes(self):
        self.form.is_valid()
        return bool(self.form.cleaned_data.get(DELETION_FIELD_NAME))

    @cached_property
    def fields(self):
        """The names of the fields that I could change and whose history is kept."""
        model = self.was.model
        kept = {one.name for one in (*tracked_fields(model), *model._meta.many_to_many)} - {
            model._meta.pk.name
        }
        fields = self.form.fields.items()
        return [
            name
            for name, field in fields
            if name in kept and not field.disabled and not isinstance(field, InlineForeignKeyField)
        ]

    @cached_property
    def form_then(self):
        return self._form_as(self.was.now)

    @cached_property
    def form_now(self):
        return self._form_as(self.now.now)

    def _form_as(self, state):
        options = self.formset.get_form_kwargs(self.number) if self.formset else {}
        return type(self.form)(
            instance=self.was.model(**state.values),
            initial=dict(state.links),
            prefix=self.form.prefix,
            **options,
        )

    def differs(self, name, form):
        """Whether what I sent is something else than what the form would have shown."""
        return self.form.fields[name].has_changed(form[name].initial, self.form[name].data)

    @cached_property
    def mine(self):
        """The fields that I changed."""
        return [name for name in self.fields if self.differs(name, self.form_then)]

    @cached_property
    def theirs(self):
        """The fields that others changed."""
        return [
            name
            for name in self.fields
            if _value(self.was.now, self.field(name)) != _value(self.now.now, self.field(name))
        ]

    def field(self, name):
        return self.was.model._meta.get_field(name)

    @property
    def is_mine(self):
        return bool(self.mine) or self.deletes

    @property
    def is_contested(self):
        if self.is_gone:
            return bool(self.mine) and not self.deletes
        if self.deletes:
            return bool(self.theirs)
        return bool(self.mine and self.theirs)

    @property
    def changed(self):
        """The fields that either of us changed, to the same value too: who adds one to what another has added one to is told."""
        return [name for name in self.fields if name in self.mine or name in self.theirs]


def _value(state, one):
    return set(state.links.get(one.name, ())) if one.many_to_many else state.values[one.attname]


def parts(forms, versions):
    """The forms whose object `versions` names: (version then, version now) by model and key."""
    found = [
        (form, formset, number, pair)
        for form, formset, number in forms
        if (pair := versions.get(_object_of(form, formset)))
    ]
    keys = dict.fromkeys(
        (history_rows.label_of(_model_of(form)), one) for form, _, _, pair in found for one in pair
    )
    rows = {(row.model, row.history_id): row for row in history_rows.rows(list(keys))}
    return [
        Part(form, rows[_model_of(form), then], rows[_model_of(form), now], formset, number)
        for form, formset, number, (then, now) in found
    ]


def _model_of(form):
    return form._meta.model


def _object_of(form, formset):
    """(model, key) as the form says it, whether or not it is still there."""
    model = _model_of(form)
    if formset is None:
        return model, form.instance.pk
    text = form.data.get(form.add_prefix(model._meta.pk.name), "")
    return model, int(text) if text.isdecimal() else None


def flat(form, formsets):
    """(form, formset, number) of each form of a page that speaks of an object; a form's `parts` speak of objects of their own."""
    if form is not None:
        yield form, None, 0
        yield from ((part, None, 0) for part in parts_of(form))
    for formset in formsets:
        for number, one in enumerate(formset.initial_forms):
            yield one, formset, number
            yield from ((part, None, 0) for part in parts_of(one))


def parts_of(form) -> list:
    return getattr(form, "parts", [])


class Meeting:
    """`forms()` gives the page's forms, bound to request.POST as it is at the time, as `flat` lists them."""

    def __init__(self, request, opened, forms):
        self.request, self.opened, self.forms = request, opened, forms

    def settle(self):
        """Put into request.POST what needs no question; give the parts that do and the changes of others that stay.

        Both are empty where nobody was in the way.
        """
        if asked := set(self.request.POST.getlist(CONTESTED)):
            self._choose(asked)
        stale = self.opened.stale()
        left = self._keep_theirs(stale) if stale else []
        kept = [
            (history_rows.label_of(part.now.model), part.now.history_id)
            for part in left
            if part.is_gone or part.theirs
        ]
        for part in left:
            del stale[part.now.model, part.now.object_id]
        contested = [part for part in parts(self.forms(), stale) if part.is_contested] if stale else []
        return contested, [*kept, *self.opened.added()]

    def _choose(self, asked):
        """What is theirs becomes what it was when the question was put, as if I had never touched it."""
        seen = {
            (apps.get_model(label), key): (one, one)
            for label, of in self.opened.versions.items()
            for key, one in of.items()
        }
        with Edit(self.request) as edit:
            for part in parts(self.forms(), seen):
                if part.name in asked:
                    self._choose_whole(part, edit)
                else:
                    theirs = [
                        name for name in part.fields if self._is_theirs(part.form.add_prefix(name), asked)
                    ]
                    take(edit.data, part.form_then, theirs)

    def _choose_whole(self, part, edit):
        mine = not self._is_theirs(part.name, {part.name})
        if part.is_gone:
            edit.revive(part) if mine and part.may_revive else edit.drop(part)
        elif not mine:
            edit.data.pop(part.form.add_prefix(DELETION_FIELD_NAME), None)
            take(edit.data, part.form_then, part.fields)

    def _is_theirs(self, name, asked):
        return name in asked and self.request.POST.get(CHOICE + name) != MINE

    def _keep_theirs(self, stale):
        """Where I changed nothing, what others made of it stays. Gives these parts."""
        left = [
            part for part in parts(self.forms(), stale) if not part.is_mine or part.is_gone and part.deletes
        ]
        with Edit(self.request) as edit:
            for part in left:
                if part.is_gone:
                    edit.drop(part)
                else:
                    take(edit.data, part.form_now, part.fields)
        return left


class Edit:
    """A change of request.POST, whole at the end."""

    def __init__(self, request):
        self.request, self.data = request, request.POST.copy()
        self.dropped, self.revived = {}, {}

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        for formset in {*self.dropped, *self.revived}:
            rearrange(self.data, formset, self.dropped.get(formset, ()), self.revived.get(formset, ()))
        self.request.POST = self.data

    def drop(self, part):
        self.dropped.setdefault(part.formset, []).append(part.number)

    def revive(self, part):
        self.revived.setdefault(part.formset, []).append(part.number)
