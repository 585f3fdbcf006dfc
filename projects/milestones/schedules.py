"""Milestones as tables and as Plotly time lines against the as-of line."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial

from seoul_digital.lib import amounts
from seoul_digital.lib.charts import Chart, GanttRow, axis_span, gantt
from seoul_digital.lib.tables import STATUSES, Cell, Column, Record, Row, Table

from .. import sentences
from ..models import Brief, Milestone
from ..strategies import StrategyGroup
from .progress import MilestoneStatus, by_brief, progress_of

Link = Callable[[Brief], str]

STRATEGIES = "전략과 주요 사업의 일정"


def period_of(state: MilestoneStatus) -> str:
    return state.printed or "시점이 적히지 않음"


def milestone_table(
    states: Sequence[MilestoneStatus], as_of: date | None, *, link: Link | None = None
) -> Table:
    """Every milestone with its period as printed, its status and the reason; grouped by project where `link` is given."""
    columns = [
        Column("내용", width="wide"),
        Column("적힌 곳"),
        Column("기간"),
        Column("상태", "status"),
        Column("판정 근거"),
    ]
    rows = []
    for group in by_brief(states).values():
        if link:
            brief = group[0].brief
            rows.append(Row([str(brief), *[None] * 4], group=True, href=link(brief)))
        rows += [_milestone_row(state) for state in group]
    return Table(
        "milestones",
        "실적과 일정",
        columns,
        rows,
        as_of=as_of,
        caption_hidden=True,
        empty="조건에 맞는 실적·일정이 없습니다.",
    )


def _milestone_row(state: MilestoneStatus) -> Row:
    heading = state.brief.schedule_heading
    place = "추진실적" if state.milestone.is_achievement else heading
    title = Cell(state.title, record=Record(Milestone, state.milestone.pk, "title"))
    status = Cell(state.status.glyph, printed=state.word, title=state.status.reason)
    period: Cell | str = period_of(state)
    if state.milestone.is_dated:
        period = Cell(period, fact=f"milestone:{state.brief.project.slug}/{state.milestone.key}")
    return Row([title, place, period, status, state.status.reason])


def _dated(states: Sequence[MilestoneStatus]) -> list[MilestoneStatus]:
    return [state for state in states if state.milestone.is_dated]


def _summary(states: Sequence[MilestoneStatus]) -> str:
    return sentences.progress_sentence(progress_of(states), len(states) - len(_dated(states)))


def project_figures(states: Sequence[MilestoneStatus], facts_on: date, as_of: date) -> list[Chart]:
    """The milestones of a project, each on its row; no figure where none has a time."""
    dated = _dated(states)
    if not dated:
        return []
    rows = [GanttRow(state.title, [state.mark], small=f"{state.word} · {state.printed}") for state in dated]
    build = partial(gantt, rows, as_of)
    return [Chart("schedule", "실적과 일정", _summary(states), build, as_of=facts_on)]


def timeline_figures(
    groups: Sequence[StrategyGroup],
    states: Sequence[MilestoneStatus],
    facts_on: date,
    as_of: date,
    link: Link,
) -> list[Chart]:
    """A figure for each strategy, all on the same time scale: its projects with their milestones below."""
    known, dated = by_brief(states), _dated(states)
    if not dated:
        return []
    span = axis_span([state.mark for state in dated], as_of)
    figures = []
    for number, group in enumerate(groups, 1):
        own = [state for brief in group.briefs for state in known.get(brief.pk, [])]
        rows = [
            row
            for brief in group.briefs
            for row in _timeline_rows(brief, _dated(known.get(brief.pk, [])), link)
        ]
        if rows:
            build = partial(gantt, rows, as_of, value_title="상태", span=span)
            figures.append(Chart(f"timeline-{number}", group.heading, _summary(own), build, as_of=facts_on))
    return figures


def _timeline_rows(brief: Brief, dated: Sequence[MilestoneStatus], link: Link) -> list[GanttRow]:
    if not dated:
        return []
    heading = GanttRow(str(brief), heading=True, href=link(brief))
    rows = [GanttRow(state.title, [state.mark], value=STATUSES[state.status.glyph]) for state in dated]
    return [heading, *rows]


def strategy_figures(
    groups: Sequence[StrategyGroup],
    states: Sequence[MilestoneStatus],
    facts_on: date,
    as_of: date,
    link: Link,
) -> list[Chart]:
    """Strategies with their projects, every project's milestones in one row and its budget at the right (백만원)."""
    if not _dated(states):
        return []
    summary = f"{_summary(states)} {sentences.status_note(facts_on, as_of)}"
    build = partial(gantt, strategy_rows(groups, states, link), as_of, value_title="백만원")
    return [Chart("strategies", STRATEGIES, summary, build, unit="백만원", as_of=facts_on)]


def strategy_rows(
    groups: Iterable[StrategyGroup], states: Sequence[MilestoneStatus], link: Link
) -> list[GanttRow]:
    known, rows = by_brief(_dated(states)), []
    for group in groups:
        total = sum(brief.budget or 0 for brief in group.briefs)
        rows.append(GanttRow(group.heading, heading=True, value=amounts.million(total)))
        rows += [_brief_row(brief, known.get(brief.pk, []), link) for brief in group.briefs]
    return rows


def _brief_row(brief: Brief, states: Sequence[MilestoneStatus], link: Link) -> GanttRow:
    marks = [state.mark for state in states]
    return GanttRow(
        str(brief),
        marks,
        small=brief.lead_department.name,
        value=amounts.million(brief.budget),
        href=link(brief),
    )
