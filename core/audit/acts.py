"""Acts: what one request, command or import changed, told as one and, where it was deleted, put back as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import CharField, Count, Q, QuerySet
from django.db.models.functions import Cast

from ..access.scope import access_scope
from ..models.changes import ChangeRecord
from .recording import restore
from .states import instance_of

RECORDS_SHOWN = 20  # of an act in the list of acts
MOST_AT_ONCE = 10_000  # records
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


@dataclass(frozen=True)
class NewestRecords:
    """The newest of the records, as many as are looked at at once: (key, act as text, model, kind), and whether there are older ones.

    To group and count them all would take the longer the longer the history is; these take one query.
    """

    records: QuerySet[ChangeRecord]
    rows: Sequence[tuple[int, str, str, str]]
    is_cut: bool

    @classmethod
    def of(cls, records: QuerySet[ChangeRecord]) -> NewestRecords:
        act = Cast("act", CharField(max_length=36))  # no UUID of each of thousands
        rows = records.order_by("-at", "-pk").values_list("pk", act, "model", "kind")[: MOST_AT_ONCE + 1]
        found = list(rows)
        return cls(records, found[:MOST_AT_ONCE], len(found) > MOST_AT_ONCE)

    @property
    def keys(self) -> list[int]:
        return [key for key, _, _, _ in self.rows]

    @cached_property
    def acts(self) -> list[str]:
        """The keys of the acts, the newest first."""
        return list(dict.fromkeys(act for _, act, _, _ in self.rows))

    def recorded(self, acts: Sequence[str]) -> list[RecordedAct]:
        """In their order; two queries for any number."""
        shown, counts = self._newest_of(acts), self._counts_of(acts)
        return [RecordedAct(UUID(act), shown[act], counts[UUID(act)]) for act in acts]

    def _newest_of(self, acts: Sequence[str]) -> dict[str, list[ChangeRecord]]:
        keys: dict[str, list[int]] = {act: [] for act in acts}
        for key, act, _, _ in self.rows:
            if act in keys and len(keys[act]) < RECORDS_SHOWN:
                keys[act].append(key)
        found = iter(self.in_order([key for of_act in keys.values() for key in of_act]))
        return {act: [next(found) for _ in of_act] for act, of_act in keys.items()}

    def in_order(self, keys: Sequence[int]) -> list[ChangeRecord]:
        found = ChangeRecord.objects.in_bulk(keys)
        return [found[key] for key in keys]

    def _counts_of(self, acts: Sequence[str]) -> dict[UUID, dict[tuple[str, str], int]]:
        """Of acts that may have records beyond these, counted in the database."""
        counts: dict[UUID, dict[tuple[str, str], int]] = {UUID(act): Counter() for act in acts}
        if not self.is_cut:
            wanted = {act: counts[UUID(act)] for act in acts}
            for _, act, model, kind in self.rows:
                if act in wanted:
                    wanted[act][model, kind] += 1
            return counts
        numbers = self.records.order_by().filter(act__in=acts).values_list("act", "model", "kind")
        for act, model, kind, number in numbers.annotate(Count("pk")):
            counts[act][model, kind] = number
        return counts


def older_than(records: QuerySet[ChangeRecord], record: ChangeRecord) -> QuerySet[ChangeRecord]:
    return records.filter(Q(at__lt=record.at) | Q(at=record.at, pk__lt=record.pk), at__lte=record.at)


def of_older_acts(records: QuerySet[ChangeRecord], record: ChangeRecord) -> QuerySet[ChangeRecord]:
    """The records of the acts that have none as new as a record; those that have stand on pages before."""
    newer = records.order_by().filter(at__range=(record.at, record.at + LONGEST_ACT))
    newer = newer.exclude(at=record.at, pk__lt=record.pk)
    begun = list(newer.values_list("act", flat=True).distinct())
    return older_than(records, record).exclude(act__in=begun)


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
