"""The sums of budget lines that a cross-tab is shaped from, as the snapshot has them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from core.models import ControlTotal
from core.snapshot import Snapshot
from departments.models import Department, Succession
from seoul_digital.lib import amounts

from ..expenditure.in_force import Key, printed_totals, sources_in_force
from ..models import BudgetFigure, BudgetLine
from .filters import CrossTabFilters
from .pivot import Group

NO_NAME = "구분 없음"
Labels = dict[str, str]


@dataclass(frozen=True)
class DatedSums:
    """`as_of` is the day of the figures, `labels` give the name of each key by dimension.

    `printed` holds the control totals; where there are any, `accounts` counts the accounts of each department (slug).
    """

    as_of: date
    fiscal_year: int
    groups: list[Group]
    labels: Mapping[str, Labels]
    printed: Mapping[Key, ControlTotal] = field(default_factory=dict)
    accounts: Counter[str] = field(default_factory=Counter)
    notes: tuple[str, ...] = ()

    @property
    def pace(self) -> Fraction:
        return amounts.pace(self.as_of, self.fiscal_year)

    def has_names(self, dimension: str) -> bool:
        return any(self.labels[dimension])

    def terms(self, slug: str) -> int:
        """Count the printed figures that a department's total adds up, or the whole's."""
        return self.accounts[slug] if slug else self.accounts.total()


def dated_sums(snapshot: Snapshot, filters: CrossTabFilters) -> DatedSums | None:
    """The sums of the sources that the expenditure page reads, added up by the database; None without expenditure."""
    sources = sources_in_force(snapshot)
    if not sources:
        return None
    dimensions = (filters.rows, filters.columns)
    names = [_names(dimension) for dimension in dimensions]
    figures = BudgetFigure.objects.of_newest(sources)
    columns = (*names[0], *names[1], "total_current", "total_committed", "place")
    rows = list(figures.summed_by(*names[0], *names[1]).values_list(*columns))
    split = len(names[0])
    row_keys = _keys(filters.rows, {row[:split] for row in rows})
    column_keys = _keys(filters.columns, {row[split:-3] for row in rows})
    printed = printed_totals(sources)
    accounts = figures.order_by().values_list("line__department__slug", *_names("account")).distinct()
    return DatedSums(
        as_of=max(source.as_of for source in sources),
        fiscal_year=snapshot.fiscal_year,
        groups=[Group(row_keys[row[:split]][0], column_keys[row[split:-3]][0], *row[-3:]) for row in rows],
        labels={filters.rows: dict(row_keys.values()), filters.columns: dict(column_keys.values())},
        printed=printed,
        accounts=Counter(slug for slug, *_ in accounts) if printed else Counter(),
        notes=tuple(dict.fromkeys(line for source in sources for line in source.note_lines)),
    )


def _names(dimension: str) -> tuple[str, ...]:
    """The columns of the database; a department's name is looked up afterwards, for joining it costs a step a line."""
    if dimension == "account":
        return "line__account_kind", "line__account_name"
    return ("line__department_id",) if dimension == "department" else (f"line__{dimension}",)


def _keys(dimension: str, values: Iterable[tuple[Any, ...]]) -> dict[tuple[Any, ...], tuple[str, str]]:
    """Key and label of each value: departments by slug, accounts as control totals name them, else the name itself."""
    if dimension == "department":
        units = Department.objects.in_bulk([pk for (pk,) in values])
        return {(pk,): (unit.slug, unit.name) for pk, unit in units.items()}
    if dimension == "account":
        return {
            (kind, name): (name or kind, name or BudgetLine.AccountKind(kind).label) for kind, name in values
        }
    return {(name,): (name, name or NO_NAME) for (name,) in values}


def with_successors(
    earlier: DatedSums, later: DatedSums, filters: CrossTabFilters
) -> tuple[DatedSums, list[str]]:
    """The earlier sums under the departments that theirs became, and those changes as `이전 → 이후`.

    A department that was split stays as it was: nothing tells which part of its sums went where.
    """
    if "department" not in (filters.rows, filters.columns):
        return earlier, []
    before, after = earlier.labels["department"], later.labels["department"]
    became = _became([slug for slug in before if slug not in after], after)
    side = "row" if filters.rows == "department" else "column"
    groups = [
        group._replace(**{side: became.get(key := getattr(group, side), key)}) for group in earlier.groups
    ]
    changes = sorted(f"{before[old]} → {after[new]}" for old, new in became.items())
    return replace(earlier, groups=groups), changes


def _became(gone: Iterable[str], present: Mapping[str, str]) -> dict[str, str]:
    """The present department that each of the gone became, by however many successions, where there is one alone."""
    successors = defaultdict(list)
    for old, new in Succession.objects.values_list("predecessor__slug", "successor__slug"):
        successors[old].append(new)
    found = {}
    for slug in gone:
        path = [slug]
        while len(after := successors[path[-1]]) == 1 and after[0] not in path:
            path.append(after[0])
        if target := next((unit for unit in path if unit in present), None):
            found[slug] = target
    return found
