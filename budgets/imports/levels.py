"""How finely two sets of lines are divided, and their sums at the finest level that both have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import BooleanField, Count, ExpressionWrapper, Min, Q, Sum

from seoul_digital.lib.hangul import fold

from ..expenditure.lines import programme
from ..models import BudgetLine
from ..models.querysets import LINE_NAMES
from .fields import LABELS
from .tally import Tally

LEVELS = ("object_name", "object_group", "detailed", "unit", "policy", "account_kind")  # the finest first
PROGRAMME_NAMES = ("policy", "unit", "detailed")

Key = tuple[int, tuple[str, ...]]


class Sums(NamedTuple):
    """Amounts of the lines of one key in 원, with the names of its first line and its place in the source."""

    place: int
    department: str
    names: tuple[str, str, str]
    amounts: dict[str, int | None]


@dataclass(frozen=True)
class Programme:
    """A programme, or whatever both sides have, before and after; None where a side has it not."""

    department: str
    names: tuple[str, str, str]
    before: Mapping[str, int | None] | None
    after: Mapping[str, int | None] | None

    @classmethod
    def of(cls, shown: Sums, before: Sums | None, after: Sums | None) -> "Programme":
        return cls(shown.department, shown.names, before and before.amounts, after and after.amounts)


@dataclass(frozen=True)
class CommonLevel:
    """`columns`: those of a line that both sides have filled, by department (key)."""

    columns: Mapping[int | None, frozenset[str]]

    @property
    def name(self) -> str:
        """The finest level, in words, at which every department that both sides have is compared."""
        common = frozenset.intersection(*self.columns.values()) if self.columns else frozenset()
        finest = next((level for level in LEVELS if level in common), "department")
        return {"department": "부서", "account_kind": "회계"}.get(finest) or LABELS[finest]

    def differences(
        self, now: Any, then: Any, amounts: Sequence[str], tally: Tally | None = None
    ) -> dict[str, list[Programme]]:
        """What is added, changed and gone, in the order of the source; `tally` is of the figures of now."""
        after, before = self._sums(now, amounts, tally), self._sums(then, amounts)
        return {
            "added": [Programme.of(row, None, row) for key, row in after.items() if key not in before],
            "changed": [
                Programme.of(row, before[key], row)
                for key, row in after.items()
                if key in before and before[key].amounts != row.amounts
            ],
            "gone": [Programme.of(row, row, None) for key, row in before.items() if key not in after],
        }

    def _sums(self, figures: Any, amounts: Sequence[str], tally: Tally | None = None) -> dict[Key, Sums]:
        """The sums of figures by key, in the order of the source."""
        needed = [name for name in LINE_NAMES if any(name in columns for columns in self.columns.values())]
        rows = (
            tally.rows(needed, amounts) if tally and tally.tells(needed) else _rows(figures, needed, amounts)
        )
        found: dict[Key, Sums] = {}
        for row in rows:
            unit = row["line__department"]
            own = {name: row[f"line__{name}"] for name in needed if name in self.columns.get(unit, needed)}
            sums = {
                name: row[f"sum_{name}"] if row[f"known_{name}"] == row["lines"] else None for name in amounts
            }
            key = unit, _key(own)
            found[key] = _added(found.get(key), row, own, sums)
        return found


@dataclass(frozen=True)
class Content:
    """The amounts that any line has and, by department (key), the columns of which any line has a name."""

    amounts: list[str]
    columns: Mapping[int | None, frozenset[str]]

    @classmethod
    def of(cls, figures: Any, amounts: Sequence[str], columns: Sequence[str]) -> "Content":
        """Which columns are filled is asked apart from the amounts, by their few combinations: together it would take twice as long."""
        given = figures.aggregate(lines=Count("pk"), **{name: Count(name) for name in amounts})
        filled = {
            f"has_{name}": ExpressionWrapper(Q(**{f"line__{name}__gt": ""}), BooleanField())
            for name in columns
        }
        found: dict[int | None, frozenset[str]] = {}
        if not columns and given["lines"]:
            found[None] = frozenset()
        for row in figures.values("line__department", **filled).distinct() if columns else ():
            own = frozenset(name for name in columns if row[f"has_{name}"])
            found[row["line__department"]] = own | found.get(row["line__department"], frozenset())
        return cls([name for name in amounts if given[name]], found)


def common_level(now: Content, then: Content) -> CommonLevel | None:
    """The columns that both have; None where they have the same, or nothing in common."""
    both = now.columns.keys() & then.columns.keys()
    if all(now.columns[unit] == then.columns[unit] for unit in both):
        return None
    return CommonLevel({unit: now.columns[unit] & then.columns[unit] for unit in both})


def _rows(figures, needed, amounts):
    totals = {f"sum_{name}": Sum(name) for name in amounts} | {
        f"known_{name}": Count(name) for name in amounts
    }
    return (
        figures.values("line__department", "line__department__name", *(f"line__{name}" for name in needed))
        .annotate(lines=Count("pk"), place=Min("line__order"), **totals)
        .order_by("place")
    )


def _key(names):
    """A code stands for the names of its programme."""
    if names.get("detailed_code"):
        names = {name: text for name, text in names.items() if name not in PROGRAMME_NAMES}
    return tuple(fold(text) for text in names.values())


def _added(known, row, own, sums):
    if known:
        amounts = {
            name: None if None in (value, sums[name]) else value + sums[name]
            for name, value in known.amounts.items()
        }
        return known._replace(amounts=amounts)
    line = BudgetLine(**own)
    return Sums(
        row["place"], row["line__department__name"], line_names(line, row["line__department__name"]), sums
    )


def line_names(line: BudgetLine, department: str = "") -> tuple[str, str, str]:
    """Programme, department with account, objects: as a line is shown."""
    account = line.account_name or (line.get_account_kind_display() if line.account_kind else "")
    objects = " · ".join(filter(None, [line.object_group, line.object_name])) or "-"
    return programme(line), " · ".join(filter(None, [department or line.department.name, account])), objects
