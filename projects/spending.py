"""A project's lines of the budget beside the budget that its report prints. Amounts are in 원."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.urls import reverse

from budgets.expenditure.linked_lines import LinkedLines, linked_lines
from budgets.models import BudgetLine
from core import integrity
from core.snapshot import Snapshot
from seoul_digital.lib import amounts, hangul
from seoul_digital.lib.reported import ReportedFigure

from .budget import CITY
from .models import Brief, Project


@dataclass(frozen=True)
class ProjectSpending:
    brief: Brief
    linked: LinkedLines

    @property
    def budget(self) -> ReportedFigure:
        """What is printed, rounded to 백만원, beside what the lines add up to; of several sources of money the city's part
        where that is what the lines are."""
        whole = ReportedFigure(self.linked.current, self.brief.budget, terms=0, unit=amounts.MILLION)
        city = ReportedFigure(self.linked.current, self._city, terms=0, unit=amounts.MILLION)
        return city if whole.disagrees and city.printed is not None and not city.disagrees else whole

    @property
    def _city(self) -> int | None:
        fundings = list(self.brief.fundings.all())
        return sum(row.amount for row in fundings if row.name == CITY) if fundings else None

    @property
    def finding(self) -> integrity.Finding | None:
        """None where there is nothing to compare. A difference is asked about: lines may be one part of a project."""
        figure, brief = self.budget, self.brief
        if figure.computed is None or figure.printed is None:
            return None
        return integrity.condition_holds(
            not figure.disagrees,
            otherwise=integrity.Level.WARNING,
            id=f"project.lines/{brief.project.slug}",
            subject=f"{brief} 사업예산",
            formula="사업예산 = 이어진 예산 줄의 예산현액",
            printed=Fraction(figure.printed) / amounts.MILLION,
            computed=Fraction(figure.computed) / amounts.MILLION,
            unit="백만원",
            names=("사업예산", "예산 줄의 합"),
            hint="이어진 예산 줄이 빠지지 않았는지 확인하고, 다른 까닭이 있으면 설명해 주십시오.",
            department=brief.lead_department.slug,
            url=reverse("projects:detail", args=[brief.project.slug]),
        )

    def reason(self, snapshot: Snapshot) -> str:
        """Why the two differ, where somebody has explained it."""
        finding = self.finding
        return integrity.reason_of(snapshot, finding) if finding and self.budget.disagrees else ""

    @property
    def sentence(self) -> str:
        """How the lines stand to the printed budget."""
        if self.linked.current is None:
            return "이어진 예산 줄이 이 기준일의 예산자료에 없어 집행액을 알 수 없습니다."
        lines = f"이어진 예산 줄 {len(self.linked.lines)}개의 예산현액은 {amounts.million_won(self.linked.current)}"
        figure = self.budget
        if figure.printed is None:
            return f"{lines}입니다."
        if not figure.disagrees:
            name = "사업예산" if figure.printed == self.brief.budget else f"사업예산의 {CITY} 예산"
            return f"{hangul.with_particle(lines, '으로/로')} {hangul.with_particle(name, '과/와')} 같습니다."
        gap = self.linked.current - int(figure.printed)
        word = "많습니다" if gap > 0 else "적습니다"
        return (
            f"{hangul.with_particle(lines, '으로/로')} 사업예산보다 {amounts.million_won(abs(gap))} {word}."
        )


def spendings_of(snapshot: Snapshot, briefs: Iterable[Brief]) -> dict[int, ProjectSpending]:
    """By brief, of those whose projects lines of the budget are linked to; the briefs came `with_budget_links`."""
    linked = {brief.project_id: brief for brief in briefs if brief.has_budget_lines}
    if not linked:
        return {}
    lines: dict[int, list[BudgetLine]] = {project: [] for project in linked}
    links = Project.budget_lines.through.objects.filter(project__in=linked)
    ordered = links.order_by("budgetline__order", "budgetline")
    for link in ordered.select_related("budgetline__department"):
        lines[link.project_id].append(link.budgetline)
    found = linked_lines(snapshot, lines)
    return {linked[project].pk: ProjectSpending(linked[project], own) for project, own in found.items()}
