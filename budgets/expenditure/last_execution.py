"""What was executed as the last delivery that knows it says, with its own day: a budget without execution never hides it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from core.models import Source
from core.snapshot import Snapshot
from seoul_digital.lib.tables import day

from ..models import BudgetFigure
from ..models.querysets import BudgetFigureQuerySet
from .in_force import execution_sources

if TYPE_CHECKING:
    from .execution import Execution


def identity_of(row: dict[str, Any]) -> tuple[str, str]:
    """The department and the account of a row of `by_account`."""
    return row["line__department__slug"], row["line__account_name"] or row["line__account_kind"]


def fill_rows(rows: Sequence[dict[str, Any]], sources: Iterable[Source], as_of: date) -> None:
    """Give rows of `by_account` whose execution is unknown that of the newest source that knows it; `as_of` is their own day."""
    for source in sources:
        unknown = {identity_of(row): row for row in rows if row["total_committed"] is None}
        if not unknown:
            return
        for known in BudgetFigure.objects.of(source).by_account():
            row = unknown.get(identity_of(known))
            if row is not None and known["total_committed"] is not None:
                row["total_committed"] = known["total_committed"]
                if source.as_of != as_of:
                    row |= {"executed_on": source.as_of, "executed_of": known["total_current"]}


def fill_lines(figures: Iterable[BudgetFigure], snapshot: Snapshot, row: "Execution") -> list[str]:
    """Give figures of a department's row that have no execution the last known of their lines; returns notes that say of which day."""
    days = fill_execution(figures, snapshot) if row.is_executed_earlier else ()
    return [note_of_day(on) for on in sorted(days)]


def fill_execution(figures: Iterable[BudgetFigure], snapshot: Snapshot) -> set[date]:
    """Give figures that have no execution the last known of their lines; returns the days of it."""
    unknown = {figure.line_id: figure for figure in figures if figure.committed is None}
    if not unknown:
        return set()
    known = BudgetFigure.objects.filter(
        source__in=execution_sources(snapshot), line__in=unknown, committed__isnull=False
    )
    newest_last = known.select_related("source").order_by(
        "source__as_of", "source__received_at", "source__pk"
    )
    for earlier in newest_last:
        unknown[earlier.line_id].last_execution = earlier
    return {figure.last_execution.source.as_of for figure in unknown.values() if figure.last_execution}


def executed_figures(
    snapshot: Snapshot, row: "Execution", chosen: Mapping[str, str]
) -> BudgetFigureQuerySet | None:
    """The figures that tell the execution of a department's row under the chosen programmes; None where its own do."""
    if row.executed_on is None:
        return None
    of_day = [source for source in execution_sources(snapshot) if source.as_of == row.executed_on]
    return BudgetFigure.objects.of_newest(of_day).filter(line__department__slug=row.slug).within(chosen)


def execution_notes(departments: "Iterable[Execution]") -> list[str]:
    """Of which day the execution is, where an earlier source tells it."""
    rows = [row for department in departments for row in (department.accounts or (department,))]
    by_day: dict[date, list[str]] = {}
    for row in rows:
        if row.executed_on:
            by_day.setdefault(row.executed_on, []).append(row.full_label)
    return [note_of_day(on, [] if len(names) == len(rows) else names) for on, names in by_day.items()]


def note_of_day(on: date, names: Sequence[str] = ()) -> str:
    of = f"({', '.join(names)})" if names else ""
    return f"※ 집행액과 집행률은 {day(on)} 기준이고, 그 뒤의 집행액은 미제출입니다{of}."
