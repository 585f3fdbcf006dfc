"""Execution over the base dates of its fiscal year: the rate beside the pace of each day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from core.snapshot import Snapshot
from seoul_digital.lib import amounts
from seoul_digital.lib.charts import Chart, TrendLine, trend
from seoul_digital.lib.reported import ReportedFigure
from seoul_digital.lib.tables import Cell, Column, Row, Table, day

from .execution import Execution, ExecutionSummary
from .in_force import execution_sources

MOST = 12  # base dates, the newest
RowOf = Callable[[ExecutionSummary], Execution | None]


@dataclass(frozen=True)
class Point:
    on: date
    summary: ExecutionSummary
    row: Execution

    @property
    def rate(self) -> ReportedFigure:
        return self.summary.rate(self.row)


def points(
    snapshot: Snapshot, summary_of: Callable[[Snapshot], ExecutionSummary | None], row_of: RowOf
) -> list[Point]:
    """The days on which a delivery tells the row's execution, the oldest first."""
    days = sorted({source.as_of for source in execution_sources(snapshot)})[-MOST:]
    found = []
    for on in days:
        summary = summary_of(snapshot if on == days[-1] else snapshot.at(on))
        row = summary and row_of(summary)
        if summary and row and row.rate is not None and not row.is_mixed and (row.executed_on or on) == on:
            found.append(Point(on, summary, row))
    return found


def trend_figure(found: list[Point], name: str = "trend") -> Chart | None:
    """None where there are no two days."""
    if len(found) < 2:
        return None
    rates = [point.rate for point in found]
    paces = [point.summary.pace * 100 for point in found]
    lines = [
        TrendLine(
            _("집행률"), [rate.number for rate in rates], [rate.marked(amounts.percent) for rate in rates]
        ),
        TrendLine(_("진도"), paces, [amounts.percent(pace) for pace in paces]),
    ]
    build = partial(trend, [point.on for point in found], lines, at_least=100)
    last = found[-1]
    title = last.summary.title(_("기준일별 집행률"))
    return Chart(name, title, sentence(found), build, _table(found, name, title), unit="%", as_of=last.on)


def sentence(found: list[Point]) -> str:
    """`집행률은 2022. 6. 30.에 41.0%, 2022. 8. 29.에 66.9%입니다.`"""
    first, last = found[0], found[-1]
    return _("집행률은 %(before)s에 %(first)s, %(after)s에 %(last)s입니다.") % {
        "before": day(first.on),
        "first": first.rate.text(amounts.percent),
        "after": day(last.on),
        "last": last.rate.text(amounts.percent),
    }


def _table(found: list[Point], name: str, title: str) -> Table:
    columns = [
        Column(_("기준일")),
        Column(_("예산현액"), "thousand"),
        Column(_("집행액"), "thousand"),
        Column(_("집행률"), "percent"),
        Column(_("진도차"), "points"),
    ]
    rows = [
        Row(
            [
                day(point.on),
                Cell.of(point.summary.current(point.row)),
                Cell.of(point.summary.committed(point.row)),
                Cell.of(point.rate),
                point.summary.gap(point.row),
            ]
        )
        for point in found
    ]
    return Table(
        f"{name}-rows", title, columns, rows, unit=_("천원, %, %p"), as_of=found[-1].on, since=found[0].on
    )
