"""Rows that functions of a snapshot read, asked together before each takes its own.

A function says what it reads (`rows_of_snapshot`, `reading`), whoever needs several asks for them (`read_ahead`): of those that are not remembered, all rows by
one query. A function that nobody has asked ahead for asks for itself.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial, wraps
from typing import Any

from ..snapshot import Snapshot, once_for_each
from . import parts
from .together import SharedQuery, ask

AHEAD = "ahead"  # rows of a snapshot that nobody has taken yet, in its cache


def rows_of_snapshot(function: Callable[[Snapshot], Any]) -> Any:
    """Decorator of a function that gives a queryset: its rows, once for each snapshot, whose values are plain."""

    @wraps(function)  # by whose name the rows may be remembered
    def rows(snapshot: Snapshot) -> list[Any]:
        query = snapshot._cache.pop((AHEAD, function), None)
        found: list[Any] = query.answer() if query else list(function(snapshot))
        return found

    known = once_for_each(rows, is_kept=False, has_words=False)
    known.reads = (known,)
    known.begin = lambda snapshots: filter(None, (_begun(each, function) for each in snapshots))
    return known


def reading(*functions: Any) -> Callable[[Any], Any]:
    """Decorator of a function of a snapshot that takes what these give: of several by one query."""

    def decorate(function: Any) -> Any:
        @wraps(function)
        def reads(snapshot: Snapshot, *args: Any, **kwargs: Any) -> Any:
            read_ahead([snapshot], *functions)
            return function(snapshot, *args, **kwargs)

        reader: Any = reads if functions[1:] else function
        reader.reads = functions
        return reader

    return decorate


class RowsOfSources:
    """What is read of one model for each of some sources, and remembered by source (`parts.of_each`); `usual` are those of a snapshot that pages ask
    for. `make` gives what is asked of some sources (keys), `by_source` their rows apart."""

    def __init__(
        self,
        name: str,
        model: Any,
        usual: Callable[[Snapshot], Sequence[Any]],
        make: Callable[[list[int]], SharedQuery],
        by_source: Callable[[list[int], list[Any]], dict[int, Any]],
        *,
        are_all: bool = False,
    ) -> None:
        self.name, self.model, self.usual, self.are_all = name, model, usual, are_all
        self.make, self.by_source = make, by_source
        self.reads = (self,)

    def __call__(self, snapshot: Snapshot, sources: Sequence[Any]) -> dict[int, Any]:
        work = partial(self.read, snapshot)
        return parts.of_each(self.name, self.model, snapshot, sources, work, are_all=self.are_all)

    def is_known(self, snapshot: Snapshot) -> bool:
        return not self.unknown(snapshot)

    def unknown(self, snapshot: Snapshot) -> list[int]:
        return parts.unknown(self.name, snapshot, [source.pk for source in self.usual(snapshot)])

    def begin(self, snapshots: Sequence[Snapshot]) -> list[SharedQuery]:
        """Of all of them at once: what several have is read once."""
        wanting = [each for each in snapshots if (AHEAD, self.name) not in each._cache]
        keys = sorted({key for snapshot in wanting for key in self.unknown(snapshot)})
        if not keys:
            return []
        query = self.make(keys)
        found = _Ahead(frozenset(keys), lambda: self.by_source(keys, query.answer()))
        for snapshot in wanting:
            snapshot._cache[AHEAD, self.name] = found
        return [query]

    def read(self, snapshot: Snapshot, sources: list[int]) -> dict[int, Any]:
        keys, ahead = sorted(sources), snapshot._cache.get((AHEAD, self.name))
        if ahead and ahead.keys.issuperset(keys):
            del snapshot._cache[AHEAD, self.name]
            return {key: ahead.rows.get(key, []) for key in keys}
        return self.by_source(keys, self.make(keys).answer())


class _Ahead:
    """Rows of some sources (keys), for several snapshots."""

    def __init__(self, keys: frozenset[int], take: Callable[[], dict[int, Any]]) -> None:
        self.keys, self._take = keys, take

    @cached_property
    def rows(self) -> dict[int, Any]:
        return self._take()


def _begun(snapshot: Snapshot, function: Callable[[Snapshot], Any]) -> SharedQuery | None:
    """What is then to be asked, unless somebody has."""
    if (AHEAD, function) in snapshot._cache:
        return None
    query = snapshot._cache[AHEAD, function] = SharedQuery(function(snapshot))
    return query


def read_ahead(snapshots: Iterable[Snapshot], *functions: Any) -> None:
    """Brings what the functions will read of the snapshots, and what is not remembered of it, by one query."""
    wanting = defaultdict[Any, list[Snapshot]](list)
    for snapshot in snapshots:
        for rows in dict.fromkeys(_unknown(snapshot, functions)):
            wanting[rows].append(snapshot)
    ask([query for rows, of in wanting.items() for query in rows.begin(of)])


def _unknown(snapshot: Snapshot, functions: Iterable[Any]) -> Iterator[Any]:
    for function in functions:
        is_known = getattr(function, "is_known", None)
        if is_known and is_known(snapshot):
            continue
        for read in getattr(function, "reads", ()):
            if read is function:
                yield function
            else:
                yield from _unknown(snapshot, [read])
