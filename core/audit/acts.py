"""Acts: what one request, command or import changed, told as one and, where it was deleted, put back as one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, F, Max, Min, QuerySet, Window
from django.db.models.functions import RowNumber

from ..access.scope import access_scope
from ..models.changes import ChangeRecord
from .recording import restore
from .states import instance_of

RECORDS_SHOWN = 20  # of an act in the list of acts
LONGEST_ACT = timedelta(hours=1)  # around a record of it, so that the index of times finds the others
Key = tuple[str, int]


@dataclass(frozen=True)
class RecordedAct:
    """What was changed at once, of the records that were asked for: `records` are its newest, `counts` the number of all
    of them by model and kind."""

    key: Any
    records: Sequence[ChangeRecord]
    counts: dict[tuple[str, str], int]

    @property
    def count(self) -> int:
        return sum(self.counts.values())


def grouped(records: QuerySet[ChangeRecord]) -> QuerySet[ChangeRecord, Any]:
    """The acts of the records, the newest first: key, first and last time."""
    acts = records.order_by().values("act").annotate(first=Min("at"), last=Max("at"), newest=Max("pk"))
    return acts.order_by("-last", "-newest")


def acts_of(records: QuerySet[ChangeRecord], rows: Sequence[dict[str, Any]]) -> list[RecordedAct]:
    """The acts of rows of `grouped`, in their order; three queries for any number."""
    if not rows:
        return []
    near = (min(row["first"] for row in rows), max(row["last"] for row in rows))
    wanted = records.order_by().filter(at__range=near, act__in=[row["act"] for row in rows])
    counts: dict[Any, dict[tuple[str, str], int]] = defaultdict(dict)
    for act, model, kind, number in wanted.values_list("act", "model", "kind").annotate(Count("pk")):
        counts[act][model, kind] = number
    place = Window(RowNumber(), partition_by="act", order_by=[F("at").desc(), F("pk").desc()])
    newest = wanted.annotate(place=place).filter(place__lte=RECORDS_SHOWN).values_list("pk", flat=True)
    shown = defaultdict(list)
    for record in ChangeRecord.objects.filter(pk__in=list(newest)).order_by("-at", "-pk"):
        shown[record.act].append(record)
    return [RecordedAct(row["act"], shown[row["act"]], counts[row["act"]]) for row in rows]


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
