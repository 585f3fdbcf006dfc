"""The list of projects as a table: under their strategies, with counts of milestones and indicators."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from core.templatetags.language import name_text, with_facts
from seoul_digital.lib.tables import STATUSES, Cell, Column, Row, Table

from . import sentences
from .budget import budget_fact, budgets_of
from .indicators.tree import Entry, of_project, targets_summary
from .milestones.progress import MilestoneStatus, Next, Progress, by_brief, next_of, progress_of
from .models import Brief
from .strategies import StrategyGroup

STATUS_KEYS = ("done", "in_progress", "planned", "undetermined", "warn")


def _columns(*, any_reached: bool) -> list[Column]:
    return [
        Column(_("사업"), width="wide"),
        Column(_("주관 부서")),
        Column(_("사업예산"), "million"),
        *(Column(str(STATUSES[key]), "count", group=_("실적·일정")) for key in STATUS_KEYS),
        Column(_("다음 일정"), "date"),
        *(Column(label, "count", group=_("지표")) for label in (_("지표 수"), _("목표 있음"))),
        Column(_("목표 이룸"), "count", group=_("지표"), only="" if any_reached else "file"),
    ]


@dataclass(frozen=True)
class Links:
    """Links of the rows: to the page of a project and of a department (by slug)."""

    project: Callable[[Brief], str]
    department: Callable[[str], str]


@dataclass(frozen=True)
class ProjectRows:
    """Builds the rows from the milestones of the projects shown and the tree of all indicators."""

    states: Sequence[MilestoneStatus]
    roots: Sequence[Entry]
    as_of: date
    links: Links

    def table(self, groups: Sequence[StrategyGroup], facts_on: date | None) -> Table:
        briefs = [brief for group in groups for brief in group.briefs]
        budgets = budgets_of(briefs)
        rows = [self._total(briefs, budgets.total)] if briefs else []
        known, columns = by_brief(self.states), _columns(any_reached=targets_summary(self.roots).reached > 0)
        for group in groups:
            rows.append(Row([group.heading, *[None] * (len(columns) - 1)], group=True))
            rows += [self._row(brief, known.get(brief.pk, [])) for brief in group.briefs]
        titles = [
            with_facts(_("%(number)s번 사업: %(sentence)s"), number=brief.number, sentence=sentence)
            for brief in briefs
            if (sentence := sentences.title_sentence(brief))
        ]
        notes = [
            *titles,
            sentences.others_money(budgets),
            _("확인 필요한 건은 예정에도 들어 있습니다.") if progress_of(self.states).warn else "",
        ]
        return Table(
            "projects",
            _("주요 사업"),
            columns,
            rows,
            unit=_("백만원, 건, 개"),
            as_of=facts_on,
            caption_hidden=True,
            notes=[note for note in notes if note],
            empty=_("조건에 맞는 사업이 없습니다."),
            phone="stack run",
        )

    def _total(self, briefs: Sequence[Brief], budget: int) -> Row:
        ids = {brief.project_id for brief in briefs}
        own = [root for root in self.roots if root.indicator.project_id in ids]
        counted = progress_cells(progress_of(self.states))
        return Row(
            [_("모두 %(count)s건") % {"count": len(briefs)}, "", budget, *counted, "", *_reached_cells(own)],
            total=True,
        )

    def _row(self, brief: Brief, states: Sequence[MilestoneStatus]) -> Row:
        lead = brief.lead_department
        cells = [
            name_text(brief),
            Cell(lead.name, href=self.links.department(lead.slug)),
            Cell(brief.budget, fact=budget_fact(brief)),
            *progress_cells(progress_of(states), brief),
            next_words(next_of(states, self.as_of)),
            *_reached_cells(of_project(self.roots, brief.project_id), brief),
        ]
        return Row(cells, href=self.links.project(brief))


def progress_cells(progress: Progress, brief: Brief | None = None) -> list[Cell]:
    """Counts in the order of STATUS_KEYS; those of a project state a fact each."""
    return _count_cells(progress, STATUS_KEYS, f"count:milestones/{brief.project.slug}" if brief else "")


def _reached_cells(roots: Sequence[Entry], brief: Brief | None = None) -> list[Cell]:
    keys, fact = ("indicators", "targets", "reached"), f"indicators:{brief.project.slug}" if brief else ""
    return _count_cells(targets_summary(roots), keys, fact)


def _count_cells(counts: object, keys: Iterable[str], fact: str) -> list[Cell]:
    numbers = {key: getattr(counts, key) for key in keys}
    return [Cell(number, fact=f"{fact}/{key}" if fact and number else "") for key, number in numbers.items()]


def next_words(coming: Next | None) -> str:
    """`2022. 9. 시작`"""
    return f"{coming.on.in_text()} {coming.what}".strip() if coming else ""
