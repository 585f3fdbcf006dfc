"""Sealing change records, and linking their seals into a chain.

A record is sealed in the transaction that writes it, by a key outside the database: a record that SQL adds has no seal. What a
transaction sealed is linked once it is committed, in a transaction of its own that takes a millisecond, so that nobody waits for
the writes of others. What stayed unlinked, as where a process died, goes into the next link.
"""

from __future__ import annotations

import hmac
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zlib import crc32

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ..models.changes import ChangeRecord, ChangeRecordDepartment
from ..models.seals import ChainLink, RecordSeal
from ..remembered.queries import RememberedQuery

COLUMNS = {
    "model": "종류",
    "object_id": "대상",
    "name": "이름",
    "before": "앞의 값",
    "after": "뒤의 값",
    "at": "때",
    "user_id": "한 사람",
    "user_name": "한 사람의 이름",
    "reason": "까닭",
    "act": "함께 한 일",
    "source_id": "자료",
}
DEPARTMENTS = "관련 부서"
PURPOSE = b"seoul-digital audit"
LINKED_AT_ONCE = 10_000
SUM_WIDTH = 8
Departments = Mapping[int, Sequence[tuple[int, bool]]]
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode
# A save writes one record.
_record = RememberedQuery(lambda key: ChangeRecord.objects.order_by().filter(pk=key))
_departments = RememberedQuery(lambda key: _departments_by_record(record=key))
_has_unlinked: ContextVar[bool] = ContextVar("has_unlinked", default=False)


@dataclass(frozen=True)
class Head:
    """The end of the chain; position 0 where nothing is sealed yet."""

    position: int = 0
    value: str = ""

    def __str__(self) -> str:
        return f"제{self.position:,}호 {self.value}" if self.position else ""


def macs(text: str) -> list[str]:
    """By the key of now, then by those before it."""
    derived = (hmac.digest(key.encode(), PURPOSE, "sha256") for key in settings.AUDIT_KEYS)
    return [hmac.new(key, text.encode(), "sha256").hexdigest() for key in derived]


def seal(keys: Sequence[int]) -> None:
    """Seal records (keys) that this transaction has written."""
    departments = departments_of(keys)
    records: Iterable[ChangeRecord] = (
        ChangeRecord.objects.raw(*_record.compile(keys[0]))
        if len(keys) == 1
        else ChangeRecord.objects.filter(pk__in=keys).order_by("pk")
    )
    sealed = []
    for record in records:
        texts = columns_of(record, departments)
        sealed.append(RecordSeal(record_id=record.pk, mac=macs(content(record, texts))[0], sums=sums(texts)))
    RecordSeal.objects.bulk_create(sealed)
    _has_unlinked.set(True)
    transaction.on_commit(_link_once, robust=True)


def departments_of(keys: Sequence[int]) -> Departments:
    """(key of the department, whether it owns) by the record's key."""
    found: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    links = _departments.rows(keys[0]) if len(keys) == 1 else _departments_by_record(record__in=keys)
    for record, department, is_owner in links:
        found[record].append((department, bool(is_owner)))
    return found


def _departments_by_record(**where: object) -> Any:
    links = ChangeRecordDepartment.objects.filter(**where).order_by("department", "is_owner")
    return links.values_list("record", "department", "is_owner")


def columns_of(record: ChangeRecord, departments: Departments) -> list[str]:
    """The record's columns as text, the same on both engines; last the departments that it concerns."""
    values = [getattr(record, name) for name in COLUMNS]
    return [_text(value) for value in (*values, departments.get(record.pk, ()))]


def content(record: ChangeRecord, texts: Sequence[str]) -> str:
    """What the seal of a record is taken of."""
    return _text([record.pk, *texts])


def sums(texts: Iterable[str]) -> str:
    return "".join(f"{crc32(text.encode()):08x}" for text in texts)


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        value = value.astimezone(UTC).isoformat()
    return _encode(value)


def _link_once() -> None:
    """Of the calls after one commit the first links all that it wrote."""
    if _has_unlinked.get():
        _has_unlinked.set(False)
        link()


def link() -> Head:
    """Link what is sealed and not linked yet; returns the end of the chain."""
    with transaction.atomic():
        ChainLink.objects.get_or_create(position=0, defaults={"head": "", "count": 0, "at": timezone.now()})
        ChainLink.objects.select_for_update().get(position=0)
        last = ChainLink.objects.latest("position")
        waiting = RecordSeal.objects.filter(position=None).order_by("pk")
        while sealed := list(waiting.values_list("pk", "mac")[:LINKED_AT_ONCE]):
            last = _add_link(last, sealed)
    return Head(last.position, last.head)


def _add_link(last: ChainLink, sealed: Sequence[tuple[int, str]]) -> ChainLink:
    position, at = last.position + 1, timezone.now()
    head = macs(link_content(last.head, position, at, sealed))[0]
    new = ChainLink.objects.create(position=position, head=head, count=len(sealed), at=at)
    for start in range(0, len(sealed), 900):
        keys = [key for key, _ in sealed[start : start + 900]]
        RecordSeal.objects.filter(pk__in=keys).update(position=position)
    return new


def link_content(before: str, position: int, at: datetime, sealed: Iterable[tuple[int, str]]) -> str:
    """What the head of a link is taken of; `sealed` are the records' keys and seals in the order of the keys."""
    return _text([before, position, _text(at), [list(pair) for pair in sealed]])
