"""Milestones as tables and as Plotly time lines against the as-of line."""

from collections.abc import Callable, Sequence
from datetime import date

from seoul_digital import amounts
from seoul_digital.figures import Figure, GanttRow, gantt
from seoul_digital.tables import STATUSES, Cell, Column, Row, Table

from . import sentences
from .models import Brief
from .progress import Standing, by_brief, progress_of
from .strategies import Group

Link = Callable[[Brief], str]


def period_of(standing: Standing) -> str:
    return standing.printed or "시점이 적히지 않음"


def _status_cell(standing: Standing) -> Cell:
    return Cell(standing.status.glyph, printed=standing.word, title=standing.status.reason)


def milestone_table(standings: Sequence[Standing], as_of: date | None, *, link: Link | None = None) -> Table:
    """Every milestone with its period as printed, its status and how that was told; grouped by project where `link` is given."""
    columns = [Column("내용", width="wide"), Column("적힌 곳"), Column("기간"), Column("상태", "status"), Column("판정 근거")]
    rows = []
    for group in by_brief(standings).values():
        if link:
            brief = group[0].brief
            rows.append(Row([str(brief), *[None] * 4], group=True, href=link(brief)))
        rows += [_milestone_row(standing) for standing in group]
    return Table("milestones", "실적과 일정", columns, rows, as_of=as_of, caption_hidden=True, empty="조건에 맞는 실적·일정이 없습니다.")


def _milestone_row(standing: Standing) -> Row:
    heading = standing.brief.schedule_heading
    place = "추진실적" if standing.milestone.is_achievement else heading
    return Row([standing.title, place, period_of(standing), _status_cell(standing), standing.status.reason])


def project_figures(standings: Sequence[Standing], facts_on: date, as_of: date) -> list[Figure]:
    """The milestones of one project, one a row; no figure where none has a time."""
    dated = [one for one in standings if one.milestone.is_dated]
    if not dated:
        return []
    rows = [GanttRow(one.title, [one.mark], small=f"{one.word} · {one.printed}") for one in dated]
    summary = _summary(standings, dated, facts_on, as_of)
    return [Figure("schedule", "실적과 일정", summary, **gantt(rows, as_of), as_of=facts_on)]


def _summary(standings: Sequence[Standing], dated: Sequence[Standing], facts_on: date, as_of: date) -> str:
    said = sentences.status_sentence(progress_of(standings), facts_on, as_of)
    return " ".join(filter(None, [said, sentences.undated_sentence(len(standings) - len(dated))]))


def timeline_figures(standings: Sequence[Standing], facts_on: date, as_of: date, link: Link) -> list[Figure]:
    """All milestones under their projects."""
    dated = [one for one in standings if one.milestone.is_dated]
    if not dated:
        return []
    rows = []
    for group in by_brief(dated).values():
        brief = group[0].brief
        rows.append(GanttRow(str(brief), heading=True, href=link(brief)))
        rows += [GanttRow(one.title, [one.mark], value=STATUSES[one.status.glyph]) for one in group]
    drawn = gantt(rows, as_of, value_title="상태")
    summary = _summary(standings, dated, facts_on, as_of)
    return [Figure("timeline", "모든 실적과 일정", summary, **drawn, as_of=facts_on)]


def strategy_figures(groups: Sequence[Group], standings: Sequence[Standing], facts_on: date, as_of: date, link: Link) -> list[Figure]:
    """Strategies with their projects, every project's milestones in one row and its budget at the right (백만원)."""
    dated = [one for one in standings if one.milestone.is_dated]
    if not dated:
        return []
    known, rows = by_brief(dated), []
    for group in groups:
        total = sum(brief.budget or 0 for brief in group.briefs)
        rows.append(GanttRow(group.heading, heading=True, value=amounts.million(total)))
        rows += [_brief_row(brief, known.get(brief.pk, []), link) for brief in group.briefs]
    summary = _summary(standings, dated, facts_on, as_of)
    drawn = gantt(rows, as_of, value_title="백만원")
    return [Figure("strategies", "전략과 주요 사업의 일정", summary, **drawn, unit="백만원", as_of=facts_on)]


def _brief_row(brief: Brief, standings: Sequence[Standing], link: Link) -> GanttRow:
    return GanttRow(
        str(brief), [one.mark for one in standings], small=brief.lead_department.name, value=amounts.million(brief.budget), href=link(brief)
    )
