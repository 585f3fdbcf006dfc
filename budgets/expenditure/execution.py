"""Expenditure and its execution by department and account, as the snapshot has it. Amounts are in 원."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from itertools import groupby

from core.models import ControlTotal, Source
from core.snapshot import Snapshot, cached_on_snapshot
from seoul_digital.lib import amounts
from seoul_digital.lib.reported import ReportedFigure, reported_rate

from ..models import BudgetFigure, BudgetLine
from ..models.querysets import speaks_for

MEASURE = ControlTotal.Measure
PRINTED_TO = amounts.THOUSAND  # the reports round to 천원

Key = tuple[str, str, int]  # subject, measure, fiscal year


@dataclass(frozen=True)
class Execution:
    """One row: the whole, a department or one of its accounts.

    `previous` is last year's final budget and `committed` the 원인행위액, None where not known. Of an account,
    `kind` is general or special and `department` the name of the unit that has it.
    """

    label: str
    current: int
    previous: int | None = None
    committed: int | None = None
    slug: str = ""
    account: str = ""
    kind: str = ""
    department: str = ""
    accounts: tuple["Execution", ...] = ()
    key: int | None = field(default=None, compare=False)  # of the figure, where the row is one alone
    previous_key: int | None = field(default=None, compare=False)

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

    @property
    def rate(self) -> Fraction | None:
        return amounts.rate(self.committed, self.current)

    @property
    def unexecuted(self) -> int | None:
        """집행잔액 on the 원인행위 basis."""
        return None if self.committed is None else self.current - self.committed


@dataclass(frozen=True)
class ExecutionSummary:
    """`as_of` is the day of the figures, `pace` the share of the fiscal year gone by on it.

    `total` is what the departments add up to; `totals` are the figures that the sources print.
    """

    fiscal_year: int
    as_of: date
    pace: Fraction
    total: Execution
    departments: tuple[Execution, ...]
    notes: tuple[str, ...] = ()
    totals: Mapping[Key, ControlTotal] = field(default_factory=dict)

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
        late = [row for row in self.rows if row.rate is not None and row.rate < self.pace * 100]
        return sorted(late, key=lambda row: row.rate)

    def gap(self, row) -> Fraction | None:
        """Rate less pace, in %p, from exact values."""
        return None if row.rate is None else row.rate - self.pace * 100

    def department(self, slug) -> Execution | None:
        return next((row for row in self.departments if row.slug == slug), None)

    def figure(self, row: Execution, measure: str, fiscal_year: int | None = None) -> ReportedFigure:
        """A measure of a row as the source prints it, beside the one worked out from the computed amounts."""
        year = fiscal_year or self.fiscal_year
        is_printed = row is self.total or row.slug  # a part of a department's budget is not
        total = self.totals.get((row.subject, measure, year)) if is_printed else None
        printed = total.figure if total else None
        computed = {
            MEASURE.CURRENT_BUDGET: row.current if year == self.fiscal_year else row.previous,
            MEASURE.COMMITTED: row.committed,
            MEASURE.CHANGE: row.change,
            MEASURE.CHANGE_RATE: row.change_rate,
            MEASURE.EXECUTION_RATE: row.rate,
        }[measure]
        if measure in ControlTotal.RATES:
            return reported_rate(computed, printed)
        terms = max(len(row.accounts if row.slug else self.leaves), 1)
        return ReportedFigure(
            computed, printed, 2 * terms if measure == MEASURE.CHANGE else terms, PRINTED_TO
        )

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


@cached_on_snapshot
def summary(snapshot: Snapshot) -> ExecutionSummary | None:
    """Execution of the fiscal year in force beside last year's final budget; None without expenditure."""
    year = snapshot.fiscal_year
    if year is None:
        return None
    sources = _sources(snapshot, year, first=Source.BudgetKind.EXECUTION)
    previous_sources = _sources(snapshot, year - 1)
    previous = {_identity(row): row for row in _by_account(previous_sources)}
    departments = tuple(_departments(_by_account(sources), previous))
    as_of = max(source.as_of for source in sources)
    return ExecutionSummary(
        fiscal_year=year,
        as_of=as_of,
        pace=amounts.pace(as_of, year),
        total=_total(
            departments, sum(row["total_current"] for row in previous.values()) if previous else None
        ),
        departments=departments,
        notes=tuple(dict.fromkeys(line for source in sources for line in source.note_lines)),
        totals=printed_totals(sources, previous_sources),
    )


def _sources(snapshot: Snapshot, fiscal_year, first=""):
    """The year's sources, newest first; those of one kind before the others, which then speak for what it leaves out."""
    sources = [
        source
        for source in snapshot.sources_of(Source.Scope.EXPENDITURE)
        if source.fiscal_year == fiscal_year
    ]
    ordered = sorted(sources, key=lambda source: source.budget_kind != first) if first else sources
    return list(_counted(ordered))


def _counted(sources):
    """Up to the first that speaks for every line: behind it nothing is left to say."""
    for source in sources:
        yield source
        if not speaks_for(source):
            return


def sources_in_force(snapshot: Snapshot):
    """The expenditure sources that the pages read, newest first."""
    return _sources(snapshot, snapshot.fiscal_year, first=Source.BudgetKind.EXECUTION)


def printed_totals(*years: Sequence[Source]) -> dict[Key, ControlTotal]:
    """The printed totals that hold of each year's sources, newest first.

    A total holds where its source speaks for all of its subject, and no newer source for any of it.
    """
    totals = ControlTotal.objects.filter(source__in=[source for year in years for source in year])
    return {
        (total.subject, total.measure, total.fiscal_year): total
        for total in totals
        if any(_holds(total, year) for year in years)
    }


def _holds(total: ControlTotal, sources: Sequence[Source]) -> bool:
    place = next((place for place, source in enumerate(sources) if source.pk == total.source_id), None)
    if place is None or len(sources) == 1:
        return place is not None
    own = sources[place]
    slug, _, account = total.subject.partition("/")
    is_whole = (not own.department or own.department.slug == slug) and own.account in ("", account)
    return is_whole and not any(_speaks_for_some(source, slug, account) for source in sources[:place])


def _speaks_for_some(source: Source, slug: str, account: str) -> bool:
    """Whether a source of limited scope says anything of a department and account, '' for any."""
    if source.department and slug and source.department.slug != slug:
        return False
    # An account of a name may be of the kind that the source is limited to.
    may_hold = (
        source.account in BudgetLine.AccountKind.values and account not in BudgetLine.AccountKind.values
    )
    return not (source.account and account) or source.account == account or may_hold


def _by_account(sources):
    return list(BudgetFigure.objects.of_newest(sources).by_account()) if sources else []


def _identity(row):
    return row["line__department__slug"], row["line__account_name"] or row["line__account_kind"]


def _departments(rows, previous):
    """Departments in the order of the source; one without figures last year has had no budget of its own then."""
    ordered = sorted(rows, key=lambda row: row["place"])
    slugs = list(dict.fromkeys(row["line__department__slug"] for row in ordered))
    by_slug = sorted(rows, key=lambda row: slugs.index(row["line__department__slug"]))
    for slug, own in groupby(by_slug, key=lambda row: row["line__department__slug"]):
        accounts = tuple(_account(row, previous) for row in own)
        name = next(row["line__department__name"] for row in rows if row["line__department__slug"] == slug)
        known = [row["total_current"] for (department, _), row in previous.items() if department == slug]
        yield _department(slug, name, accounts, sum(known) if known else None)


def _account(row, previous):
    slug, account = _identity(row)
    before = previous.get((slug, account), {})
    return Execution(
        label=row["line__account_name"] or BudgetLine.AccountKind(row["line__account_kind"]).label,
        current=row["total_current"],
        previous=before.get("total_current"),
        committed=row["total_committed"],
        slug=slug,
        account=account,
        kind=row["line__account_kind"],
        department=row["line__department__name"],
        key=row["key"],
        previous_key=before.get("key"),
    )


def _department(slug, name, accounts, previous):
    whole = Execution(
        label=name,
        current=sum(row.current for row in accounts),
        previous=previous,
        committed=_sum(row.committed for row in accounts),
        slug=slug,
    )
    if any(row.account for row in accounts):
        return replace(whole, accounts=accounts)
    return replace(whole, key=accounts[0].key, previous_key=accounts[0].previous_key)


def _total(departments, previous):
    return Execution(
        label="계",
        current=sum(row.current for row in departments),
        previous=previous,
        committed=_sum(row.committed for row in departments),
    )


def _sum(values):
    """The sum, None where any part of it is unknown."""
    values = list(values)
    return None if None in values else sum(values)
