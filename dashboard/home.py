"""The home page: the apps' own figures side by side. Everything is as of the snapshot's date."""

from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from budgets.expenditure import charts as expenditure_charts
from budgets.expenditure import execution
from budgets.expenditure import sentences as expenditure_sentences
from budgets.revenue import tree as revenue_tree
from core.models import Source
from core.templatetags.language import name_text, with_facts
from departments import staffing
from departments.staffing import StaffingSummary
from projects.budget import budget_fact
from projects.milestones.progress import Progress, by_brief, milestones_on, progress_of
from projects.milestones.schedules import STRATEGIES, strategy_rows
from projects.models import Brief
from projects.portfolio import progress_cells
from projects.sentences import milestones_fact
from projects.strategies import StrategyGroup
from seoul_digital.lib import charts
from seoul_digital.lib.language import is_english
from seoul_digital.lib.language.sentences import linked_number
from seoul_digital.lib.reported import ReportedFigure
from seoul_digital.lib.tables import Cell, Column, Row, Table

from . import attention
from .upcoming import Upcoming, upcoming


@dataclass
class Home:
    """`summary`, `revenue`, `staff` are None where the date has no such source; `judged_on`: the date of the statuses."""

    summary: execution.ExecutionSummary | None
    revenue: revenue_tree.Revenue | None
    staff: StaffingSummary | None
    briefs: list[Brief]
    states: list
    judged_on: date
    upcoming: Upcoming
    attention: list[attention.AttentionGroup]
    progress: Progress = field(init=False)

    def __post_init__(self):
        self.progress = progress_of(self.states)

    @property
    def status_counts(self) -> list[tuple[str, int, str]]:
        """Status, number and the identity of what that states."""
        return [(key, count, milestones_fact(self.briefs, key)) for key, count in self.progress.counts()]

    @property
    def strategy_count(self):
        return len({brief.strategy_id for brief in self.briefs if brief.strategy_id})

    @property
    def by_strategy(self) -> list[tuple[StrategyGroup, list[int]]]:
        """Each strategy with the counts of its milestones, by the statuses of `progress.counts`."""
        states, keys = by_brief(self.states), [key for key, _ in self.progress.counts()]
        groups = [
            (group, progress_of([state for brief in group.briefs for state in states.get(brief.pk, [])]))
            for group in strategies_of(self.briefs)
        ]
        return [(group, [getattr(progress, key) for key in keys]) for group, progress in groups]

    @property
    def project_budget(self):
        return sum(brief.budget or 0 for brief in self.briefs)

    @property
    def tiles_warn(self):
        """Whether a figure of the tiles is behind the pace or not what its parts add up to."""
        figures = [
            *(self.budget.values() if self.summary else ()),
            *((self.revenue.root.current, self.revenue.root.previous) if self.revenue else ()),
            *(self.staff_figures.values() if self.staff else ()),
        ]
        is_behind = self.summary is not None and self.summary.is_behind(self.summary.total)
        return is_behind or any(figure.disagrees for figure in figures)

    @property
    def foremost(self):
        return attention.foremost(self.attention)

    @property
    def further_attention(self):
        return attention.without(self.attention, self.foremost)

    @property
    def attention_count(self):
        return sum(len(group.items) for group in self.attention)

    @property
    def staff_figures(self) -> dict[str, ReportedFigure]:
        return self.staff.total.figures

    @property
    def budget(self) -> dict[str, ReportedFigure]:
        return self.summary.figures(self.summary.total)

    @property
    def execution_pace(self):
        return self.summary.pace * 100

    @property
    def execution_gap(self):
        return self.summary.gap(self.summary.total)


def home(snapshot):
    staff = staffing.summary(snapshot)
    briefs = list(Brief.objects.of(snapshot.source(Source.Scope.PROJECTS)).for_list().with_milestones())
    judged_on = snapshot.judged_on(Source.Scope.PROJECTS)
    states = milestones_on(briefs, judged_on) if briefs else []
    summary, income = execution.summary(snapshot), revenue_tree.revenue(snapshot)
    return Home(
        summary=summary,
        revenue=income,
        staff=staff,
        briefs=briefs,
        states=states,
        judged_on=judged_on,
        upcoming=upcoming(states, judged_on),
        attention=list(_attention(snapshot, summary, income, states, staff)),
    )


def _attention(snapshot, summary, income, states, staff):
    groups = [
        (
            _("진도선 미달"),
            "warn",
            attention.behind_pace(summary, partial(_spending_url, snapshot)) if summary else [],
        ),
        (
            pgettext("group", "자료 불일치"),
            "warn",
            list(_disagreements(snapshot, summary, income, staff)),
        ),
        (
            _("시점을 확인할 일정"),
            "confirm",
            attention.to_be_clarified(
                states,
                lambda state: f"{snapshot.url('projects:detail', state.brief.project.slug)}#{state.anchor}",
            ),
        ),
        (
            _("결원"),
            "",
            attention.vacancies(
                staff.short if staff else (), lambda slug: snapshot.url("departments:detail", slug)
            ),
        ),
    ]
    return (attention.AttentionGroup(title, status, items) for title, status, items in groups if items)


def _spending_url(snapshot, row):
    """The very row; the total stands at the head of its table."""
    url = snapshot.url("budgets:expenditure")
    return f"{url}#{row.anchor}" if row.slug else url


def _disagreements(snapshot, summary, income, staff):
    """Of every subject with printed figures."""
    if income:
        revenue_url = snapshot.url("budgets:revenue")
        yield from attention.disagreements(income, lambda node: f"{revenue_url}#item-{node.slug}")
    if summary:
        yield from attention.spending_disagreements(summary, partial(_spending_url, snapshot))
    if staff:
        yield from attention.staff_disagreements(
            staff,
            lambda slug: (
                snapshot.url("departments:detail", slug) if slug else snapshot.url("departments:list")
            ),
        )


def budget_figures(summary, lines_url):
    """Execution with `lines_url` of each row, and the change from last year."""
    if not summary:
        return []
    return [
        expenditure_charts.execution_figure(summary, lines_url),
        expenditure_charts.change_figure(summary),
    ]


def strategies_of(briefs: list[Brief]) -> list[StrategyGroup]:
    named = groupby(briefs, key=lambda brief: brief.strategy.name if brief.strategy else _("그 밖의 사업"))
    return [StrategyGroup(None, name, list(group)) for name, group in named]


def schedule_figure(home, url_of):
    """Every project's dated milestones under its strategy, against the as-of line."""
    rows = strategy_rows(strategies_of(home.briefs), home.states, url_of)
    return charts.Chart(
        "schedule",
        str(STRATEGIES),
        schedule_sentence(home),
        partial(charts.gantt, rows, home.judged_on, value_title=_("백만원")),
        projects_table(home, url_of),
        unit="백만원",
        as_of=home.briefs[0].source.as_of,
    )


def schedule_sentence(home):
    """`날짜가 적힌 실적과 일정 61건을 그렸습니다. 사업별 진도(%)와 집행액은 보고서에 없습니다.`"""
    dated = sum(state.milestone.is_dated for state in home.states)
    text = _(
        "시점이 적힌 실적과 일정 %(count)s건을 그렸습니다. 사업별 진도(%%)와 집행액은 보고서에 없어 그리지 않습니다."
    )
    return text % {"count": dated}


def projects_table(home, url_of):
    """A row a project: its department, budget and milestones by status."""
    states = by_brief(home.states)
    columns = [
        Column(_("사업")),
        Column(_("추진전략")),
        Column(_("주관 부서")),
        Column(_("사업예산\n(백만원)"), "million", short=_("사업예산")),
        Column(_("완료"), "count"),
        Column(_("기간 중"), "count"),
        Column(_("예정"), "count"),
        Column(_("미정"), "count"),
    ]
    rows = [
        _project_row(brief, progress_of(states.get(brief.pk, [])), url_of(brief)) for brief in home.briefs
    ]
    return Table(
        "projects", _("주요 사업"), columns, rows, unit="백만원, 건", as_of=home.briefs[0].source.as_of
    )


def _project_row(brief, progress, url):
    return Row(
        [
            Cell(name_text(brief), href=url),
            brief.strategy.name if brief.strategy else "",
            brief.lead_department.name,
            Cell(brief.budget, title=brief.budget_printed, fact=budget_fact(brief)),
            *progress_cells(progress, brief)[:4],
        ]
    )


def lead(home, on=None):
    """The sentences at the head of the page: on the budget, or on what else the date has. `on`: the day asked for."""
    if home.summary:
        return [
            expenditure_sentences.lead(home.summary, on),
            expenditure_sentences.remainder_sentence(home.summary),
        ]
    return [sentence for sentence in (_staff_sentence(home), _missing_sentence(home)) if sentence]


def _staff_sentence(home):
    if home.staff is None:
        return ""
    authorized, headcount, variance = (figure.shown for figure in home.staff_figures.values())
    gap = abs(variance)
    text = _("현원은 %(headcount)s명으로 정원 %(authorized)s명과 같습니다.")
    if variance:
        short = _("현원은 %(headcount)s명으로 정원 %(authorized)s명보다 %(gap)s명이 모자랍니다.")
        text = (
            short
            if variance < 0
            else _("현원은 %(headcount)s명으로 정원 %(authorized)s명보다 %(gap)s명이 많습니다.")
        )
    return with_facts(
        text,
        headcount=linked_number(f"{headcount:,}", "staffing:/headcount"),
        authorized=linked_number(f"{authorized:,}", "staffing:/authorized"),
        gap=linked_number(str(gap), "staffing:/variance"),
    )


def _missing_sentence(home):
    """What the date has no source of: `이 기준일에는 세출·세입·주요 사업 자료가 없습니다.`"""
    parts = {
        _("세출"): home.summary,
        _("세입"): home.revenue,
        _("인력"): home.staff,
        _("주요 사업"): home.briefs,
    }
    missing = [name for name, part in parts.items() if not part]
    listed = ", ".join(missing).lower() if is_english() else "·".join(missing)
    return _("이 기준일에는 %(parts)s 자료가 없습니다.") % {"parts": listed} if missing else ""
