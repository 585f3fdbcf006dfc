"""The sums of budget lines that a cross-tab is shaped from, as the snapshot has them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import reduce
from operator import or_
from typing import Any

from django.utils.translation import gettext

from core.models import ControlTotal
from core.snapshot import Snapshot
from core.templatetags.language import name_text
from departments.models import Department, Succession
from seoul_digital.lib import amounts

from ..expenditure.execution import summary, told_earlier
from ..expenditure.in_force import Key, printed_totals, sources_in_force
from ..expenditure.last_execution import execution_notes
from ..models import BudgetFigure, BudgetLine
from ..models.querysets import BudgetFigureQuerySet
from .filters import CrossTabFilters
from .pivot import CellSum, Group

NO_NAME = "구분 없음"
COMMITTED, DAY = 3, 5  # places in a row
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

    def pace_of(self, cell: CellSum | None) -> Fraction | None:
        """The pace of the day of what was executed; None where that is of several."""
        if cell is None or cell.is_mixed:
            return None
        return amounts.pace(cell.executed_on or self.as_of, self.fiscal_year)

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
    figures, as_of = BudgetFigure.objects.of_newest(sources), max(source.as_of for source in sources)
    rows = list(_rows(figures, names, {source.pk: source.as_of for source in sources}, as_of))
    notes = [line for source in sources for line in source.note_lines]
    if not filters.is_of_budget:
        rows = _with_told_earlier(snapshot, figures, names, rows, as_of)
        if any(row[DAY] for row in rows) and (whole := summary(snapshot)):
            notes += execution_notes(whole.departments)
    row_keys = _keys(filters.rows, {row for row, *_ in rows})
    column_keys = _keys(filters.columns, {column for _, column, *_ in rows})
    printed = printed_totals(snapshot, sources)
    accounts = figures.order_by().values_list("line__department__slug", *_names("account")).distinct()
    return DatedSums(
        as_of=as_of,
        fiscal_year=snapshot.fiscal_year,
        groups=[Group(row_keys[row][0], column_keys[column][0], *sums) for row, column, *sums in rows],
        labels={filters.rows: dict(row_keys.values()), filters.columns: dict(column_keys.values())},
        printed=printed,
        accounts=Counter(slug for slug, *_ in accounts) if printed else Counter(),
        notes=tuple(dict.fromkeys(notes)),
    )


def _rows(
    figures: BudgetFigureQuerySet, names: Sequence[tuple[str, ...]], days: Mapping[int, date], as_of: date
) -> Iterator[tuple[Any, ...]]:
    """The values of both dimensions, then the parts of a group but its keys; `days` of the sources (keys)."""
    own, others = names
    columns = (*own, *others, "total_current", "total_committed", "place")
    by_source = ("source_id",) if len(set(days.values())) > 1 else ()
    for row in figures.summed_by(*by_source, *own, *others).values_list(*by_source, *columns):
        source, values = (row[0], row[1:]) if by_source else (None, row)
        on = days.get(source, as_of)
        split = len(own)
        yield values[:split], values[split:-3], *values[-3:], None if on == as_of else on, None


def _with_told_earlier(
    snapshot: Snapshot,
    figures: BudgetFigureQuerySet,
    names: Sequence[tuple[str, ...]],
    rows: list[tuple[Any, ...]],
    as_of: date,
) -> list[tuple[Any, ...]]:
    """Where the lines of an account do not know their execution, what the last delivery that does tells of that account."""
    told = told_earlier(snapshot) if any(row[COMMITTED] is None for row in rows) else {}
    if not told:
        return rows
    own = figures.exclude(reduce(or_, told.values()))
    days = {source.pk: source.as_of for source in sources_in_force(snapshot)}
    found = list(_rows(own, names, days, as_of))
    for source, lines in told.items():
        on = None if source.as_of == as_of else source.as_of
        for row, column, current, _, place, *_ in _rows(figures.filter(lines), names, {}, as_of):
            found.append((row, column, current, 0, place, on, 0))
        earlier = BudgetFigure.objects.of(source).filter(lines)
        for row, column, current, committed, place, *_ in _rows(earlier, names, {}, as_of):
            found.append((row, column, 0, committed, place, on, current))
    return found


def _names(dimension: str) -> tuple[str, ...]:
    """The columns of the database; a department's name is looked up afterwards, for joining it costs a step a line."""
    if dimension == "account":
        return "line__account_kind", "line__account_name"
    return ("line__department_id",) if dimension == "department" else (f"line__{dimension}",)


def _keys(dimension: str, values: Iterable[tuple[Any, ...]]) -> dict[tuple[Any, ...], tuple[str, str]]:
    """Key and label of each value: departments by slug, accounts as control totals name them, else the name itself."""
    if dimension == "department":
        units = Department.objects.in_bulk([pk for (pk,) in values])
        return {(pk,): (unit.slug, name_text(unit)) for pk, unit in units.items()}
    if dimension == "account":
        return {
            (kind, name): (name or kind, name or gettext(BudgetLine.AccountKind(kind).label))
            for kind, name in values
        }
    return {(name,): (name, name or gettext(NO_NAME)) for (name,) in values}


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
