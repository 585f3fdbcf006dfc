"""The values of rows that came by file, past history: keeping them, and telling which row is another since."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection, models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Cast, JSONArray

from ..models import Source
from ..models.changes import ChangeRecord
from ..models.imported_rows import ImportedRows
from .kept_columns import LEVEL, KeptColumns, rows_of
from .recording import FROM_FILE, Rows, recorded_values
from .states import State
from .verification import Discrepancy

if TYPE_CHECKING:
    from ..models.tracked import TrackedModel

AT_ONCE = 2_000
DIGEST_SIZE = 8  # bytes
UNREADABLE = (TypeError, ValueError, zlib.error)
BLOCK = 1 << 16  # bytes of packed content
KEPT = "파일에서 불러온 줄"
BROKEN = "내용이 적어 둔 SHA-256과 다릅니다."
GONE = "파일에서 불러온 줄이 없습니다. 프로그램을 거치지 않고 지웠습니다."
Line = tuple[str, int, State]


def keep(source: Source, rows: Iterable[Rows], columns: KeptColumns | None = None) -> None:
    """Keep the values of those rows of a source that have no history, where they are not kept as they are already.

    `columns` are of the same rows, as they were just written: their values, unless somebody has changed one meanwhile.
    """
    content, number = _of_columns(columns) if columns else (b"", 0)
    if not number:
        content, number = _as_stored(rows)
    sha256 = hashlib.sha256(content).hexdigest()
    newest = ImportedRows.objects.filter(source=source).order_by("pk").values_list("sha256", flat=True).last()
    if number and newest != sha256:
        with _bound_by_server():
            ImportedRows.objects.create(source=source, content=content, sha256=sha256, rows=number)


def _of_columns(columns: KeptColumns) -> tuple[bytes, int]:
    for model, keys in columns.keys.items():
        if ChangeRecord.objects.of(model).filter(object_id__range=keys).exists():
            return b"", 0
    return columns.content(), columns.rows


def _as_stored(rows: Iterable[Rows]) -> tuple[bytes, int]:
    """Packed lines of JSON, and how many rows they are of."""
    packer, number, parts = zlib.compressobj(LEVEL), 0, []
    for queryset in rows:
        names = recorded_values(queryset.model)
        parts.append(packer.compress(f"{_text([queryset.model._meta.label_lower, *names])}\n".encode()))
        lines = _lines(queryset, names)
        while batch := list(islice(lines, AT_ONCE)):
            parts.append(packer.compress("\n".join([*batch, ""]).encode()))
            number += len(batch)
    return b"".join([*parts, packer.flush()]), number


@contextmanager
def _bound_by_server() -> Iterator[None]:
    """On PostgreSQL values go beside the statement: the content of a million lines, spelled out in it, takes eight times its size in memory."""
    if connection.vendor != "postgresql":
        yield
        return
    from django.db.backends.postgresql.base import ServerBindingCursor

    connection.ensure_connection()
    driver: Any = connection.connection
    driver.cursor_factory, factory = ServerBindingCursor, driver.cursor_factory
    try:
        yield
    finally:
        driver.cursor_factory = factory


def _lines(rows: Rows, values: Mapping[str, Any]) -> Iterator[str]:
    """A JSON array of key and values for each row, as text that the database makes."""
    recorded = ChangeRecord.objects.of(rows.model).order_by().filter(object_id=OuterRef("pk"))
    stored = Cast(JSONArray("pk", *values.values()), models.TextField())
    unrecorded = rows.exclude(Exists(recorded)).order_by("pk").annotate(stored=stored)
    return unrecorded.values_list("stored", flat=True).iterator(AT_ONCE)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


_unsettled: list[Callable[[], Iterable[int]]] = []


def register_unsettled(find: Callable[[], Iterable[int]]) -> None:
    """`find` gives the sources (keys) whose rows are coming in by a file, or are being cleared away again after it was discarded:
    nothing vouches for them. Called by an app that is ready."""
    _unsettled.append(find)


def unsettled_sources() -> set[int]:
    return {key for find in _unsettled for key in find()}


class ImportedStates:
    """The kept values of each row that came by file, as the first source has them that speaks of it; in memory a digest of each.

    Later sources that speak of it too would vouch for whatever became of it.
    """

    def __init__(self) -> None:
        self._digests: dict[str, dict[int, tuple[bytes, int]]] = {}
        self.broken: list[Discrepancy] = []
        sources = set(Source._base_manager.values_list("pk", flat=True))
        newest = dict(ImportedRows.objects.order_by("pk").values_list("source_id", "pk"))
        for kept in newest.values():
            for label, key, state in self._kept(kept):
                self._digests.setdefault(label, {}).setdefault(key, (_digest(state), kept))
        self._standing = {newest[source] for source in newest.keys() & sources - unsettled_sources()}

    def _kept(self, key: int) -> Iterator[Line]:
        try:
            yield from _unpacked(key)
        except UNREADABLE:
            self.broken.append(Discrepancy(KEPT, f"#{key}", BROKEN))

    def labels(self) -> set[str]:
        return set(self._digests)

    def states(self, model: type[TrackedModel], rows: Mapping[int, State]) -> dict[int, State]:
        """The kept values of those rows (key: as stored) of which some are kept; what is stored itself where it is what was kept.

        Of what differs each source is read once more, so that it need not be held in memory.
        """
        label, found, others = model._meta.label_lower, {}, defaultdict[int, set[int]](set)
        for key in rows.keys() & self._digests.get(label, {}).keys():
            digest, kept = self._digests[label][key]
            found[key] = rows[key]
            if digest != _digest(rows[key]):
                others[kept].add(key)
        for kept, keys in others.items():
            lines = self._kept(kept)
            found |= {key: state for of, key, state in lines if of == label and key in keys}
        return found

    def gone(self) -> Iterator[Discrepancy]:
        """Rows of sources that are still there, which nobody deleted by the program."""
        for label, digests in self._digests.items():
            model: Any = apps.get_model(label)
            keys = [key for key, (_, kept) in digests.items() if kept in self._standing]
            for start in range(0, len(keys), AT_ONCE):
                batch = keys[start : start + AT_ONCE]
                known = set(model._base_manager.filter(pk__in=batch).values_list("pk", flat=True))
                known |= ChangeRecord.objects.newest_ids(model, batch).keys()
                for key in batch:
                    if key not in known:
                        yield Discrepancy(str(model._meta.verbose_name), f"#{key}", GONE)


def kept_keys(sources: Iterable[int], model: type[TrackedModel], keys: Collection[int]) -> set[int]:
    """Those of a model's rows of which the sources (keys) keep values: that they are deleted must be told by a record."""
    label, found = model._meta.label_lower, set[int]()
    kept = ImportedRows.objects.filter(source__in=sources) if keys else ImportedRows.objects.none()
    for source in dict(kept.order_by("pk").values_list("source_id", "pk")).values():
        with suppress(*UNREADABLE):  # `verify` names it
            found |= {key for of, key, _ in _unpacked(source) if of == label and key in keys}
    return found


def _digest(state: State) -> bytes:
    return hashlib.blake2b(_text(state).encode(), digest_size=DIGEST_SIZE).digest()


def _unpacked(key: int) -> Iterator[Line]:
    """Raises ValueError where the content is not what was kept."""
    kept = ImportedRows.objects.get(pk=key)
    content = bytes(kept.content)
    if hashlib.sha256(content).hexdigest() != kept.sha256:
        raise ValueError(key)
    unpacker, rest, label, names = zlib.decompressobj(), b"", "", []
    for start in range(0, len(content), BLOCK):
        *lines, rest = (rest + unpacker.decompress(content[start : start + BLOCK])).split(b"\n")
        for line in lines:
            found = json.loads(line)
            if isinstance(found, dict):
                yield from rows_of(found)
                continue
            first, *values = found
            if isinstance(first, str):
                label, names = first, values
            else:
                yield label, first, dict(zip(names, values, strict=True))
    if not unpacker.eof:
        raise ValueError(key)


def baselines(model: type[TrackedModel], keys: Iterable[int]) -> Iterator[ChangeRecord]:
    """The records of rows that came by file, made before their first change."""
    records = ChangeRecord.objects.of(model).filter(object_id__in=keys, reason=FROM_FILE, before__isnull=True)
    return records.iterator(AT_ONCE)
