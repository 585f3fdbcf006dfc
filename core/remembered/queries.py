"""Queries that every request asks: the ORM puts their SQL together once in a process, which costs many times what the database takes."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import connections, router

MARK = -(1 << 40)  # no key of a row


class RememberedQuery:
    """Of a function that makes a queryset of one key, which stands nowhere in it but as that number."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        self.make = make

    @cached_property
    def _query(self) -> Any:
        return self.make(MARK).query

    @cached_property
    def _sql(self) -> tuple[str, tuple[Any, ...]]:
        sql: tuple[str, tuple[Any, ...]] = self._query.sql_with_params()
        return sql

    def compile(self, key: int | str | None) -> tuple[str, list[Any]]:
        """The SQL and its parameters, as `raw` and cursors take them."""
        sql, parameters = self._sql
        return sql, [key if str(value) == str(MARK) else value for value in parameters]

    def rows(self, key: int = 0) -> list[tuple[Any, ...]]:
        """As the database gives them."""
        with connections[router.db_for_read(self._query.model)].cursor() as cursor:
            cursor.execute(*self.compile(key))
            return list(cursor.fetchall())
