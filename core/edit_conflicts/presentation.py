"""What both have changed, as people read it: what it was, what was submitted, what it is now, by whom and when."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.forms import BaseModelForm

from ..audit.changes import Change, RecordNames, changes, is_long, line_changes, shown, shown_value
from ..models.changes import ChangeRecord
from .edit_conflicts import CURRENT, SUBMITTED, FormVersion

MOST_CHANGES = 5  # of one object, those that are shown


@dataclass(frozen=True)
class ContestedValue:
    """`lines` are the lines of a long text that differ from what it was, each with its mark."""

    text: str
    lines: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class ContestedField:
    """`name` is the control's; `choice` what is picked beforehand: nothing where both changed the field. `is_same`: what was
    submitted is what is there. `by`: the last change of it."""

    name: str
    label: str
    was: str
    submitted: ContestedValue
    current: ContestedValue
    choice: str
    is_same: bool
    by: Change | None


@dataclass(frozen=True)
class ContestedObject:
    """`name` is the choice's between leaving the object deleted and not, where one of the two has deleted it."""

    name: str
    title: str
    model_label: str
    changes: Sequence[Change]
    fields: Sequence[ContestedField]
    is_gone: bool
    deletes: bool
    may_revive: bool

    @property
    def names(self) -> list[str]:
        """The names of the controls with a choice to make."""
        if self.is_gone or self.deletes:
            return [self.name]
        return [field.name for field in self.fields if not field.is_same]


def contested_objects(versions: Sequence[FormVersion]) -> list[ContestedObject]:
    names = RecordNames([record for version in versions for record in (version.was, version.now)])
    return [_contested_object(version, names) for version in versions]


def _contested_object(version: FormVersion, names: RecordNames) -> ContestedObject:
    made = changes_since(version.model, version.now.object_id, version.was.pk)
    parts = [_contested_part(part) for part in version.changed_parts] if version.is_gone else []
    fields = version.changed_by_others if version.deletes else version.changed
    return ContestedObject(
        name=version.name,
        title=made[0].name,
        model_label=made[0].model_label,
        changes=made,
        fields=[
            _contested_field(version, name, made, names)
            for name in (version.changed_by_submitter if version.is_gone else fields)
        ]
        + parts,
        is_gone=version.is_gone,
        deletes=version.deletes,
        may_revive=version.may_revive,
    )


def _contested_part(part: BaseModelForm) -> ContestedField:
    """A value in a small form of its own, whose object went with the whole."""
    (bound,) = part.visible_fields()
    was, typed = (str(value or "") for value in (part.data.get(bound.html_initial_name), bound.data))
    return ContestedField(
        bound.html_name,
        str(bound.label),
        was,
        ContestedValue(typed),
        ContestedValue(""),
        SUBMITTED,
        False,
        None,
    )


def changes_since(model: type[models.Model], key: int, record: int) -> list[Change]:
    """The changes of an object after a record, newest first."""
    return changes(ChangeRecord.objects.of(model).filter(object_id=key, pk__gt=record)[:MOST_CHANGES])


def _contested_field(
    version: FormVersion, name: str, made: Sequence[Change], names: RecordNames
) -> ContestedField:
    field, bound = version.field(name), version.form[name]
    was, now = (shown(field, record.state, names) for record in (version.was, version.now))
    label = str(field.verbose_name)
    return ContestedField(
        name=bound.html_name,
        label=label,
        was=was,
        submitted=_value(field, was, submitted_text(version.form, name, field)),
        current=_value(field, was, now),
        choice=_choice(version, name),
        is_same=not version.differs(name, version.form_now),
        by=next((change for change in made if label in {field.label for field in change.fields}), None),
    )


def _choice(version: FormVersion, name: str) -> str:
    if name in version.changed_by_submitter:
        return "" if name in version.changed_by_others else SUBMITTED
    return CURRENT


def submitted_text(form: BaseModelForm, name: str, field: models.Field) -> str:
    """What was submitted, in words: read by the form where it can be, else as it was typed."""
    form.is_valid()
    if name not in form.cleaned_data:
        sent = form[name].data
        return ", ".join(map(str, sent)) if isinstance(sent, list) else str(sent or "")
    value = form.cleaned_data[name]
    if field.many_to_many:
        return ", ".join(sorted(map(str, value)))
    if field.is_relation:
        return "" if value is None else str(value)
    return shown_value(field, value)


def _value(field: models.Field, was: str, text: str) -> ContestedValue:
    is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
    return ContestedValue(text, tuple(line_changes(was, text)) if is_text and is_long(was, text) else ())
