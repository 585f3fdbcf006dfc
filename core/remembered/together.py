"""Several querysets asked by one query: each gets its rows as Django would have given them.

Each is a common table expression with the SQL that Django makes of it, and all are united. What a queryset selects goes into columns that it shares with
others: on PostgreSQL each with values of one type, so that uniting converts nothing; SQLite knows no types of columns. A first select without rows names these
types, and keeps SQLite from converting values by what it declares of the columns of whichever comes first.
A part of a page rests on the rows that it takes, not on what was read beside them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models.expressions import Col, ColPairs

from . import parts
from .queries import RememberedQuery

MOST_COLUMNS, MOST_QUERIES = 1_600, 400  # of one query, below what the engines allow
# Of what PostgreSQL unites without a change of the value; all other types stand for themselves.
ALIKE = {
    "varchar": "text",
    "smallint": "bigint",
    "integer": "bigint",
    "timestamp with time zone": "timestamptz",
}


class SharedQuery:
    """A queryset on its way to its rows. `sql` is empty where it is asked alone, or has none because it can have no rows."""

    def __init__(self, queryset: Any) -> None:
        self.queryset, self.database = queryset, queryset.db
        self.compiler = queryset.query.get_compiler(queryset.db)
        self.sql, self.params, self.types = "", (), []  # type: str, Sequence[Any], list[str]
        self.rows: list[Sequence[Any]] | None = None
        try:
            sql, params = self.compiler.as_sql()
        except EmptyResultSet:
            self.rows = []
            return
        selected = [expression for expression, *_ in self.compiler.select]
        is_plain = not (self.compiler.has_extra_select or queryset.query.combinator)
        if is_plain and not any(isinstance(expression, ColPairs | None) for expression in selected):
            self.sql, self.params, self.types = sql, params, _types_of(self.compiler)

    def answer(self) -> list[Any]:
        """What the queryset gives as a list; asks where nobody has asked for it."""
        if self.rows is None:
            return self.alone()
        if self.sql:
            parts.take(self.sql, self.params)
        return self.made_of(self.rows)

    def alone(self) -> list[Any]:
        return list(self.queryset)

    def made_of(self, rows: list[Sequence[Any]]) -> list[Any]:
        query = self.queryset.query
        self.compiler.execute_sql = lambda *args, **kwargs: [rows]
        query.get_compiler = lambda *args, **kwargs: self.compiler
        try:
            return list(self.queryset)
        finally:
            del query.get_compiler, self.compiler.execute_sql


class SharedValues(SharedQuery):
    """A query of `values()` whose SQL is put together once in a process, likewise."""

    def __init__(self, remembered: RememberedQuery, *keys: int) -> None:
        self.remembered, self.keys, self.rows = remembered, keys, None
        self.compiler, self.database = remembered.compiler, remembered.database
        self.sql, self.params = remembered.compile(*keys)
        self.types = _types_of(self.compiler)

    def alone(self) -> list[Any]:
        return self.remembered.values(*self.keys)

    def made_of(self, rows: list[Sequence[Any]]) -> list[Any]:
        return self.remembered.values_of(rows)


class SharedTuples(SharedValues):
    """One of `values_list()`, likewise."""

    def alone(self) -> list[Any]:
        return self.made_of([*self.remembered.rows(*self.keys)])

    def made_of(self, rows: list[Sequence[Any]]) -> list[Any]:
        return [tuple(values.values()) for values in super().made_of(rows)]


def _types_of(compiler: Any) -> list[str]:
    """Of the columns; with `::` before that of what is worked out, which the database may give another type than Django says."""
    if compiler.connection.vendor == "sqlite":
        return [""] * len(compiler.select)
    return [_type_of(expression, compiler.connection) for expression, *_ in compiler.select]


def _type_of(expression: Any, connection: Any) -> str:
    field = expression.output_field
    name = field.db_type(connection)
    if name is None:
        raise TypeError(f"no type of PostgreSQL is known for {expression!r}")
    name = name.partition("(")[0].strip() if name.startswith(("varchar", "numeric")) else name
    name = str(ALIKE.get(name, name))
    if isinstance(expression, Col):
        return name
    is_made_int = field.get_internal_type().endswith("IntegerField")  # by Django
    return "::numeric" if name == "bigint" and is_made_int else f"::{name}"  # as a sum of these is


def read_together(querysets: Iterable[Any]) -> list[list[Any]]:
    """The rows of each queryset, by as few queries as can be."""
    queries = [SharedQuery(queryset) for queryset in querysets]
    ask(queries)
    return [query.answer() for query in queries]


def ask(queries: Iterable[SharedQuery]) -> None:
    """Brings the rows of those that have none yet; one by itself asks when its answer is wanted."""
    by_database = defaultdict[str, list[SharedQuery]](list)
    for query in queries:
        if query.sql and query.rows is None:
            by_database[query.database].append(query)
    for alias, of_database in by_database.items():
        for share in _in_bounds(of_database, connections[alias].features.max_query_params):
            if len(share) > 1:
                _ask_at_once(share, connections[alias])


def _in_bounds(queries: list[SharedQuery], most: int | None) -> Iterator[list[SharedQuery]]:
    share: list[SharedQuery] = []
    columns = parameters = 0
    for query in queries:
        columns, parameters = columns + len(query.types), parameters + len(query.params)
        is_full = len(share) == MOST_QUERIES or columns > MOST_COLUMNS or bool(most and parameters > most)
        if share and is_full:
            yield share
            share, columns, parameters = [], len(query.types), len(query.params)
        share.append(query)
    yield share


Column = tuple[str, int]  # a type, and which one of it


def _columns(queries: list[SharedQuery]) -> list[Column]:
    most = defaultdict[str, int](int)
    for query in queries:
        of_query = [name.removeprefix("::") for name in query.types]
        for name in of_query:
            most[name] = max(most[name], of_query.count(name))
    return [(name, number) for name, count in most.items() for number in range(count)]


def _ask_at_once(queries: list[SharedQuery], connection: Any) -> None:
    columns = _columns(queries)
    place_of = {column: place for place, column in enumerate(columns, 2)}
    header = ", ".join(f"CAST(NULL AS {name})" if name else "NULL" for name, _ in columns)
    tables, selects = [], [f"SELECT 0, 0, {header} WHERE 1 = 0"]
    taking: list[Callable[[Any], Any]] = []
    for number, query in enumerate(queries):
        names = ", ".join(f"c{place}" for place in range(len(query.types)))
        tables.append(f"q{number} ({names}) AS MATERIALIZED ({query.sql})")
        taken = _taken(query)
        values = ", ".join(taken.get(column, "NULL") for column in columns)
        selects.append(f"SELECT {number}, ROW_NUMBER() OVER (), {values} FROM q{number}")  # noqa: S608  # of numbers and names of types
        places = [place_of[column] for column in taken]
        taking.append(itemgetter(*places) if places[1:] else itemgetter(slice(places[0], places[0] + 1)))
    sql = f"WITH {', '.join(tables)} {' UNION ALL '.join(selects)}"
    with parts.apart(), connection.cursor() as cursor:
        cursor.execute(sql, [value for query in queries for value in query.params])
        found = sorted(cursor.fetchall(), key=itemgetter(0, 1))
    for query in queries:
        query.rows = []
    for row in found:
        queries[row[0]].rows.append(taking[row[0]](row))


def _taken(query: SharedQuery) -> dict[Column, str]:
    """By the column of all that it goes into, in the order of the query's own, the SQL of each value."""
    taken: dict[Column, str] = {}
    count = defaultdict[str, int](int)
    for place, name in enumerate(query.types):
        kind = name.removeprefix("::")
        value = f"CAST(c{place} AS {kind})" if name.startswith("::") else f"c{place}"
        taken[kind, count[kind]] = value
        count[kind] += 1
    return taken
