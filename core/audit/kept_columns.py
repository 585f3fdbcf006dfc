"""Rows that have just been written past history, taken as columns while these are at hand: to read them again costs as much as to write them."""

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any

from seoul_digital.lib.columns.packed_numbers import packed, unpacked

from ..models.tracked import TrackedModel
from .recording import recorded_values
from .states import State

LEVEL = 1  # of compression: the highest makes it a tenth smaller and takes five times as long
KEY = "id"


class KeptColumns:
    """Takes rows whose keys follow one another; `content` is what `ImportedRows` has of them: a line of JSON for each time."""

    def __init__(self) -> None:
        self._packer, self._parts = zlib.compressobj(LEVEL), list[bytes]()
        self.rows, self.keys = 0, dict[type[TrackedModel], tuple[int, int]]()

    def add(self, model: type[TrackedModel], first: int, columns: Mapping[str, Sequence[Any]]) -> None:
        """Rows from the key `first` on; a column of one value in all of them may be that value alone. Raises ValueError where a recorded value is missing."""
        wrong = columns.keys() ^ recorded_values(model).keys() ^ {KEY}
        if wrong:
            raise ValueError(wrong)
        count = max(map(len, columns.values()))
        given = {"of": model._meta.label_lower, "first": first, "count": count}
        text = json.dumps(
            given | {"columns": {name: _packed(values) for name, values in columns.items()}},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        self._parts.append(self._packer.compress(f"{text}\n".encode()))
        self.rows += count
        self.keys[model] = min(first, self.keys.get(model, (first, 0))[0]), first + count - 1

    def content(self) -> bytes:
        """Ends it."""
        return b"".join([*self._parts, self._packer.flush()])


def _packed(values: Sequence[Any]) -> Any:
    """One value alone; numbers that follow one another as the first, others packed; of texts each once, and their places."""
    if isinstance(values, range):
        return {"from": values.start}
    if values.count(values[0]) == len(values):
        return values[:1]
    if isinstance(values[0], str):
        places = {text: place for place, text in enumerate(dict.fromkeys(values))}
        return {"texts": list(places), "places": packed(list(map(places.__getitem__, values)))}
    try:
        return packed(values)
    except TypeError:
        return values


def rows_of(block: Mapping[str, Any]) -> Iterator[tuple[str, int, State]]:
    """(label, key, values) of each row of a line of JSON."""
    count, names = block["count"], list(block["columns"])
    columns = [_unpacked(column, count) for column in block["columns"].values()]
    for key, values in enumerate(zip(*columns, strict=True), block["first"]):
        yield block["of"], key, {KEY: key, **dict(zip(names, values, strict=True))}


def _unpacked(column: Any, count: int) -> Iterable[Any]:
    if isinstance(column, dict) and "from" in column:
        return range(column["from"], column["from"] + count)
    if isinstance(column, dict):
        return map(column["texts"].__getitem__, _unpacked(column["places"], count))
    if isinstance(column, str):
        return unpacked(column)
    return repeat(column[0], count) if len(column) == 1 else column
