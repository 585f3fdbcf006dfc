"""Expenditure and its execution by department and account, as the snapshot has it. Amounts are in 원."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from core.models import ControlTotal, Source
from core.remembered.ahead import reading
from core.snapshot import Snapshot, cached_on_snapshot, remembered_on_snapshot
from seoul_digital.lib import amounts
from seoul_digital.lib.money_units import THOUSANDS, MoneyUnit
from seoul_digital.lib.reported import ReportedFigure, rate_slack, reported_rate

from ..models import BudgetLine
from .in_force import (
    Key,
    execution_sources,
    notes_of,
    printed_last_year,
    printed_totals,
    rows_by_account,
    sources_of_two_years,
)
from .last_execution import Told, department_name, execution_notes, fill_rows, identity_of, lines_told_earlier

MEASURE = ControlTotal.Measure
# What is worked out of the lines and held against what is printed.
COMPUTED = {
    MEASURE.CURRENT_BUDGET: "current",
    MEASURE.COMMITTED: "committed",
    MEASURE.CHANGE: "change",
    MEASURE.CHANGE_RATE: "change_rate",
    MEASURE.EXECUTION_RATE: "rate",
}


@dataclass(frozen=True)
class Execution:
    """One row: the whole, a department or, of a department that has several, one of its accounts.

    `previous` is last year's final budget and `committed` the 원인행위액, None where not known. `department` is the name
    of the unit that an account stands under. `executed_on` is the day of `committed` where that is not the page's;
    `executed_of` the budget of that day, where its own source knows no execution and an earlier one does. A row that
    `is_mixed` adds up parts of several days, or would.
    """

    label: str
    current: int
    previous: int | None = None
    committed: int | None = None
    slug: str = ""
    account: str = ""
    department: str = ""
    accounts: tuple["Execution", ...] = ()
    executed_on: date | None = None
    executed_of: int | None = None
    is_mixed: bool = False
    key: int | None = field(default=None, compare=False)  # of the figure, where the row is one alone
    previous_key: int | None = field(default=None, compare=False)

    @property
    def anchor(self) -> str:
        """Its row's place in the addresses of pages."""
        return f"row-{self.subject.replace('/', '-')}"

    @property
    def subject(self) -> str:
        """As control totals name it."""
        return "/".join(filter(None, [self.slug, self.account]))

    @property
    def full_label(self) -> str:
        """An account's name behind its department's, for lists where it stands alone."""
        return f"{self.department} {self.label}".strip()

    @property
    def change(self) -> int | None:
        return None if self.previous is None else self.current - self.previous

    @property
    def change_rate(self) -> Fraction | str | None:
        """Exact percent, 순증 where there was nothing last year, None where nothing is known of it."""
        if self.previous == 0:
            return amounts.change_percent(self.current, self.previous)
        return amounts.change_rate(self.current, self.previous)

    @cached_property
    def rate(self) -> Fraction | None:
        return amounts.rate(self.committed, self.budget_executed)

    @property
    def unexecuted(self) -> int | None:
        """집행잔액 on the 원인행위 basis."""
        return None if self.committed is None else self.budget_executed - self.committed

    @property
    def is_executed_earlier(self) -> bool:
        """Whether an earlier source tells its execution, or that of one of its accounts."""
        return any(row.executed_of is not None for row in (self, *self.accounts))

    @property
    def budget_executed(self) -> int:
        """The budget of the day of the execution."""
        return self.current if self.executed_of is None else self.executed_of


@dataclass(frozen=True)
class ExecutionSummary:
    """`as_of` is the day of the figures, `pace` the share of the fiscal year gone by on it.

    `total` is what the departments add up to; `totals` are the figures that the sources print. `narrowed_to` names
    what a reader chose of the whole, empty for the whole.
    """

    fiscal_year: int
    as_of: date
    pace: Fraction
    total: Execution
    departments: tuple[Execution, ...]
    notes: tuple[str, ...] = ()
    totals: Mapping[Key, ControlTotal] = field(default_factory=dict)
    unit: MoneyUnit = THOUSANDS  # of the amounts as their source gives them
    narrowed_to: tuple[str, ...] = ()
    _known: dict[Any, Any] = field(init=False, default_factory=dict, compare=False, repr=False)  # figures

    def only(self, departments: Sequence[Execution], name: str) -> "ExecutionSummary":
        """Those departments and what they add up to; what is printed of the whole is not of them."""
        return replace(
            self,
            total=_total(departments, _sum_of_known(row.previous for row in departments)),
            departments=tuple(departments),
            totals={key: total for key, total in self.totals.items() if key[0]},
            narrowed_to=(*self.narrowed_to, name),
        )

    def title(self, title: str) -> str:
        """`부서별 집행률(특별회계)`: the title of a table or chart with what it is narrowed to."""
        part = " · ".join(self.narrowed_to)
        return _("%(title)s(%(part)s)") % {"title": title, "part": part} if part else title

    @property
    def previous_year(self) -> int:
        return self.fiscal_year - 1

    @property
    def rows(self) -> list[Execution]:
        """Departments, each with its accounts below it."""
        return [row for department in self.departments for row in (department, *department.accounts)]

    @property
    def leaves(self) -> list[Execution]:
        return [row for department in self.departments for row in (department.accounts or (department,))]

    @property
    def behind(self) -> list[Execution]:
        """Departments and accounts below the pace, the farthest first."""
        return sorted(filter(self.is_behind, self.rows), key=lambda row: row.rate)

    def pace_of(self, row: Execution) -> Fraction | None:
        """The pace of the day of what was executed; None where that is of several."""
        return None if row.is_mixed else amounts.pace(row.executed_on or self.as_of, self.fiscal_year)

    def gap(self, row: Execution) -> Fraction | None:
        """Rate less the pace of its day, in %p, from exact values."""
        pace = self.pace_of(row)
        return None if row.rate is None or pace is None else row.rate - pace * 100

    def is_behind(self, row: Execution) -> bool:
        return (self.gap(row) or 0) < 0

    @property
    def executed_on(self) -> date | None:
        """The day of what was executed, the newest where there are several; None where nothing is known of it."""
        days = [row.executed_on or self.as_of for row in self.leaves if row.committed is not None]
        return max(days, default=None)

    def department(self, slug) -> Execution | None:
        return next((row for row in self.departments if row.slug == slug), None)

    def figure(self, row: Execution, measure: str, fiscal_year: int | None = None) -> ReportedFigure:
        """A measure of a row as the source prints it, beside the one worked out from the computed amounts."""
        year = fiscal_year or self.fiscal_year
        place = id(row), measure, year  # of a row that is kept beside it
        if place not in self._known:
            self._known[place] = row, self._figure(row, measure, year)
        return self._known[place][1]

    def _figure(self, row: Execution, measure: str, year: int) -> ReportedFigure:
        is_printed = row is self.total or row.slug  # a part of a department's budget is not
        total = self.totals.get((row.subject, measure, year)) if is_printed else None
        printed = total.figure if total else None
        is_earlier = measure == MEASURE.CURRENT_BUDGET and year != self.fiscal_year
        computed = row.previous if is_earlier else getattr(row, COMPUTED[measure])
        unit = total.source.money_unit.won if total else self.unit.won
        if measure in ControlTotal.RATES:
            is_change = measure == MEASURE.CHANGE_RATE
            whole = row.previous if is_change else row.budget_executed
            return reported_rate(computed, printed, rate_slack(computed, whole, unit, 1 + is_change))
        terms = max(len(row.accounts if row.slug else self.leaves), 1)
        return ReportedFigure(computed, printed, 2 * terms if measure == MEASURE.CHANGE else terms, unit)

    def figures(self, row: Execution) -> dict[str, ReportedFigure]:
        """Return the figures of a row's tiles, by name."""
        return {
            "current": self.current(row),
            "previous": self.previous(row),
            "change": self.figure(row, MEASURE.CHANGE),
            "committed": self.committed(row),
            "rate": self.rate(row),
        }

    def current(self, row: Execution) -> ReportedFigure:
        """예산현액."""
        return self.figure(row, MEASURE.CURRENT_BUDGET)

    def previous(self, row: Execution) -> ReportedFigure:
        """Last year's 최종예산."""
        return self.figure(row, MEASURE.CURRENT_BUDGET, self.previous_year)

    def committed(self, row: Execution) -> ReportedFigure:
        """집행액(원인행위)."""
        return self.figure(row, MEASURE.COMMITTED)

    def rate(self, row: Execution) -> ReportedFigure:
        """집행률."""
        return self.figure(row, MEASURE.EXECUTION_RATE)


@dataclass(frozen=True)
class _AccountRows:
    """The rows of departments and accounts of two years, with what their sources print."""

    fiscal_year: int
    sources: list[Source]
    current: list[dict]
    previous: list[dict]
    totals: Mapping[Key, ControlTotal]

    @property
    def summary(self) -> ExecutionSummary:
        previous = {identity_of(row): row for row in self.previous}
        departments = tuple(_departments(self.current, previous, {subject for subject, *_ in self.totals}))
        as_of = max(source.as_of for source in self.sources)
        total = _total(departments, _sum_of_known(row["total_current"] for row in self.previous))
        notes = dict.fromkeys(line for source in self.sources for line in notes_of(source))
        return ExecutionSummary(
            fiscal_year=self.fiscal_year,
            as_of=as_of,
            pace=amounts.pace(total.executed_on or as_of, self.fiscal_year),
            total=total,
            departments=departments,
            notes=(*notes, *execution_notes(departments)),
            totals=self.totals,
            unit=self.sources[0].money_unit,
        )


@remembered_on_snapshot
@reading(printed_totals, rows_by_account, printed_last_year)
def _account_rows(snapshot: Snapshot) -> _AccountRows | None:
    year = snapshot.fiscal_year
    if year is None:
        return None
    sources, previous = years = sources_of_two_years(snapshot, year)
    totals, (current, before) = printed_totals(snapshot, *years), rows_by_account(snapshot, *years)
    before = before if previous else printed_last_year(snapshot, sources[0])
    others = [source for source in execution_sources(snapshot) if source != sources[0]]
    if snapshot.executed_after:  # what counts may be older
        others = execution_sources(snapshot)
        for row in current:
            row["total_committed"] = None
    fill_rows(snapshot, current, others, sources)
    return _AccountRows(year, sources, current, before, totals)


def told_earlier(snapshot: Snapshot) -> Told:
    """The earlier deliveries, or earlier received ones of the same day, that tell what was executed of accounts."""
    return lines_told_earlier(rows.current) if (rows := _account_rows(snapshot)) else {}


@cached_on_snapshot
@reading(_account_rows)
def summary(snapshot: Snapshot) -> ExecutionSummary | None:
    """Execution of the fiscal year in force beside last year's final budget; None without expenditure."""
    return (rows := _account_rows(snapshot)) and rows.summary


def accounts_of(snapshot: Snapshot) -> dict[str, str]:
    """The accounts of the year with their labels: kinds first, then those with names of their own."""
    rows = _account_rows(snapshot)
    known = rows.current if rows else []
    kinds = {row["line__account_kind"] for row in known}
    names = {row["line__account_name"]: row["line__account_name"] for row in known}
    labels = {kind.value: _(kind.label) for kind in BudgetLine.AccountKind if kind.value in kinds}
    return {account: label for account, label in (labels | names).items() if account}


def account_summary(snapshot: Snapshot, account: str) -> ExecutionSummary | None:
    """One account, or all of one kind, across the departments that have it, each under its own name."""
    rows = _account_rows(snapshot)
    if rows is None:
        return None
    current, previous = (
        [row for row in side if account in (row["line__account_kind"], row["line__account_name"])]
        for side in (rows.current, rows.previous)
    )
    part = replace(rows, current=current, previous=previous).summary
    identities = dict(map(identity_of, current))
    # a department's row of its one account of a kind, or of the several that then stand under it
    departments = [
        replace(row, account=account)
        if len(row.accounts) > 1
        else replace(row, account=identities[row.slug], accounts=())
        for row in part.departments
    ]
    unnamed = {row["line__department__slug"] for row in rows.current if not row["line__account_kind"]}
    note = _("※ 회계가 적히지 않은 %(count)s개 부서는 들어 있지 않습니다.") % {"count": len(unnamed)}
    narrowed = part.only(departments, accounts_of(snapshot).get(account, account))
    return replace(
        narrowed,
        total=part.total,  # with what accounts had last year that are no more
        notes=(*part.notes, *([note] if unnamed else [])),
    )


def _departments(rows, previous, printed):
    """Departments in the order of the source; one without figures last year has had no budget of its own then.

    `printed` are the subjects that the sources print: an account that stands alone is a row only where they do.
    """
    ordered = sorted(rows, key=lambda row: row["place"])
    slugs = list(dict.fromkeys(row["line__department__slug"] for row in ordered))
    by_slug = sorted(rows, key=lambda row: slugs.index(row["line__department__slug"]))
    for slug, own in groupby(by_slug, key=lambda row: row["line__department__slug"]):
        accounts = tuple(_account(row, previous) for row in own)
        known = [row for (department, _), row in previous.items() if department == slug]
        yield _department(slug, accounts, known, accounts[0].account and accounts[0].subject in printed)


def _account(row, previous):
    slug, account = identity_of(row)
    before = previous.get((slug, account), {})
    return Execution(
        label=row["line__account_name"] or _(BudgetLine.AccountKind(row["line__account_kind"]).label),
        current=row["total_current"],
        previous=before.get("total_current"),
        committed=row["total_committed"],
        slug=slug,
        account=account,
        department=department_name(row),
        executed_on=row.get("executed_on"),
        executed_of=row.get("executed_of"),
        key=row["key"],
        previous_key=before.get("key"),
    )


def _department(slug, accounts, previous, is_printed):
    """`previous`: last year's rows of the department."""
    is_single = len(accounts) == 1
    return Execution(
        label=accounts[0].department,
        current=sum(row.current for row in accounts),
        previous=_sum_of_known(row["total_current"] for row in previous),
        slug=slug,
        **_executed(accounts),
        accounts=() if is_single and not is_printed else accounts,
        key=accounts[0].key if is_single else None,
        previous_key=previous[0]["key"] if is_single and len(previous) == 1 else None,
    )


def _total(departments, previous):
    return Execution(_("계"), sum(row.current for row in departments), previous, **_executed(departments))


def _executed(rows) -> dict:
    """What rows add up to; unknown where any part is, or where earlier deliveries tell some of them on different days."""
    days = {row.executed_on for row in rows}
    values = [row.committed for row in rows]
    is_mixed = len(days) > 1 or any(row.is_mixed for row in rows)
    is_told = any(row.is_executed_earlier for row in rows)
    if None in values:
        return {"committed": None}
    if is_mixed:
        return {"committed": None if is_told else sum(values), "is_mixed": True}
    of = sum(row.budget_executed for row in rows) if is_told else None
    return {"committed": sum(values), "executed_on": days.pop() if days else None, "executed_of": of}


def _sum_of_known(values):
    """The sum of all there are, None where there are none."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None
