"""A project's lines of the budget beside the budget that its report prints. Amounts are in 원."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from budgets.expenditure.linked_lines import LinkedLines, linked_lines
from budgets.models import BudgetLine
from core import integrity
from core.snapshot import Snapshot, address
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
            url=address("projects:detail", brief.project.slug),
        )

    def reason(self, snapshot: Snapshot) -> str:
        """Why the two differ, where somebody has explained it."""
        finding = self.finding
        return integrity.reason_of(snapshot, finding) if finding and self.budget.disagrees else ""

    @property
    def sentence(self) -> str:
        """How the lines stand to the printed budget."""
        if self.linked.current is None:
            return _("이어진 예산 줄이 이 기준일의 예산자료에 없어 집행액을 알 수 없습니다.")
        figure, amount = self.budget, amounts.million_won(self.linked.current)
        values = {
            "count": len(self.linked.lines),
            "amount": amount,
            "amount_as": hangul.with_particle(amount, "으로/로"),
        }
        if figure.printed is None:
            return _("이어진 예산 줄 %(count)s개의 예산현액은 %(amount)s입니다.") % values
        if figure.disagrees:
            gap = self.linked.current - int(figure.printed)
            more = _("이어진 예산 줄 %(count)s개의 예산현액은 %(amount_as)s 사업예산보다 %(gap)s 많습니다.")
            less = _("이어진 예산 줄 %(count)s개의 예산현액은 %(amount_as)s 사업예산보다 %(gap)s 적습니다.")
            return (more if gap > 0 else less) % (values | {"gap": amounts.million_won(abs(gap))})
        if figure.printed == self.brief.budget:
            return _("이어진 예산 줄 %(count)s개의 예산현액은 %(amount_as)s 사업예산과 같습니다.") % values
        return (
            _("이어진 예산 줄 %(count)s개의 예산현액은 %(amount_as)s 사업예산의 市 예산과 같습니다.") % values
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
