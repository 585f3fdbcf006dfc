"""Which server a query asks: the primary, but while a page of a reader is made that the replica may answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction

REPLICA = "replica"
_is_reading: ContextVar[bool] = ContextVar("core.replica.is_reading", default=False)


@contextmanager
def reading_replica() -> Iterator[None]:
    """All that is read inside comes from one snapshot of the replica, versions of the data and rows alike."""
    with transaction.atomic(using=REPLICA):
        token = _is_reading.set(True)
        try:
            yield
        finally:
            _is_reading.reset(token)


class ReplicaRouter:
    """`settings.DATABASE_ROUTERS` names it where there is a replica."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """Never the replica for who may do what, nor inside a transaction that may have written."""
        if not _is_reading.get() or is_of_primary(model):
            return DEFAULT_DB_ALIAS
        return DEFAULT_DB_ALIAS if connections[DEFAULT_DB_ALIAS].in_atomic_block else REPLICA

    def db_for_write(self, model: Any, **hints: Any) -> str:
        """What the page reads after it has written, it reads where it wrote."""
        _is_reading.set(False)
        return DEFAULT_DB_ALIAS

    def allow_relation(self, first: Any, second: Any, **hints: Any) -> bool:
        return True  # the two hold the same

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


def is_of_primary(model: Any) -> bool:
    """Whether it says who is signed in or who may do what: a right that was taken away counts at once."""
    return not settings.READ_FROM_PRIMARY.isdisjoint({model._meta.app_label, model._meta.label})
