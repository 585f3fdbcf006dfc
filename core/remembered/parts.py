"""Parts of a page that is being made: rows that a snapshot gives, and blocks of its HTML. Each is remembered beyond the page under the
version of what it has read, so that after a change of one scope only those are made anew that show it.

What a part reads is seen by its SQL, as that of a page (`reads.py`); what others have read for it is added: rows that it takes from
memory tell what they rest on, and what was read outside of all parts may be in any of them. So a block reads what it shows through functions of
the snapshot (`cached_on_snapshot`), or by itself.
"""

import hashlib
import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
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
    _open: list[tuple[Reads, bool]] = field(
        default_factory=list
    )  # parts within parts, and whether they are rows
    _made: list[tuple[str, Reads, bytes, bytes]] = field(default_factory=list)
    _versions: dict[Any, bytes] = field(default_factory=dict)

    @contextmanager
    def begun(self) -> Iterator[None]:
        token = _making.set(self)
        try:
            yield
        finally:
            _making.reset(token)

    def note(self, run: Any, sql: str, params: Any, *rest: Any) -> Any:
        """An execute wrapper of a connection."""
        self.add(Reads.of(sql, params), is_kept_apart=bool(self._open) and self._open[-1][1])
        return run(sql, params, *rest)

    def add(self, seen: Reads, *, is_kept_apart: bool) -> None:
        for reads in (self.reads, *(reads for reads, _ in self._open)):
            reads.add(seen)
        if not is_kept_apart:
            self._shared.add(seen)

    def once(
        self, name: object, work: Callable[[], Any], *, is_rows: bool, alone: bytes = b""
    ) -> tuple[Any, Reads]:
        """What `work` gives, and what it rests on; `name` tells it apart. `alone`: the sources whose rows it reads, where the scopes of the
        tables would say too much."""
        extent = (self.revisions.bureau, self.revisions.of_drafts)
        place = hashlib.sha256(repr((self.day, extent, name)).encode()).hexdigest()
        if kept := _remembered.get(place):
            scopes, version, content = kept
            if version == self._version(scopes):
                stream = BytesIO(content)
                reads, value = pickle.load(stream), pickle.load(stream)  # noqa: S301  # of this process
                self.add(reads, is_kept_apart=bool(self._open) or not is_rows)
                return value, reads

        def pickled() -> tuple[Any, bytes]:  # which asks for what is lazy in it
            value = work()
            return value, pickle.dumps(value, pickle.HIGHEST_PROTOCOL)

        (value, content), reads = self.watched(pickled, is_rows=is_rows)
        if reads.are_known:
            content = pickle.dumps(reads, pickle.HIGHEST_PROTOCOL) + content
            self._made.append((place, reads, content, alone))
        return value, reads

    def watched(self, work: Callable[[], Any], *, is_rows: bool) -> tuple[Any, Reads]:
        """What `work` gives, and what it rests on, made in any case."""
        reads = Reads()
        self._open.append((reads, is_rows))
        try:
            value = work()
        finally:
            self._open.pop()
        if is_rows and not self._open:  # whoever has them may give them on
            self._shared.add(reads)
        reads.add(self._shared)
        return value, reads

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


def use(reads: Reads | None) -> None:
    """Notes that rows are used once more."""
    if making := _making.get():
        making.add(reads or UNKNOWN, is_kept_apart=bool(making._open))
