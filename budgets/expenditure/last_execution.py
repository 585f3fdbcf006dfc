"""What was executed as the last delivery that knows it says, with its own day: a budget without execution never hides it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from core.models import Source
from core.snapshot import Snapshot
from core.templatetags.language import join_facts, with_facts
from seoul_digital.lib.language import is_english
from seoul_digital.lib.tables import day

from ..models import BudgetFigure
from ..models.querysets import BudgetFigureQuerySet
from .in_force import account_rows, execution_sources, one_then_all

if TYPE_CHECKING:
    from .execution import Execution

Told = Mapping[
    Source, Q
]  # the sources that tell the execution of accounts in place of their own, with the lines of those


def identity_of(row: dict[str, Any]) -> tuple[str, str]:
    """The department and the account of a row of `by_account`."""
    return row["line__department__slug"], row["line__account_name"] or row["line__account_kind"]


def department_name(row: dict[str, Any]) -> str:
    """Of such a row; in English the English one, where there is one."""
    return str((is_english() and row["line__department__name_english"]) or row["line__department__name"])


def fill_rows(
    snapshot: Snapshot, rows: Sequence[dict[str, Any]], others: Sequence[Source], sources: Iterable[Source]
) -> None:
    """Give rows of `by_account`, which are of `sources`, the day of their execution where that is not the newest of them.

    Where it is unknown it is that of the newest of `others` that knows it (`told_by`).
    """
    days = {source.pk: source.as_of for source in sources}
    as_of = max(days.values())
    for row in rows:
        if row["total_committed"] is not None and days[row["of_source"]] != as_of:
            row["executed_on"] = days[row["of_source"]]
    told = one_then_all(account_rows, snapshot, others)
    while unknown := {identity_of(row): row for row in rows if row["total_committed"] is None}:
        source, found = next(told, (None, []))
        if source is None:
            return
        for known in found:
            lacking = unknown.get(identity_of(known))
            if lacking is not None and known["total_committed"] is not None:
                lacking["total_committed"] = known["total_committed"]
                if lacking["of_source"] != source.pk:
                    lacking["told_by"] = source
                    lacking["executed_of"] = known["total_current"]
                if source.as_of != as_of:
                    lacking["executed_on"] = source.as_of


def lines_told_earlier(rows: Iterable[dict[str, Any]]) -> Told:
    """Those of accounts, which are rows of `by_account`."""
    found: dict[Source, Q] = {}
    for row in rows:
        if source := row.get("told_by"):
            names = ("line__department", "line__account_kind", "line__account_name")
            found[source] = found.get(source, Q()) | Q(**{name: row[name] for name in names})
    return found


def fill_lines(
    figures: Iterable[BudgetFigure], snapshot: Snapshot, row: "Execution", told: Told, as_of: date
) -> list[str]:
    """Give figures of a department's row the execution of the deliveries that tell it; returns notes that say of which days it is."""
    days = fill_execution(figures, snapshot, told) if row.is_executed_earlier else set()
    return [note_of_day(on) for on in sorted(days - {as_of})]


def fill_execution(figures: Iterable[BudgetFigure], snapshot: Snapshot, told: Told) -> set[date]:
    """Give figures the execution that `last_known` has of their lines; returns the days of it."""
    by_line = {figure.line_id: figure for figure in figures}
    unknown = [line for line, figure in by_line.items() if figure.committed is None]
    known = last_known(snapshot, told, by_line, unknown)
    for line, earlier in known.items():
        by_line[line].last_execution = earlier
    return {earlier.source.as_of for earlier in known.values()}


def last_known(
    snapshot: Snapshot, told: Told, lines: Collection[int], unknown: Collection[int]
) -> dict[int, BudgetFigure]:
    """By line (key), the figure that tells its execution: of an account that another delivery tells, that delivery's, for all of its lines
    are of one; else of `unknown` lines that of the newest delivery that knows it."""
    figures = BudgetFigure.objects.filter(committed__isnull=False).select_related("source")
    newest_last = figures.order_by("source__as_of", "source__received_at", "source__pk")
    found = {}
    if unknown:
        known = newest_last.filter(source__in=execution_sources(snapshot), line__in=unknown)
        found = {figure.line_id: figure for figure in known}
    if told and lines:
        found |= {figure.line_id: figure for figure in figures.filter(_of(told), line__in=lines)}
    return found


def _of(told: Told) -> Q:
    return reduce(or_, (Q(source=source) & lines for source, lines in told.items()))


def executed_figures(
    row: "Execution", figures: BudgetFigureQuerySet, told: Told, chosen: Mapping[str, str]
) -> BudgetFigureQuerySet | None:
    """The figures that tell the execution of a department's row under the chosen programmes, where its own `figures` there do not all."""
    if row.executed_of is None:
        return None
    own = figures.exclude(reduce(or_, told.values())).order_by().values("pk")
    earlier = BudgetFigure.objects.filter(_of(told), line__department__slug=row.slug).within(chosen)
    return BudgetFigure.objects.filter(Q(pk__in=own) | Q(pk__in=earlier.order_by().values("pk")))


def execution_notes(departments: "Iterable[Execution]") -> Iterator[str]:
    """Of which day the figures are, where another source than the newest tells them."""
    rows = [row for department in departments for row in (department.accounts or (department,))]
    by_day: dict[tuple[date, bool], list[str]] = {}
    for row in rows:
        if row.executed_on:
            by_day.setdefault((row.executed_on, row.executed_of is None), []).append(name_of(row))
    for (on, is_own), names in by_day.items():
        if is_own:
            sentence = _("※ %(names)s의 예산과 집행액은 %(day)s 기준입니다.")
            yield with_facts(sentence, names=join_facts(", ", names), day=day(on))
        else:
            yield note_of_day(on, [] if len(names) == len(rows) else names)


def name_of(row: "Execution") -> str:
    """Its full label in a sentence, the unit's name marked as a fact."""
    return join_facts(" ", filter(None, [row.department, row.label]))


def note_of_day(on: date, names: Sequence[str] = ()) -> str:
    if not names:
        sentence = _("※ 집행액과 집행률은 %(day)s 기준이고, 그 뒤의 집행액은 미제출입니다.")
    else:
        sentence = _("※ 집행액과 집행률은 %(day)s 기준이고, 그 뒤의 집행액은 미제출입니다(%(names)s).")
    return with_facts(sentence, day=day(on), names=join_facts(", ", names))
