"""What a reader of the sheet should look at first, from the report alone, in the words and the order of the home page
(`dashboard/attention.py`, which asks the same of the database)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, islice, zip_longest

from projects.milestones.status import status_on
from projects.milestones.subjects import full_title
from seoul_digital.lib import amounts
from seoul_digital.lib.reported import ReportedFigure

from ..chapters.expenditure.data import ExpenditureData
from ..chapters.projects.data import MilestoneRow, ProjectRow, ProjectsData
from ..chapters.revenue.data import RevenueData
from ..chapters.staffing.data import StaffingData
from ..report import Report
from .money import columns

MOST = 5
THOUSANDS = amounts.thousand, amounts.thousand_text
PERCENT = amounts.percent, amounts.percent


@dataclass(frozen=True)
class Worry:
    """What, the figure that shows it, one more line; `is_warning`: to be drawn in the colour of warning, with ◆."""

    kind: str
    title: str
    figure: str
    detail: str
    is_warning: bool = True


def worries(report: Report) -> list[Worry]:
    """One of each kind in turn, the gravest first, so that no kind hides another."""
    kinds = (_behind(report), _disagreements(report), _outcomes(report), _vacancies(report))
    found = chain.from_iterable(zip_longest(*kinds))
    return list(islice(filter(None, found), MOST))


def _behind(report: Report) -> Iterator[Worry]:
    data = report.get(ExpenditureData)
    late = [column for column in columns(data) if column.is_behind] if data else []
    for column in sorted(late, key=lambda column: column.gap or 0):
        yield Worry(
            "진도선 미달",
            column.name,
            column.printed,
            f"진도선 대비 {amounts.points(column.gap)}%p · 남은 예산 {amounts.won_text(column.unexecuted)}",
        )


def _disagreements(report: Report) -> Iterator[Worry]:
    """Printed figures that are not what they add up to."""
    revenue, expenditure = report.get(RevenueData), report.get(ExpenditureData)
    for item in revenue.rows if revenue else ():
        for year, figure in ((0, item.current), (1, item.previous)):
            title = f"{item.name} {revenue.fiscal_year - year}" if revenue else ""
            yield from _disagreement(title, figure, THOUSANDS, "아래 항목의 합")
    for row in expenditure.rows if expenditure else ():
        name = " ".join(dict.fromkeys([row.department, row.name])) if row.slug else "세출 계"
        year = expenditure.fiscal_year if expenditure else 0
        for label, figure, forms in (
            (f"{year} 예산현액", row.current, THOUSANDS),
            (f"{year - 1} 최종예산", row.previous, THOUSANDS),
            ("증감액", row.change, (amounts.signed_thousand, amounts.thousand_text)),
            ("집행액", row.executed, THOUSANDS),
            ("집행률", row.execution_rate, PERCENT),
        ):
            yield from _disagreement(f"{name} {label}", figure, forms, "계산")


def _disagreement(
    title: str, figure: ReportedFigure, forms: tuple[Callable[..., str], Callable[..., str]], word: str
) -> Iterator[Worry]:
    """`forms` write a value without and with its unit: the printed and the computed one share that of their difference."""
    if not figure.disagrees:
        return
    form, with_unit = forms
    shown = form(figure.printed)
    if figure.has_gap:
        shown = with_unit(abs(Fraction(figure.printed) - Fraction(figure.computed)))  # type: ignore[arg-type]
    yield Worry("자료 불일치", title, shown, f"원문 {form(figure.printed)} ≠ {word} {form(figure.computed)}")


def _outcomes(report: Report) -> Iterator[Worry]:
    """Milestones whose time or outcome is to be looked at, those that contradict themselves first."""
    data = report.get(ProjectsData) or ProjectsData()
    found = [(project, milestone) for project in data.projects for milestone in project.milestones]
    for is_warning in (True, False):
        for project, milestone in found:
            if milestone.warn == is_warning and (is_warning or milestone.status == "undetermined"):
                yield _outcome(project, milestone, data, report)


def _outcome(project: ProjectRow, milestone: MilestoneRow, data: ProjectsData, report: Report) -> Worry:
    status = status_on(
        data.judged_on or report.as_of,
        milestone.period,
        recorded=milestone.recorded,
        recorded_in=milestone.recorded_in,
        is_achievement=milestone.listing == "achievement",
    )
    title = full_title(milestone.title, [step.title for step in project.milestones], project.title)
    detail = f"사업 {project.number} · {status.reason}"
    return Worry("시점을 확인할 일정", title, milestone.printed, detail, is_warning=False)


def _vacancies(report: Report) -> Iterator[Worry]:
    data = report.get(StaffingData)
    short = [unit for unit in data.units if (unit.variance.number or 0) < 0] if data else []
    for unit in sorted(short, key=lambda unit: unit.variance.number or 0):
        people = f"정원 {unit.authorized.text(amounts.plain, '명')} · 현원 {unit.headcount.text(amounts.plain, '명')}"
        yield Worry("결원", unit.name, unit.variance.text(amounts.plain, "명"), people, is_warning=False)
