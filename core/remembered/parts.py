"""Parts of a page that is being made: rows that a snapshot gives, and blocks of its HTML. Each is remembered beyond the page under the
version of what it has read, so that after a change of one scope only those are made anew that show it.

What a part reads is seen by its SQL, as that of a page (`reads.py`); what others have read for it is added: rows that it takes from
memory tell what they rest on, and what was read outside of all parts may be in any of them. So a block reads what it shows through functions of
the snapshot (`cached_on_snapshot`), or by itself. Rows that a page has asked for may be in any of its blocks, but in no other rows: these have
nothing but their snapshot.
"""

import hashlib
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ..models.revisions import BureauRevision, SourceRevision
from .page_cache import PageCache
from .reads import Reads

if TYPE_CHECKING:
    from ..data_version import Revisions

MAX_BYTES = 8 << 20  # bytes a process
UNKNOWN = Reads({"?"})  # of rows that were read before the page
REVISIONS = Reads({model._meta.db_table for model in (SourceRevision, BureauRevision)})
_remembered = PageCache(MAX_BYTES)
_making: ContextVar["Making | None"] = ContextVar("parts.making", default=None)


@dataclass
class Making:
    """One page: `place` is what it follows from beside the data, `revisions` were read before it; `day` is today."""

    place: str
    day: str
    revisions: "Revisions"
    reads: Reads = field(default_factory=Reads)  # of all
    _shared: Reads = field(default_factory=Reads)  # that no part keeps for itself
    _given: Reads = field(default_factory=Reads)  # by rows to the page, which may give them on to any block
    _open: list[tuple[Reads, bool]] = field(
        default_factory=list
    )  # parts within parts, and whether they are rows
    _made: list[tuple[str, Reads, bytes, bytes]] = field(default_factory=list)
    _versions: dict[Any, bytes] = field(default_factory=dict)
    _of_sources: dict[tuple[str, int], Any] = field(default_factory=dict)
    is_apart: bool = False  # what is read is told of by whoever reads it

    @contextmanager
    def begun(self) -> Iterator[None]:
        token = _making.set(self)
        try:
            yield
        finally:
            _making.reset(token)

    def note(self, run: Any, sql: str, params: Any, *rest: Any) -> Any:
        """An execute wrapper of a connection."""
        if not self.is_apart:
            self.see(Reads.of(sql, params))
        return run(sql, params, *rest)

    def see(self, reads: Reads) -> None:
        """Notes what is read now."""
        self.add(reads, None if self._open and self._open[-1][1] else self._shared)

    @contextmanager
    def apart(self) -> Iterator[None]:
        was, self.is_apart = self.is_apart, True
        try:
            yield
        finally:
            self.is_apart = was

    def add(self, seen: Reads, also: Reads | None = None) -> None:
        for reads in (self.reads, *(reads for reads, _ in self._open)):
            reads.add(seen)
        if also is not None:
            also.add(seen)

    def use(self, rows: Reads) -> None:
        """Notes what rows rest on that are there already."""
        self.add(rows, None if self._open else self._given)

    def once(
        self, name: object, work: Callable[[], Any], *, is_rows: bool, alone: bytes = b""
    ) -> tuple[Any, Reads]:
        """What `work` gives, and what it rests on; `name` tells it apart. `alone`: the sources whose rows it reads, where the scopes of the
        tables would say too much."""
        place = self._place_of(name)
        if kept := _remembered.get(place):
            scopes, version, content = kept
            if version == self._version(scopes):
                stream = BytesIO(content)
                reads, value = pickle.load(stream), pickle.load(stream)  # noqa: S301  # of this process
                self.use(reads) if is_rows else self.add(reads)
                return value, reads

        def pickled() -> tuple[Any, bytes]:  # which asks for what is lazy in it
            value = work()
            return value, pickle.dumps(value, pickle.HIGHEST_PROTOCOL)

        (value, content), reads = self.watched(pickled, is_rows=is_rows)
        if reads.are_known:
            content = pickle.dumps(reads, pickle.HIGHEST_PROTOCOL) + content
            self._made.append((place, reads, content, alone))
        return value, reads

    def knows(self, name: object) -> bool:
        """Whether `once` would find it."""
        kept = _remembered.get(self._place_of(name))
        return kept is not None and kept[1] == self._version(kept[0])

    def _place_of(self, name: object) -> str:
        extent = (self.revisions.bureau, self.revisions.of_drafts)
        return hashlib.sha256(repr((self.day, extent, name)).encode()).hexdigest()

    def of_each(
        self,
        name: str,
        table: str,
        wanted: Sequence[int],
        wide: Sequence[int],
        work: Callable[[list[int]], Any],
    ) -> dict[int, Any]:
        """By its source (key) what `work` reads of one table; where a wanted one is unknown, of all that the page may want."""
        if missing := [key for key in wanted if not self._is_known(name, key)]:
            unknown = list({*missing, *self.unknown(name, wide)})  # another thread may keep one meanwhile
            with self.apart():
                found = work(unknown)
            for key in unknown:
                rows = self._of_sources[name, key] = found.get(key, [])
                content = pickle.dumps(rows, pickle.HIGHEST_PROTOCOL)
                self._made.append(
                    (self._place(name, key), Reads({table}, {key}), content, _coded_source(key))
                )
        self.use(Reads({table}, set(wanted)))
        return {key: self._of_sources[name, key] for key in wanted}

    def unknown(self, name: str, keys: Iterable[int]) -> list[int]:
        return [key for key in keys if (name, key) not in self._of_sources and not self._kept_of(name, key)]

    def _is_known(self, name: str, key: int) -> bool:
        """Brings what is remembered, too."""
        if (name, key) in self._of_sources:
            return True
        if content := self._kept_of(name, key):
            self._of_sources[name, key] = pickle.loads(content)  # noqa: S301  # of this process
        return bool(content)

    def _kept_of(self, name: str, key: int) -> bytes:
        kept = _remembered.get(self._place(name, key))
        return kept[2] if kept and kept[1] == self._version(_coded_source(key)) else b""

    def _place(self, name: str, key: int) -> str:
        extent = (self.revisions.bureau, self.revisions.of_drafts)
        return hashlib.sha256(repr((extent, name, key)).encode()).hexdigest()

    def watched(self, work: Callable[[], Any], *, is_rows: bool) -> tuple[Any, Reads]:
        """What `work` gives, and what it rests on, made in any case."""
        reads = Reads()
        self._open.append((reads, is_rows))
        try:
            value = work()
        finally:
            self._open.pop()
        if is_rows and not self._open:  # whoever has them may give them on
            self._given.add(reads)
        reads.add(self._shared)
        if not is_rows:
            reads.add(self._given)
        return value, reads

    @property
    def is_worth_keeping(self) -> bool:
        """The page, or a part that was made for it."""
        return self.reads.are_known or bool(self._made)

    def keep(self, now: "Revisions", without: str) -> None:
        """What was made, where nothing of what it rests on has changed since; never what has `without` in it."""
        for place, reads, content, alone in self._made:
            scopes = alone or coded(reads.scopes(self.revisions))
            version = self._version(scopes)
            if without.encode() not in content and version == _version_of(now, scopes):
                _remembered.keep(place, (scopes, version, content))

    def _version(self, scopes: bytes) -> bytes:
        if scopes not in self._versions:
            self._versions[scopes] = _version_of(self.revisions, scopes)
        return self._versions[scopes]


def _version_of(revisions: "Revisions", scopes: bytes) -> bytes:
    if scopes.startswith(OF_SOURCES):
        return revisions.version_of(set(map(int, scopes.removeprefix(OF_SOURCES).split(b",")))).encode()
    return revisions.version(decoded(scopes)).encode()


EVERY_SCOPE, OF_SOURCES = b"*", b"="


def _coded_source(key: int) -> bytes:
    return OF_SOURCES + str(key).encode()


def coded(scopes: frozenset[str] | None) -> bytes:
    return EVERY_SCOPE if scopes is None else ",".join(sorted(scopes)).encode()


def decoded(scopes: bytes) -> frozenset[str] | None:
    return None if scopes == EVERY_SCOPE else frozenset(filter(None, scopes.decode().split(",")))


def block(name: str, make: Callable[[], str]) -> str:
    """A block of the page's HTML, of that name."""
    making = _making.get()
    if making is None:
        return make()
    html: str = making.once((making.place, name), make, is_rows=False)[0]
    return html


def rows(name: object, snapshot: Any, work: Callable[[], Any]) -> tuple[Any, Reads | None]:
    """What a function of a snapshot gives (None: the page's own sources), and what it rests on, while a page is made. With a name, which
    tells function and snapshot apart, it is remembered: plain values, of which each page has a copy of its own."""
    making = _making.get()
    if making is None:
        return work(), None
    if name and (snapshot is None or making.revisions.tells_of(snapshot)):
        return making.once(name, work, is_rows=True)
    return making.watched(work, is_rows=True)


def rows_of(name: str, sources: Sequence[Any], work: Callable[[], Any]) -> Any:
    """What `work` reads of some sources in force, of no other and without words of ours; made anew where one of them has changed."""
    making, keys = _making.get(), [source.pk for source in sources]
    if making is None or not making.revisions.has(keys):
        return work()
    alone = OF_SOURCES + ",".join(map(str, keys)).encode()
    return making.once((name, keys), work, is_rows=True, alone=alone)[0]


def revisions_for(snapshot: Any) -> "Revisions | None":
    """Those that were read before the page that is being made, where they tell of all that the snapshot reads; noted as read once more."""
    making = _making.get()
    if making is None or not (making.revisions.of_each_source and making.revisions.tells_of(snapshot)):
        return None
    if not making.revisions.has([source.pk for source in snapshot.sources]):
        return None
    use(REVISIONS)
    return making.revisions


def of_each(
    name: str,
    model: Any,
    snapshot: Any,
    sources: Sequence[Any],
    work: Callable[[list[int]], Any],
    *,
    are_all: bool = False,
) -> dict[int, Any]:
    """By its source (key) what `work` reads of each of some of a snapshot, of one model and without words of ours: remembered for each by
    itself, and read at once for all that are in force, or for these alone."""
    making, wanted = _making.get(), [source.pk for source in sources]
    if not wanted:
        return {}
    every = wanted if are_all else [source.pk for source in snapshot.in_force]
    if making is not None and making.revisions.has([*wanted, *every]):
        return making.of_each(name, model._meta.db_table, wanted, every, work)
    known = snapshot._by_source.setdefault((name, making is None), {})
    if missing := {key for key in wanted if key not in known}:
        unknown = [*missing, *(key for key in every if key not in known and key not in missing)]
        with apart():
            found = work(unknown)
        known |= {key: found.get(key, []) for key in unknown}
    use(Reads({model._meta.db_table}, set(wanted)))
    return {key: known[key] for key in wanted}


def unknown(name: str, snapshot: Any, keys: Sequence[int]) -> list[int]:
    """Which of the sources (keys) `of_each` would read."""
    making = _making.get()
    if making is not None and making.revisions.has(keys):
        return making.unknown(name, keys)
    return [key for key in keys if key not in snapshot._by_source.get((name, making is None), ())]


def knows(name: object, snapshot: Any) -> bool:
    """Whether rows of that name are remembered."""
    making = _making.get()
    return making is not None and making.revisions.tells_of(snapshot) and making.knows(name)


def present_bureaus() -> tuple[Any, ...]:
    """Those that were read with the revisions of the page."""
    making = _making.get()
    return making.revisions.bureaus if making else ()


def use(reads: Reads | None) -> None:
    """Notes that rows are used once more."""
    if making := _making.get():
        making.use(reads or UNKNOWN)


def apart() -> AbstractContextManager[None]:
    """What is read inside is told of by whoever takes it."""
    making = _making.get()
    return making.apart() if making else nullcontext()


def take(sql: str, params: Any) -> None:
    """Notes that rows are used which were read apart, as if they were read now."""
    making = _making.get()
    if making and not making.is_apart:
        making.see(Reads.of(sql, params))
