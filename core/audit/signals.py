"""Signals of writes: each leaves its change records."""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.deletion import Collector
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save

from ..models.changes import ChangeRecord
from .context import current_reason, is_disabled
from .recording import FROM_FILE, ensure_baseline, is_tracked, record_deletions, record_rows, tracked_models
from .states import tracked_fields

if TYPE_CHECKING:
    from ..models.tracked import TrackedModel

Key = tuple["type[TrackedModel]", int]
_deleting: ContextVar[tuple[Any, set[Key]] | None] = ContextVar("deleting", default=None)


def connect() -> None:
    """Called once every model is there."""
    for model in tracked_models():
        pre_save.connect(_before_save, sender=model)
        post_save.connect(_after_save, sender=model)
        pre_delete.connect(_before_delete, sender=model)
        for link in model._meta.many_to_many:
            _Links(model, link).connect()


def _before_save(instance: TrackedModel, raw: bool = False, **kwargs: Any) -> None:
    if not raw and not instance._state.adding:
        ensure_baseline(type(instance), [instance.pk])


def _after_save(
    instance: TrackedModel, raw: bool = False, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    """Fixtures (`raw`) count; a sign-in, which saves nothing but untracked fields, does not."""
    names = {field.name for field in tracked_fields(type(instance))}
    if is_disabled() or (update_fields is not None and names.isdisjoint(update_fields)):
        return
    record_rows(type(instance), [instance.pk], (current_reason() or FROM_FILE) if raw else None)


def _before_delete(instance: TrackedModel, using: str, origin: Any = None, **kwargs: Any) -> None:
    """Django tells of the objects one by one, all before the first is gone: what goes with the first is recorded with it at once."""
    if is_disabled():
        return
    deleted, (of, waiting) = (type(instance), instance.pk), _deleting.get() or (None, set())
    if of is not origin or origin is None:
        waiting = _record_all(instance if origin is None else origin, using)
    elif deleted not in waiting:
        record_deletions(type(instance), [instance.pk])
    waiting.discard(deleted)
    _deleting.set((origin, waiting) if waiting else None)


def _record_all(origin: Any, using: str) -> set[Key]:
    """(model, key) of all that is deleted with an object or the objects of a queryset."""
    collector = Collector(using=using, origin=origin)
    collector.collect([origin] if isinstance(origin, models.Model) else origin.all())
    found: set[Key] = set()
    for model, instances in collector.data.items():
        if is_tracked(model):
            keys = sorted(instance.pk for instance in instances)
            record_deletions(model, keys)
            found |= {(model, key) for key in keys}
    return found


class _Links:
    """A many-to-many field of a model. It is the model's objects that change, from whichever side they are linked."""

    def __init__(self, model: type[TrackedModel], link: models.ManyToManyField[Any, Any]):
        self.model, self.link = model, link

    def connect(self) -> None:
        m2m_changed.connect(self.changed, sender=self.link.remote_field.through, weak=False)
        pre_delete.connect(self.note_owners, sender=self.link.related_model, weak=False)
        post_delete.connect(self.target_deleted, sender=self.link.related_model, weak=False)

    def changed(
        self, instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
    ) -> None:
        if is_disabled() or (action in {"post_add", "post_remove"} and not pk_set):
            return
        if action == "pre_clear" and reverse:
            self.note_owners(instance)
        elif action.startswith("post_"):
            keys = [instance.pk] if not reverse else pk_set or instance.linked_owners
            record_rows(self.model, keys)

    def note_owners(self, instance: Any, **kwargs: Any) -> None:
        owners = self.model._base_manager.filter(**{self.link.name: instance})
        instance.linked_owners = list(owners.values_list("pk", flat=True))

    def target_deleted(self, instance: Any, **kwargs: Any) -> None:
        """No other signal says so. An owner that goes with its target has its record already."""
        if is_disabled() or not instance.linked_owners:
            return
        newest = ChangeRecord.objects.newest_ids(self.model, instance.linked_owners)
        kept = ChangeRecord.objects.filter(pk__in=newest.values()).exclude(kind=ChangeRecord.Kind.DELETED)
        record_rows(self.model, kept.values_list("object_id", flat=True))
