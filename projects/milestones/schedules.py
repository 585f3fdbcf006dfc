"""Milestones as tables in layers and as Plotly time lines against the as-of line."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.templatetags.language import attribute_text, counted, name_text
from seoul_digital.lib import amounts
from seoul_digital.lib.charts import Chart, GanttRow, axis_span, gantt
from seoul_digital.lib.charts.row_bars import TimeAxis
from seoul_digital.lib.tables import Cell, Column, Record, Row, Table

from .. import sentences
from ..models import Brief, Milestone
from ..strategies import StrategyGroup
from .progress import MilestoneStatus, by_brief, by_start, progress_of

Link = Callable[[Brief], str]

STRATEGIES = gettext_lazy("전략과 주요 사업의 일정")


def period_of(state: MilestoneStatus) -> str:
    return state.printed or _("시점이 적히지 않음")


def _columns() -> list[Column]:
    return [
        Column(_("내용"), width="wide"),
        Column(_("기간")),
        Column(_("일정"), "row_bar", only="page"),
        Column(_("상태"), "status"),
        Column(_("적힌 곳"), only="file"),
        Column(_("판정 근거"), only="file"),
    ]


REST = [None] * 5  # cells of a heading


def milestone_table(states: Sequence[MilestoneStatus], as_of: date | None) -> Table:
    """The milestones of one project by their start; all of them stand."""
    return _table([_milestone_row(state, 0, stands=True) for state in by_start(states)], states, as_of)


def timeline_table(
    groups: Sequence[StrategyGroup], states: Sequence[MilestoneStatus], as_of: date | None, link: Link
) -> Table:
    """A layer for each strategy, in it the projects with their milestones by start; what is near or to be looked at stands."""
    known, rows = by_brief(states), []
    for number, group in enumerate(groups, 1):
        own = [state for brief in group.briefs for state in known.get(brief.pk, [])]
        if own:
            rows.append(_strategy_row(group, own, f"strategy-{number}"))
        for brief in group.briefs:
            rows += _project_rows(brief, known.get(brief.pk, []), link)
    return _table(rows, states, as_of)


def _table(rows: Sequence[Row], states: Sequence[MilestoneStatus], as_of: date | None) -> Table:
    on = states[0].on if states else as_of
    axis = TimeAxis(axis_span([state.mark for state in _dated(states)], on), on) if on else None
    empty = _("조건에 맞는 실적·일정이 없습니다.")
    title = _("실적과 일정")
    return Table(
        "milestones", title, _columns(), rows, as_of=as_of, caption_hidden=True, empty=empty, axis=axis
    )


def _strategy_row(group: StrategyGroup, own: Sequence[MilestoneStatus], anchor: str) -> Row:
    rest = [state for state in own if not state.stands]
    return Row(
        [group.heading, *REST],
        group=True,
        layer=True,
        anchor=anchor,
        counts=_counts(counted("%(count)s건: %(parts)s", len(own)), own),
        fold=_counts(counted("그 밖의 %(count)s건: %(parts)s", len(rest)), rest),
    )


def _counts(text: str, states: Sequence[MilestoneStatus]) -> str:
    return text % {"count": len(states), "parts": sentences.counts(progress_of(states))}


def _project_rows(brief: Brief, states: Sequence[MilestoneStatus], link: Link) -> list[Row]:
    if not states:
        return []
    heading = Row([name_text(brief), *REST], group=True, href=link(brief))
    return [heading, *(_milestone_row(state, 1, stands=state.stands) for state in by_start(states))]


def _milestone_row(state: MilestoneStatus, level: int, *, stands: bool) -> Row:
    milestone = state.milestone
    place = _("추진실적") if milestone.is_achievement else state.brief.get_schedule_heading_display()
    fact = f"milestone:{state.brief.project.slug}/{milestone.key}" if milestone.is_dated else ""
    cells = [
        Cell(state.title, record=Record(Milestone, milestone.pk, "title")),
        Cell(period_of(state), fact=fact),
        state.mark if milestone.is_dated else None,
        Cell(
            state.status.glyph,
            printed=state.word,
            more=[state.status.reason, _("적힌 곳: %(place)s") % {"place": place}],
        ),
        place,
        state.status.reason,
    ]
    return Row(cells, level=level, anchor=state.anchor, stands=stands)


def _dated(states: Sequence[MilestoneStatus]) -> list[MilestoneStatus]:
    return [state for state in states if state.milestone.is_dated]


def _summary(states: Sequence[MilestoneStatus]) -> str:
    return sentences.progress_sentence(progress_of(states), len(states) - len(_dated(states)))


def overview_figures(
    groups: Sequence[StrategyGroup],
    states: Sequence[MilestoneStatus],
    facts_on: date,
    as_of: date,
    link: Link,
) -> list[Chart]:
    """All projects with their milestones, a row a project."""
    known = by_brief(_dated(states))
    rows = [
        GanttRow(name_text(brief), [state.mark for state in known[brief.pk]], href=link(brief))
        for group in groups
        for brief in group.briefs
        if brief.pk in known
    ]
    if not rows:
        return []
    build = partial(gantt, rows, as_of)
    return [Chart("overview", _("한눈에 보는 일정"), _summary(states), build, as_of=facts_on)]


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
    unit = _("백만원")
    build = partial(gantt, strategy_rows(groups, states, link), as_of, value_title=unit)
    return [Chart("strategies", str(STRATEGIES), summary, build, unit=unit, as_of=facts_on)]


def strategy_rows(
    groups: Iterable[StrategyGroup], states: Sequence[MilestoneStatus], link: Link
) -> list[GanttRow]:
    known, rows = by_brief(_dated(states)), []
    for group in groups:
        total = sum(brief.budget or 0 for brief in group.briefs)
        rows.append(GanttRow(attribute_text(group.heading), heading=True, value=amounts.million(total)))
        rows += [_brief_row(brief, known.get(brief.pk, []), link) for brief in group.briefs]
    return rows


def _brief_row(brief: Brief, states: Sequence[MilestoneStatus], link: Link) -> GanttRow:
    marks = [state.mark for state in states]
    return GanttRow(
        name_text(brief),
        marks,
        small=brief.lead_department.name,
        value=amounts.million(brief.budget),
        href=link(brief),
    )
