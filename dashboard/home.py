"""The home page: the apps' own figures side by side. Everything is as of the snapshot's date."""

from dataclasses import dataclass
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
from core.snapshot import Snapshot, cached_on_snapshot, remembered_on_snapshot
from core.templatetags.language import name_text, with_facts
from departments import staffing
from departments.staffing import StaffingSummary
from projects.budget import budget_fact
from projects.milestones.progress import MilestoneStatus, Progress, by_brief, milestones_on, progress_of
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


@dataclass(frozen=True)
class Home:
    """Each part is worked out where it is asked for, so that a block of the page rests on what it shows alone. `summary`, `revenue`,
    `staff` are None where the date has no such source; `judged_on`: the date of the statuses."""

    snapshot: Snapshot

    @property
    def has_spending(self) -> bool:
        """As the sources tell, whose rows nobody reads for it."""
        return self.snapshot.fiscal_year is not None

    @property
    def has_figures(self) -> bool:
        return self.has_spending or self.snapshot.source(Source.Scope.PROJECTS) is not None

    @property
    def summary(self) -> execution.ExecutionSummary | None:
        return execution.summary(self.snapshot)

    @property
    def revenue(self) -> revenue_tree.Revenue | None:
        return revenue_tree.revenue(self.snapshot)

    @property
    def staff(self) -> StaffingSummary | None:
        return staffing.summary(self.snapshot)

    @property
    def briefs(self) -> list[Brief]:
        return briefs_on(self.snapshot)

    @property
    def judged_on(self) -> date | None:
        return self.snapshot.judged_on(Source.Scope.PROJECTS)

    @property
    def states(self) -> list[MilestoneStatus]:
        return states_on(self.snapshot)

    @property
    def upcoming(self) -> Upcoming:
        return upcoming_on(self.snapshot)

    @property
    def attention(self) -> list[attention.AttentionGroup]:
        return attention_on(self.snapshot)

    @property
    def progress(self) -> Progress:
        return progress_of(self.states)

    @property
    def leads(self) -> list[str]:
        return lead(self, self.snapshot.base_date)

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
    def tiles_warn(self) -> bool:
        """Whether a figure of the tiles is behind the pace or not what its parts add up to."""
        return any(warn(self.snapshot) for warn in (spending_warns, revenue_warns, staff_warns))

    @property
    def figures(self) -> list[charts.Chart]:
        """Those that the date has."""
        return [figure for figure in (self.rates, self.changes, self.schedule) if figure]

    @property
    def rates(self) -> charts.Chart | None:
        """Execution, with the lines of each row."""
        summary = self.summary
        if summary is None:
            return None
        return expenditure_charts.execution_figure(
            summary, lambda row: self.snapshot.url("budgets:lines", row.slug)
        )

    @property
    def changes(self) -> charts.Chart | None:
        return expenditure_charts.change_figure(self.summary) if self.summary else None

    @property
    def change_sentence(self) -> str:
        """What is said where there is no chart of changes."""
        return expenditure_sentences.change_sentence(self.summary) if self.summary else ""

    @property
    def schedule(self) -> charts.Chart | None:
        if not self.briefs:
            return None
        return schedule_figure(self, lambda brief: self.snapshot.url("projects:detail", brief.project.slug))

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


@cached_on_snapshot
def briefs_on(snapshot: Snapshot) -> list[Brief]:
    return list(Brief.objects.of(snapshot.source(Source.Scope.PROJECTS)).for_list().with_milestones())


@cached_on_snapshot
def states_on(snapshot: Snapshot) -> list[MilestoneStatus]:
    briefs, on = briefs_on(snapshot), snapshot.judged_on(Source.Scope.PROJECTS)
    return milestones_on(briefs, on) if on else []


@cached_on_snapshot
def upcoming_on(snapshot: Snapshot) -> Upcoming:
    return upcoming(states_on(snapshot), snapshot.judged_on(Source.Scope.PROJECTS))


@remembered_on_snapshot
def spending_warns(snapshot: Snapshot) -> bool:
    summary = execution.summary(snapshot)
    if summary is None:
        return False
    figures = summary.figures(summary.total).values()
    return summary.is_behind(summary.total) or any(figure.disagrees for figure in figures)


@remembered_on_snapshot
def revenue_warns(snapshot: Snapshot) -> bool:
    income = revenue_tree.revenue(snapshot)
    return income is not None and (income.root.current.disagrees or income.root.previous.disagrees)


@remembered_on_snapshot
def staff_warns(snapshot: Snapshot) -> bool:
    staff = staffing.summary(snapshot)
    return staff is not None and staff.total.disagrees


@cached_on_snapshot
def attention_on(snapshot: Snapshot) -> list[attention.AttentionGroup]:
    """By group; the lines of each subject are remembered by themselves."""
    disagreeing = (revenue_disagreements, spending_disagreements, staff_disagreements)
    groups = [
        (_("진도선 미달"), "warn", behind_pace(snapshot)),
        (
            pgettext("group", "자료 불일치"),
            "warn",
            [item for found in disagreeing for item in found(snapshot)],
        ),
        (_("시점을 확인할 일정"), "confirm", to_be_clarified(snapshot)),
        (_("결원"), "", vacancies(snapshot)),
    ]
    return [attention.AttentionGroup(title, status, items) for title, status, items in groups if items]


@remembered_on_snapshot
def behind_pace(snapshot: Snapshot) -> list[attention.AttentionItem]:
    summary = execution.summary(snapshot)
    return attention.behind_pace(summary, partial(_spending_url, snapshot)) if summary else []


@remembered_on_snapshot
def revenue_disagreements(snapshot: Snapshot) -> list[attention.AttentionItem]:
    income, url = revenue_tree.revenue(snapshot), snapshot.url("budgets:revenue")
    return attention.disagreements(income, lambda node: f"{url}#item-{node.slug}") if income else []


@remembered_on_snapshot
def spending_disagreements(snapshot: Snapshot) -> list[attention.AttentionItem]:
    summary = execution.summary(snapshot)
    return attention.spending_disagreements(summary, partial(_spending_url, snapshot)) if summary else []


@remembered_on_snapshot
def staff_disagreements(snapshot: Snapshot) -> list[attention.AttentionItem]:
    def url(slug: str) -> str:
        return snapshot.url("departments:detail", slug) if slug else snapshot.url("departments:list")

    staff = staffing.summary(snapshot)
    return attention.staff_disagreements(staff, url) if staff else []


@remembered_on_snapshot
def to_be_clarified(snapshot: Snapshot) -> list[attention.AttentionItem]:
    return attention.to_be_clarified(
        states_on(snapshot),
        lambda state: f"{snapshot.url('projects:detail', state.brief.project.slug)}#{state.anchor}",
    )


@remembered_on_snapshot
def vacancies(snapshot: Snapshot) -> list[attention.AttentionItem]:
    staff = staffing.summary(snapshot)
    return attention.vacancies(staff.short if staff else (), partial(snapshot.url, "departments:detail"))


def _spending_url(snapshot, row):
    """The very row; the total stands at the head of its table."""
    url = snapshot.url("budgets:expenditure")
    return f"{url}#{row.anchor}" if row.slug else url


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
