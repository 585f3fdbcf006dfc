"""What the lines of a draft come to by department and account, added up by column while they pass: to read them again for that costs as much as to write
a third of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from departments.models import Department

from ..models.querysets import LINE_NAMES
from .line_table import ACCOUNT, AMOUNTS, DEPARTMENT, KEY

MOST_RUNS = 500  # of lines of one account of one department that follow one another, in some thousand lines
ACCOUNT_NAMES = KEY[ACCOUNT]
NAMES = [(KEY.index(name), name) for name in LINE_NAMES]
Place = tuple[Any, ...]  # department (key), kind and name of the account


@dataclass
class Totals:
    """`first` is the row of the first line; of each amount its sum in 원 and of how many lines it is known."""

    first: int
    lines: int = 0
    sums: list[int] = field(default_factory=lambda: [0] * len(AMOUNTS))
    known: list[int] = field(default_factory=lambda: [0] * len(AMOUNTS))

    def add(self, other: "Totals") -> None:
        self.first = min(self.first, other.first)
        self.lines += other.lines
        self.sums = list(map(int.__add__, self.sums, other.sums))
        self.known = list(map(int.__add__, self.known, other.known))

    def sum_of(self, amount: str) -> int | None:
        """None where it is not known of every line."""
        place = AMOUNTS.index(amount)
        return self.sums[place] if self.known[place] == self.lines else None


class Tally:
    """`is_whole` until so many accounts take turns that the database adds up faster; `columns` are those of which any line of a department has a name."""

    def __init__(self) -> None:
        self.is_whole, self.totals = True, dict[Place, Totals]()
        self.columns: dict[int | None, frozenset[str]] = {}

    def add(
        self, rows: Sequence[int], parts: Sequence[Sequence[Any]], amounts: Sequence[Sequence[Any]]
    ) -> None:
        runs = [
            (place, len(list(run)))
            for place, run in groupby(zip(parts[DEPARTMENT], *parts[ACCOUNT], strict=True))
        ]
        self.is_whole = self.is_whole and len(runs) <= MOST_RUNS
        start = 0
        for place, count in runs if self.is_whole else ():
            part = slice(start, start + count)
            columns = [column[part] for column in amounts]
            known = [count - column.count(None) for column in columns]
            sums = [
                sum(column if all_known == count else filter(None, column))
                for column, all_known in zip(columns, known, strict=True)
            ]
            self._add(place, Totals(min(rows[part]), count, sums, known))
            named = frozenset(name for at, name in NAMES if any(parts[at][part]))
            self.columns[place[0]] = named | self.columns.get(place[0], frozenset())
            start += count

    def _add(self, place, totals):
        if place in self.totals:
            self.totals[place].add(totals)
        else:
            self.totals[place] = totals

    @property
    def amounts(self) -> list[str]:
        """Those that any line has."""
        return [
            name
            for at, name in enumerate(AMOUNTS)
            if any(totals.known[at] for totals in self.totals.values())
        ]

    def tells(self, names: Iterable[str]) -> bool:
        """Whether it is as fine as these columns of lines."""
        return set(names) <= set(ACCOUNT_NAMES)

    def by(self, names: Sequence[str] = ()) -> dict[Place, Totals]:
        """Totals by the department and some of the account's columns, in the order of the file."""
        wanted = [1 + ACCOUNT_NAMES.index(name) for name in names]
        found = Tally()
        for place, totals in self.totals.items():
            found._add(
                (place[0], *(place[at] for at in wanted)),
                Totals(totals.first, totals.lines, totals.sums, totals.known),
            )
        return dict(sorted(found.totals.items(), key=lambda item: item[1].first))

    def rows(self, names: Sequence[str], amounts: Sequence[str]) -> list[Mapping[str, Any]]:
        """As a query gives them that sums figures by these columns of their lines."""
        units = self._units()
        return [
            {
                "line__department": place[0],
                "line__department__name": units[place[0]],
                **{f"line__{name}": value for name, value in zip(names, place[1:], strict=True)},
                "lines": totals.lines,
                "place": totals.first,
                **{f"sum_{name}": totals.sum_of(name) for name in amounts},
                **{f"known_{name}": totals.known[AMOUNTS.index(name)] for name in amounts},
            }
            for place, totals in self.by(names).items()
        ]

    def groups(self, main_amount: str) -> dict[str, dict[str, int | None]]:
        """By the names of departments: lines, their sum, and what was executed."""
        units, found = self._units(), Tally()
        for (unit,), totals in self.by().items():
            found._add((units[unit],), totals)
        return {
            name: {
                "lines": totals.lines,
                "total": totals.sum_of(main_amount),
                "executed": totals.sum_of("committed"),
            }
            for (name,), totals in found.totals.items()
        }

    def _units(self):
        return dict(Department.objects.filter(pk__in=self.columns).values_list("pk", "name"))
