"""The chain of changes in a copy: its end, which the manifest names, and whether its links hold what they held."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from ..audit.seals import link_content, macs

LINKS, SEALS = "core_chainlink", "core_recordseal"
COLUMNS = {LINKS: ("position", "head", "count", "at"), SEALS: ("record_id", "mac", "position")}
BROKEN = (
    "기록 사슬 제{:,}호: 봉인이나 고리가 백업하기 전에 바뀌었습니다. manage.py verify로 무엇인지 보십시오."
)


@dataclass
class Chain:
    """Links by their position, and (record, seal) by the position of their link."""

    links: dict[int, tuple[str, int, datetime]] = field(default_factory=dict)
    seals: dict[int, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, execute: Callable[[str], Iterable[Sequence[Any]]], tables: Iterable[str]) -> "Chain":
        chain = cls()
        for table in set(tables) & COLUMNS.keys():
            names = ", ".join(f'"{name}"' for name in COLUMNS[table])
            for row in execute(f'SELECT {names} FROM "{table}"'):  # noqa: S608
                chain.add(table, dict(zip(COLUMNS[table], row, strict=True)))
        return chain

    def add(self, table: str, row: Mapping[str, Any]) -> None:
        """A row as a database gives it, or as text; a seal that is in no link yet has no position."""
        if table == LINKS:
            at = row["at"] if isinstance(row["at"], datetime) else datetime.fromisoformat(row["at"])
            at = at if at.tzinfo else at.replace(tzinfo=UTC)  # SQLite gives moments in UTC without saying so
            self.links[int(row["position"])] = row["head"], int(row["count"]), at
        elif row["position"] not in (None, r"\N"):
            self.seals[int(row["position"])].append((int(row["record_id"]), row["mac"]))

    @property
    def end(self) -> list[Any]:
        """Position and head; empty without a chain."""
        position = max(self.links, default=0)
        return [position, self.links[position][0]] if position else []

    def problems(self) -> list[str]:
        """A sentence for each link that lacks seals, or is another between two that hold.

        At either end that may be a key that is not here: a copy is not refused for that.
        """
        positions = range(1, max(self.links, default=0) + 1)
        held = [position for position in positions if self._holds(position)]
        return [
            BROKEN.format(position)
            for position in positions
            if self._lacks(position) or (held and held[0] < position < held[-1] and position not in held)
        ]

    def _lacks(self, position: int) -> bool:
        return position not in self.links or len(self.seals.get(position, ())) != self.links[position][1]

    def _holds(self, position: int) -> bool:
        if self._lacks(position) or position - 1 not in self.links:
            return False
        head, _, at = self.links[position]
        sealed = sorted(self.seals.get(position, ()))
        return head in macs(link_content(self.links[position - 1][0], position, at, sealed))
