"""Milestones as tables and as Plotly time lines against the as-of line."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial

from seoul_digital.lib import amounts
from seoul_digital.lib.charts import Chart, GanttRow, axis_span, gantt
from seoul_digital.lib.tables import STATUSES, Cell, Column, Record, Row, Table

from .. import sentences
from ..models import Brief, Milestone
from ..strategies import Group
from .progress import Standing, by_brief, progress_of

Link = Callable[[Brief], str]

STRATEGIES = "전략과 주요 사업의 일정"


def period_of(standing: Standing) -> str:
    return standing.printed or "시점이 적히지 않음"


def _status_cell(standing: Standing) -> Cell:
    return Cell(standing.status.glyph, printed=standing.word, title=standing.status.reason)


def milestone_table(standings: Sequence[Standing], as_of: date | None, *, link: Link | None = None) -> Table:
    """Every milestone with its period as printed, its status and how that was told; grouped by project where `link` is given."""
    columns = [
        Column("내용", width="wide"),
        Column("적힌 곳"),
        Column("기간"),
        Column("상태", "status"),
        Column("판정 근거"),
    ]
    rows = []
    for group in by_brief(standings).values():
        if link:
            brief = group[0].brief
            rows.append(Row([str(brief), *[None] * 4], group=True, href=link(brief)))
        rows += [_milestone_row(standing) for standing in group]
    return Table(
        "milestones",
        "실적과 일정",
        columns,
        rows,
        as_of=as_of,
        caption_hidden=True,
        empty="조건에 맞는 실적·일정이 없습니다.",
    )


def _milestone_row(standing: Standing) -> Row:
    heading = standing.brief.schedule_heading
    place = "추진실적" if standing.milestone.is_achievement else heading
    title = Cell(standing.title, record=Record(Milestone, standing.milestone.pk, "title"))
    return Row([title, place, period_of(standing), _status_cell(standing), standing.status.reason])


def _dated(standings: Sequence[Standing]) -> list[Standing]:
    return [standing for standing in standings if standing.milestone.is_dated]


def _summary(standings: Sequence[Standing]) -> str:
    return sentences.standing_sentence(progress_of(standings), len(standings) - len(_dated(standings)))


def project_figures(standings: Sequence[Standing], facts_on: date, as_of: date) -> list[Chart]:
    """The milestones of a project, each on its row; no figure where none has a time."""
    dated = _dated(standings)
    if not dated:
        return []
    rows = [
        GanttRow(standing.title, [standing.mark], small=f"{standing.word} · {standing.printed}")
        for standing in dated
    ]
    build = partial(gantt, rows, as_of)
    return [Chart("schedule", "실적과 일정", _summary(standings), build, as_of=facts_on)]


def timeline_figures(
    groups: Sequence[Group], standings: Sequence[Standing], facts_on: date, as_of: date, link: Link
) -> list[Chart]:
    """A figure for each strategy, all on the same time scale: its projects with their milestones below."""
    known, dated = by_brief(standings), _dated(standings)
    if not dated:
        return []
    span = axis_span([standing.mark for standing in dated], as_of)
    figures = []
    for number, group in enumerate(groups, 1):
        own = [standing for brief in group.briefs for standing in known.get(brief.pk, [])]
        rows = [
            row
            for brief in group.briefs
            for row in _timeline_rows(brief, _dated(known.get(brief.pk, [])), link)
        ]
        if rows:
            build = partial(gantt, rows, as_of, value_title="상태", span=span)
            figures.append(Chart(f"timeline-{number}", group.heading, _summary(own), build, as_of=facts_on))
    return figures


def _timeline_rows(brief: Brief, dated: Sequence[Standing], link: Link) -> list[GanttRow]:
    if not dated:
        return []
    heading = GanttRow(str(brief), heading=True, href=link(brief))
    rows = [
        GanttRow(standing.title, [standing.mark], value=STATUSES[standing.status.glyph]) for standing in dated
    ]
    return [heading, *rows]


def strategy_figures(
    groups: Sequence[Group], standings: Sequence[Standing], facts_on: date, as_of: date, link: Link
) -> list[Chart]:
    """Strategies with their projects, every project's milestones in one row and its budget at the right (백만원)."""
    if not _dated(standings):
        return []
    summary = f"{_summary(standings)} {sentences.how_told(facts_on, as_of)}"
    build = partial(gantt, strategy_rows(groups, standings, link), as_of, value_title="백만원")
    return [Chart("strategies", STRATEGIES, summary, build, unit="백만원", as_of=facts_on)]


def strategy_rows(groups: Iterable[Group], standings: Sequence[Standing], link: Link) -> list[GanttRow]:
    known, rows = by_brief(_dated(standings)), []
    for group in groups:
        total = sum(brief.budget or 0 for brief in group.briefs)
        rows.append(GanttRow(group.heading, heading=True, value=amounts.million(total)))
        rows += [_brief_row(brief, known.get(brief.pk, []), link) for brief in group.briefs]
    return rows


def _brief_row(brief: Brief, standings: Sequence[Standing], link: Link) -> GanttRow:
    marks = [standing.mark for standing in standings]
    return GanttRow(
        str(brief),
        marks,
        small=brief.lead_department.name,
        value=amounts.million(brief.budget),
        href=link(brief),
    )
