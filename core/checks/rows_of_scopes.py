"""Rows that checks `of_each_scope` look at: of several models, and of all scopes that are checked anew, by one query."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

from .. import integrity
from ..models.sources import scopes_of
from ..remembered.ahead import AHEAD
from ..remembered.queries import RememberedQuery
from ..remembered.together import SharedTuples, ask
from ..snapshot import Snapshot

Make = Callable[[Any, list[int]], Any]


class RowsOfModel:
    """Of one model; `make` gives a queryset of what some sources (keys) have of it, whose rows begin with the source."""

    def __init__(self, model: Any, make: Make) -> None:
        self.model, self.make = model, make
        self.reads = (self,)
        self._queries: dict[int, RememberedQuery] = {}

    def is_known(self, snapshot: Snapshot) -> bool:
        return not self._unknown(snapshot)

    def begin(self, snapshots: Sequence[Snapshot]) -> Iterator[SharedTuples]:
        return filter(None, (self.begun(snapshot) for snapshot in snapshots))

    def begun(self, snapshot: Snapshot, scope: str = "") -> SharedTuples | None:
        scopes = self._unknown(snapshot, scope)
        keys = [source.pk for source in snapshot.in_force if source.scope in scopes]
        if not keys or (AHEAD, self) in snapshot._cache:
            return None
        query = SharedTuples(self._asking(len(keys)), *keys)
        snapshot._cache[AHEAD, self] = scopes, query
        return query

    def _asking(self, number: int) -> RememberedQuery:
        """What is asked of that many sources, put together once."""
        if number not in self._queries:
            self._queries[number] = RememberedQuery(lambda *keys: self.make(self.model, list(keys)), number)
        return self._queries[number]

    def _unknown(self, snapshot: Snapshot, scope: str = "") -> set[str]:
        wanted = {scope, *integrity.scopes_checked_anew(snapshot)} & {*scopes_of(self.model)}
        return wanted - snapshot._cache.get(self, {}).keys()

    def rows(self, snapshot: Snapshot, scope: str) -> list[Any]:
        """What sources of the scope have, each row without the source."""
        known = snapshot._cache.setdefault(self, {})
        if (AHEAD, self) in snapshot._cache:
            scopes, query = snapshot._cache.pop((AHEAD, self))
            of_source = {source.pk: source.scope for source in snapshot.in_force}
            known.update({each: [] for each in scopes})
            for row in query.answer():
                known[of_source[row[0]]].append(row)
        found: list[Any] = known.get(scope, [])
        return found


class RowsOfScopes:
    def __init__(self, models: Callable[[], Sequence[Any]], make: Make) -> None:
        self.models, self.make = models, make

    @cached_property
    def reads(self) -> tuple[RowsOfModel, ...]:
        return tuple(RowsOfModel(model, self.make) for model in self.models())

    def __call__(self, snapshot: Snapshot, scope: str) -> Iterator[tuple[Any, list[Any]]]:
        """(model, rows of its sources of the scope), each row with its source (key) first."""
        ask(filter(None, [rows.begun(snapshot, scope) for rows in self.reads]))
        for rows in self.reads:
            if found := rows.rows(snapshot, scope):
                yield rows.model, found
