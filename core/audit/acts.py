"""Acts: what one request, command or import deleted, put back as one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from ..access.scope import access_scope
from ..models.changes import ChangeRecord
from .recording import restore
from .states import instance_of

LONGEST_ACT = timedelta(hours=1)  # around a record of it, so that the index of times finds the others
Key = tuple[str, int]


def deleted_with(record: ChangeRecord) -> list[ChangeRecord]:
    """What the act of a deletion deleted and is still gone, in the order of its records."""
    near = (record.at - LONGEST_ACT, record.at + LONGEST_ACT)
    of_act = ChangeRecord.objects.filter(act=record.act, kind=ChangeRecord.Kind.DELETED, at__range=near)
    deleted = list(of_act.order_by("pk"))
    gone = []
    for label in {deletion.model for deletion in deleted}:
        of_model = [deletion for deletion in deleted if deletion.model == label]
        model = of_model[0].model_class
        if model.restorable:
            keys = [deletion.object_id for deletion in of_model]
            present = set(model._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
            gone += [deletion for deletion in of_model if deletion.object_id not in present]
    newest = {_key(deletion): deletion for deletion in sorted(gone, key=lambda deletion: deletion.pk)}
    return list(newest.values())


@transaction.atomic
def take_back(record: ChangeRecord, user: Any) -> int:
    """Puts all back that the act of a deletion deleted, or nothing; how many objects came back.

    Raises PermissionDenied where the user may not have one of them, ValidationError where one no longer fits.
    """
    access, waiting = access_scope(user), deleted_with(record)
    number = len(waiting)
    if not all(access.has(deletion.model_class, "add") for deletion in waiting):
        raise PermissionDenied
    while waiting:
        gone = {_key(deletion) for deletion in waiting}
        ready = [
            deletion for deletion in waiting if gone.isdisjoint(_references(deletion) - {_key(deletion)})
        ]
        if not ready:
            raise ValidationError("서로 가리키는 것들이라 되돌릴 차례를 정할 수 없습니다.")
        for deletion in ready:
            if not access.may(restore(deletion), "change"):
                raise PermissionDenied
        waiting = [deletion for deletion in waiting if deletion not in ready]
    return number


def _key(record: ChangeRecord) -> Key:
    return record.model, record.object_id


def _references(record: ChangeRecord) -> set[Key]:
    """What the deleted object refers to."""
    instance = instance_of(record)
    keys = {
        (field.related_model._meta.label_lower, getattr(instance, field.attname))
        for field in instance._meta.concrete_fields
        if field.is_relation
    }
    return {key for key in keys if key[1] is not None}
