"""What a reader of the sheet should worry about first, from the report alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

from seoul_digital.lib import amounts
from seoul_digital.lib.reported import MARK, ReportedFigure

from ..chapters.expenditure.data import ExpenditureData
from ..chapters.projects.data import ProjectsData
from ..chapters.revenue.data import RevenueData
from ..chapters.staffing.data import StaffingData
from ..report import Report
from .money import columns

MOST = 5


@dataclass(frozen=True)
class Worry:
    """`kind` in one word; `is_warning`: to be drawn in the colour of warning."""

    kind: str
    title: str
    detail: str
    is_warning: bool = False


def worries(report: Report) -> list[Worry]:
    """One of each kind in turn, the gravest first, so that no kind hides another."""
    kinds = (_behind(report), _disagreements(report), _outcomes(report), _vacancies(report))
    found = chain.from_iterable(zip_longest(*kinds))
    return list(islice(filter(None, found), MOST))


def _behind(report: Report) -> Iterator[Worry]:
    data = report.get(ExpenditureData)
    late = [column for column in columns(data) if column.is_behind] if data else []
    for column in sorted(late, key=lambda column: -column.short):
        yield Worry(
            "진도선 미달",
            f"{column.name} {column.printed}",
            f"진도선까지 {amounts.won_text(column.short)}",
            True,
        )


def _disagreements(report: Report) -> Iterator[Worry]:
    """Printed amounts that are not what they add up to, the farthest off first."""
    revenue, expenditure = report.get(RevenueData), report.get(ExpenditureData)
    amounts_of: list[tuple[str, ReportedFigure]] = []
    for row in revenue.rows if revenue else ():
        amounts_of += [(f"세입 {row.name} {revenue.fiscal_year}", row.current)] if revenue else []
        amounts_of += [(f"세입 {row.name} {revenue.fiscal_year - 1}", row.previous)] if revenue else []
    for line in expenditure.rows if expenditure else ():
        amounts_of += [
            (f"세출 {line.name} 예산현액", line.current),
            (f"세출 {line.name} 집행액", line.executed),
        ]
    off = [(title, figure) for title, figure in amounts_of if figure.disagrees and figure.has_gap]
    for title, figure in sorted(off, key=lambda pair: -abs(_won(pair[1].printed) - _won(pair[1].computed))):
        printed, computed = amounts.thousand(_won(figure.printed)), amounts.thousand(_won(figure.computed))
        yield Worry("자료 불일치", f"{title} {MARK}", f"원문 {printed} ≠ 계산 {computed}천원", True)


def _won(value: object) -> int:
    return int(value) if isinstance(value, int) else round(value)  # type: ignore[call-overload, no-any-return]


def _outcomes(report: Report) -> Iterator[Worry]:
    """Milestones whose time or outcome is to be looked at, those that contradict themselves first."""
    data = report.get(ProjectsData) or ProjectsData()
    found = [(project, milestone) for project in data.projects for milestone in project.milestones]
    for is_warning in (True, False):
        for project, milestone in found:
            if milestone.warn == is_warning and (is_warning or milestone.status == "undetermined"):
                yield Worry(
                    "일정 확인",
                    milestone.title,
                    f"사업 {project.number} · {milestone.printed or '시점 없음'} · {milestone.status_word}",
                    is_warning,
                )


def _vacancies(report: Report) -> Iterator[Worry]:
    data = report.get(StaffingData)
    short = [unit for unit in data.units if (unit.variance.number or 0) < 0] if data else []
    for unit in sorted(short, key=lambda unit: unit.variance.number or 0):
        people = f"정원 {unit.authorized.text(amounts.plain, '명')} · 현원 {unit.headcount.text(amounts.plain, '명')}"
        yield Worry("결원", f"{unit.name} {unit.variance.text(amounts.plain, '명')}", people)
