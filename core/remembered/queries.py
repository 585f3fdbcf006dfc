"""Queries that every request asks: the ORM puts their SQL together once in a process, which costs many times what the database takes."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, router

MARK = -(1 << 40)  # no key of a row


class RememberedQuery:
    """Of a function that makes a queryset of a key, or of several, which stand nowhere in it but as those numbers."""

    def __init__(self, make: Callable[..., Any], keys: int = 1) -> None:
        self.make = make
        self.marks = [MARK - place for place in range(keys)]

    @cached_property
    def _query(self) -> Any:
        return self.make(*self.marks).query

    @cached_property
    def _sql(self) -> tuple[str, tuple[Any, ...]]:
        sql: tuple[str, tuple[Any, ...]] = self._query.sql_with_params()
        return sql

    def compile(self, *keys: int | str | None) -> tuple[str, list[Any]]:
        """The SQL and its parameters, as `raw` and cursors take them."""
        sql, parameters = self._sql
        given = dict(zip(map(str, self.marks), keys, strict=True))
        return sql, [given.get(str(value), value) for value in parameters]

    @property
    def database(self) -> str:
        """Which is asked now: a page of a reader may be made from the replica, and the next one not."""
        return router.db_for_read(self._query.model)

    @cached_property
    def compiler(self) -> Any:
        """Of `values()`: it knows what is selected."""
        compiler = self._query.get_compiler(DEFAULT_DB_ALIAS)
        compiler.setup_query()
        return compiler

    @cached_property
    def _columns(self) -> tuple[list[str], dict[int, Any]]:
        """Of `values()`: the names, and by place what makes values of what the database gives."""
        converters = self.compiler.get_converters(expression for expression, *_ in self.compiler.select)
        return list(self._query.selected), converters

    def values(self, *keys: int | str | None) -> list[dict[str, Any]]:
        """As `values()` of the queryset gives them."""
        return self.values_of(self.rows(*keys))

    def values_of(self, rows: Iterable[Sequence[Any]]) -> list[dict[str, Any]]:
        """What `values()` makes of rows."""
        names, converters = self._columns
        connection, found = connections[self.database], []
        for row in rows:
            values = list(row)
            for place, (functions, expression) in converters.items():
                for function in functions:
                    values[place] = function(values[place], expression, connection)
            found.append(dict(zip(names, values, strict=True)))
        return found

    def rows(self, *keys: int | str | None) -> list[tuple[Any, ...]]:
        """As the database gives them."""
        with connections[self.database].cursor() as cursor:
            cursor.execute(*self.compile(*(keys or [0])))
            return list(cursor.fetchall())
