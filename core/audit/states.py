"""States: the values that a change record has of an object, and putting them back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone

from ..models.changes import ChangeRecord

if TYPE_CHECKING:
    from ..models.tracked import TrackedModel

State = dict[str, Any]


def tracked_fields(model: type[TrackedModel]) -> list[models.Field[Any, Any]]:
    """The fields of a model whose values are recorded."""
    return [field for field in model._meta.concrete_fields if field.name not in model.untracked_fields]


def python_value(field: models.Field[Any, Any], state: State) -> Any:
    value = state.get(field.attname)
    if value is None or field.is_relation:
        return value
    value = field.to_python(value)
    if isinstance(value, datetime) and timezone.is_naive(value):  # SQLite's, which are in UTC
        return timezone.make_aware(value, UTC)
    return value


def linked_keys(link: models.ManyToManyField[Any, Any], state: State) -> Sequence[int]:
    return sorted(state.get(link.name, ()))


def instance_of(record: ChangeRecord) -> models.Model:
    """The object as it was after the change, or before it was deleted."""
    model = record.model_class
    return model(**{field.attname: python_value(field, record.state) for field in tracked_fields(model)})


def links_of(record: ChangeRecord) -> dict[str, Sequence[int]]:
    return {link.name: linked_keys(link, record.state) for link in record.model_class._meta.many_to_many}


def restore(record: ChangeRecord) -> models.Model:
    """Give an object the values of one of its records again, by a change of its own; what was deleted comes back.

    Raises ValidationError where the values no longer fit, as when what they refer to is gone.
    """
    model, fields = record.model_class, tracked_fields(record.model_class)
    if not model.restorable:
        raise ValueError(f"{record.model} is never put back")
    others = [field.name for field in model._meta.fields if field not in fields]
    with transaction.atomic():
        instance = model._base_manager.filter(pk=record.object_id).first() or model(pk=record.object_id)
        for field in fields:
            setattr(instance, field.attname, python_value(field, record.state))
        instance.clean_fields(exclude=others)
        instance.full_clean(exclude=others)
        instance.save()
        for name, keys in links_of(record).items():
            related = model._meta.get_field(name).related_model
            getattr(instance, name).set(related._base_manager.filter(pk__in=keys))
    return instance
