"""The expenditure sources that count on a date, and the totals that they print."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from core.models import ControlTotal, Source
from core.remembered import parts
from core.remembered.ahead import RowsOfSources, reading
from core.remembered.printed_totals import totals_printed
from core.remembered.queries import RememberedQuery
from core.remembered.together import SharedQuery, SharedValues
from core.snapshot import Snapshot
from core.templatetags.language import with_facts
from seoul_digital.lib.tables import day

from ..models import BudgetFigure, BudgetLine
from ..models.querysets import speaks_for

Key = tuple[str, str, int]  # subject, measure, fiscal year


def sources_of_year(snapshot: Snapshot, fiscal_year: int | None, first: str = "") -> list[Source]:
    """The year's sources, newest first; those of one kind before the others, which then speak for what it leaves out.

    What a table of many bureaus says (총괄) counts only where the bureau has no table of its own, and is never added to it.
    """
    sources = [
        source
        for source in snapshot.sources_of(Source.Scope.EXPENDITURE)
        if source.fiscal_year == fiscal_year
    ]
    sources = [source for source in sources if not is_overview(source)] or sources
    ordered = sorted(sources, key=lambda source: source.budget_kind != first) if first else sources
    return list(_counted(ordered))


def _counted(sources: Iterable[Source]) -> Iterator[Source]:
    """Up to the first that speaks for every line: behind it nothing is left to say."""
    for source in sources:
        yield source
        if not speaks_for(source):
            return


def is_overview(source: Source) -> bool:
    """Whether it is what a table of many bureaus says of the bureau (총괄)."""
    return bool(source.budget_kind == Source.BudgetKind.OVERVIEW)


def notes_of(source: Source) -> list[str]:
    """The source's notes, and what it is where it is no table of the bureau's own."""
    if not is_overview(source):
        return list(source.note_lines)
    note = _("※ ‘%(document)s’의 국별 총괄(%(day)s 기준)에 적힌 값입니다. 부서별 표는 아직 없습니다.")
    return [with_facts(note, document=source.document, day=day(source.as_of)), *source.note_lines]


def sources_in_force(snapshot: Snapshot) -> list[Source]:
    """The expenditure sources that the pages read, newest first."""
    return sources_of_year(snapshot, snapshot.fiscal_year, first=Source.BudgetKind.EXECUTION)


def execution_sources(snapshot: Snapshot) -> list[Source]:
    """The deliveries of the year that may tell what was executed for the snapshot's report, newest first."""
    return [
        source
        for source in snapshot.sources_of(Source.Scope.EXPENDITURE)
        if source.fiscal_year == snapshot.fiscal_year
        and source.budget_kind == Source.BudgetKind.EXECUTION
        and (snapshot.executed_after is None or source.as_of > snapshot.executed_after)
    ]


_of_two_sources = RememberedQuery(
    lambda *sources: BudgetFigure.objects.filter(source__in=sources).by_account("source"), keys=2
)


def sources_of_two_years(snapshot: Snapshot, fiscal_year: int) -> tuple[list[Source], list[Source]]:
    """Those of the year and of the one before, of which a table of many bureaus says nothing."""
    before = [source for source in sources_of_year(snapshot, fiscal_year - 1) if not is_overview(source)]
    return sources_of_year(snapshot, fiscal_year, first=Source.BudgetKind.EXECUTION), before


def _whole(years: Iterable[Sequence[Source]]) -> list[Source]:
    """The newest sources of those years in which they speak for every line."""
    return [year[0] for year in years if year and not speaks_for(year[0])]


def usual_sources(snapshot: Snapshot) -> list[Source]:
    year = snapshot.fiscal_year
    return _whole(sources_of_two_years(snapshot, year)) if year else []


def _by_source(sources: list[int], rows: list[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {source: [] for source in sources}
    for row in rows:
        found[row["source"]].append({name: value for name, value in row.items() if name != "source"})
    return found


account_rows = RowsOfSources(
    "accounts",
    BudgetFigure,
    usual_sources,
    lambda sources: (
        SharedQuery(BudgetFigure.objects.filter(source__in=sources).by_account("source"))
        if sources[2:]
        else SharedValues(_of_two_sources, sources[0], sources[-1])
    ),
    _by_source,
    are_all=True,
)


@reading(account_rows)
def rows_by_account(snapshot: Snapshot, *years: Sequence[Source]) -> list[list[dict[str, Any]]]:
    """`by_account` of the figures that count of each year's sources, newest first, remembered as long as these stay as they are. Of years
    whose newest source speaks for every line, by one query."""
    whole = {source.pk: source for source in _whole(years)}
    known = account_rows(snapshot, [*whole.values()])

    def counted(year: Sequence[Source]) -> list[dict[str, Any]]:
        if year and year[0].pk in whole:
            return [dict(row) for row in known[year[0].pk]]
        rows: list[dict[str, Any]] = parts.rows_of(
            "accounts", year, lambda: list(BudgetFigure.objects.of_newest(year).by_account())
        )
        return rows

    return [counted(year) for year in years]


def _alone(snapshot: Snapshot) -> list[Source]:
    """The newest source of a year before which there is none."""
    year = snapshot.fiscal_year
    sources, previous = sources_of_two_years(snapshot, year) if year else ([], [])
    return [] if previous else sources[:1]


_last_year = RowsOfSources(
    "last year",
    BudgetFigure,
    _alone,
    lambda sources: SharedQuery(
        BudgetFigure.objects.filter(source__in=sources).last_year_by_account("source")
    ),
    _by_source,
    are_all=True,
)


@reading(_last_year)
def printed_last_year(snapshot: Snapshot, newest: Source) -> list[dict[str, Any]]:
    """Last year's rows as the newest of this year's sources that has them prints them (전년도예산액)."""
    known = [
        source
        for source in snapshot.sources_of(Source.Scope.EXPENDITURE)
        if source.fiscal_year == newest.fiscal_year and is_overview(source) == is_overview(newest)
    ]
    found = (rows for _, rows in one_then_all(_last_year, snapshot, known))
    return [dict(row) for row in next(filter(None, found), [])]


def one_then_all(
    rows: RowsOfSources, snapshot: Snapshot, sources: Sequence[Source]
) -> Iterator[tuple[Source, list[dict[str, Any]]]]:
    """Each with its rows: of the first, which mostly says enough, by a query, and of all others by another one."""
    for some in (sources[:1], sources[1:]):
        known = rows(snapshot, some)
        yield from ((source, known[source.pk]) for source in some)


@reading(totals_printed)
def printed_totals(snapshot: Snapshot, *years: Sequence[Source]) -> dict[Key, ControlTotal]:
    """The printed totals that hold of each year's sources, newest first.

    A total holds where its source speaks for all of its subject, and no newer source for any of it.
    """
    return {
        (total.subject, total.measure, total.fiscal_year): total
        for total in totals_printed(snapshot, [source for year in years for source in year])
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
