"""Execution over the base dates of its fiscal year: the rate beside the pace of each day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial

from django.utils.translation import gettext as _

from core.data_version import Memory
from core.models import Source
from core.remembered.ahead import read_ahead
from core.snapshot import Snapshot
from core.templatetags.language import with_facts
from seoul_digital.lib import amounts
from seoul_digital.lib.charts import Chart, TrendLine, trend
from seoul_digital.lib.language.sentences import linked_number
from seoul_digital.lib.reported import ReportedFigure
from seoul_digital.lib.tables import Cell, Column, Row, Table, day

from . import execution
from .execution import ExecutionSummary
from .in_force import execution_sources

MOST = 12  # base dates, the newest
SummaryOf = Callable[[Snapshot], ExecutionSummary | None]
Trends = dict[str, list["Point"]]


@dataclass(frozen=True)
class Point:
    on: date
    current: ReportedFigure
    committed: ReportedFigure
    rate: ReportedFigure
    pace: Fraction  # in percent
    gap: Fraction | None
    identity: str = ""  # of its row, where its figures are the report's

    def fact(self, measure: str) -> str:
        """What a figure states on its day."""
        return self.identity and f"{self.identity}/{measure}#{self.on}"


_remembered: Memory[Trends] = Memory(16)


def points(snapshot: Snapshot, summary_of: SummaryOf, subject: str = "", account: str = "") -> list[Point]:
    """The days on which a delivery tells the row's execution, the oldest first.

    Of the summaries of `account`, '' for all; what they say is read once for each version of the data, of all rows at once.
    """
    days = sorted({source.as_of for source in execution_sources(snapshot)})[-MOST:]
    if len(days) < 2:
        return []
    trends = _remembered.once(snapshot, partial(_trends, summary_of=summary_of, days=days), account, days)
    return trends.get(subject, [])


def _trends(snapshot: Snapshot, summary_of: SummaryOf, days: Sequence[date]) -> Trends:
    """By subject of the row."""
    found: Trends = {}
    dated = [*snapshot.over(Source.Scope.EXPENDITURE, days[:-1]), snapshot]
    read_ahead(dated, execution.summary)
    for on, each in zip(days, dated, strict=True):
        summary = summary_of(each)
        if summary is None:
            continue
        for row in (summary.total, *summary.rows):
            if row.rate is not None and not row.is_mixed and (row.executed_on or on) == on:
                current, committed, rate = summary.current(row), summary.committed(row), summary.rate(row)
                own = "" if summary.narrowed_to else f"expenditure:{row.subject}"
                point = Point(on, current, committed, rate, summary.pace * 100, summary.gap(row), own)
                found.setdefault(row.subject, []).append(point)
    return found


def trend_figure(found: list[Point], summary: ExecutionSummary) -> Chart | None:
    """None where there are no two days; named after what the page's summary is narrowed to."""
    if len(found) < 2:
        return None
    rates = [point.rate for point in found]
    paces = [point.pace for point in found]
    lines = [
        TrendLine(
            _("집행률"), [rate.number for rate in rates], [rate.marked(amounts.percent) for rate in rates]
        ),
        TrendLine(_("진도"), paces, [amounts.percent(pace) for pace in paces]),
    ]
    build = partial(trend, [point.on for point in found], lines, at_least=100)
    title = summary.title(_("기준일별 집행률"))
    return Chart("trend", title, sentence(found), build, _table(found, title), unit="%", as_of=found[-1].on)


def sentence(found: list[Point]) -> str:
    """`집행률은 2022. 6. 30.에 41.0%, 2022. 8. 29.에 66.9%입니다.`"""
    first, last = found[0], found[-1]
    return with_facts(
        _("집행률은 %(before)s에 %(first)s, %(after)s에 %(last)s입니다."),
        before=day(first.on),
        first=linked_number(first.rate.text(amounts.percent), first.fact("rate")),
        after=day(last.on),
        last=linked_number(last.rate.text(amounts.percent), last.fact("rate")),
    )


def _table(found: list[Point], title: str) -> Table:
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
                Cell.of(point.current, fact=point.fact("current")),
                Cell.of(point.committed, fact=point.fact("committed")),
                Cell.of(point.rate, fact=point.fact("rate")),
                Cell(point.gap, fact=point.fact("gap")),
            ]
        )
        for point in found
    ]
    return Table(
        "trend-rows", title, columns, rows, unit=_("천원, %, %p"), as_of=found[-1].on, since=found[0].on
    )
