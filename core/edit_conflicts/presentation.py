"""What both have changed, as people read it: what it was, what I sent, what it is now, by whom and when."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models

from ..audit import changes, history_rows
from ..audit.history_rows import label_of
from ..audit.recording import history_of
from .edit_conflicts import MINE, THEIRS

MOST_CHANGES = 5  # of one object, those that are told


@dataclass(frozen=True)
class Value:
    """`lines` are the lines of a long text that differ from what it was, each with its mark."""

    text: str
    lines: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Field:
    """`name` is the control's; `choice` what is picked beforehand: nothing where both changed the field. `is_same`: what I
    sent is what is there. `by`: the last change of it."""

    name: str
    label: str
    was: str
    mine: Value
    now: Value
    choice: str
    is_same: bool
    by: changes.Change | None


@dataclass(frozen=True)
class Conflict:
    """`name` is the choice's between leaving the object deleted and not, where one of us has deleted it."""

    name: str
    title: str
    model_label: str
    changes: Sequence[changes.Change]
    fields: Sequence[Field]
    is_gone: bool
    deletes: bool
    may_revive: bool

    @property
    def last(self):
        return self.changes[0]

    @property
    def names(self):
        """Of the controls with a choice to make."""
        return (
            [self.name]
            if self.is_gone or self.deletes
            else [one.name for one in self.fields if not one.is_same]
        )


def conflicts(parts):
    objects = history_rows.Objects([row for part in parts for row in (part.was, part.now)])
    return [_conflict(part, objects) for part in parts]


def _conflict(part, objects):
    made = since(part.now.model, part.now.object_id, part.was.history_id)
    names = part.mine if part.is_gone else part.theirs if part.deletes else part.changed
    return Conflict(
        name=part.name,
        title=made[0].name,
        model_label=made[0].model_label,
        changes=made,
        fields=[_field(part, name, made, objects) for name in names],
        is_gone=part.is_gone,
        deletes=part.deletes,
        may_revive=part.may_revive,
    )


def since(model, key, history_id):
    """The changes of an object after one of them, newest first."""
    rows = history_of(model)._base_manager.filter(id=key, history_id__gt=history_id).order_by("-history_id")
    return changes.changes(
        [(label_of(model), one) for one in rows.values_list("history_id", flat=True)[:MOST_CHANGES]]
    )


def _field(part, name, made, objects):
    one, bound = part.field(name), part.form[name]
    was, now = (changes.shown(one, row.now, objects) for row in (part.was, part.now))
    mine = typed(part.form, name, one)
    label = str(one.verbose_name)
    return Field(
        name=bound.html_name,
        label=label,
        was=was,
        mine=_value(one, was, mine),
        now=_value(one, was, now),
        choice=_choice(part, name),
        is_same=not part.differs(name, part.form_now),
        by=next((change for change in made if label in {field.label for field in change.fields}), None),
    )


def _choice(part, name):
    if name in part.mine:
        return "" if name in part.theirs else MINE
    return THEIRS


def typed(form, name, one):
    """What I sent, in words: read by the form where it can be, else as it was typed."""
    form.is_valid()
    if name not in form.cleaned_data:
        sent = form[name].data
        return ", ".join(map(str, sent)) if isinstance(sent, list) else str(sent or "")
    value = form.cleaned_data[name]
    if one.many_to_many:
        return ", ".join(sorted(map(str, value)))
    if one.is_relation:
        return "" if value is None else str(value)
    return changes.shown_value(one, value)


def _value(one, was, text):
    is_text = isinstance(one, models.CharField | models.TextField) and not one.choices
    return Value(
        text, tuple(changes.line_changes(was, text)) if is_text and changes.is_long(was, text) else ()
    )
