"""What the numbers of revenue and expenditure state, as their pages have them.

Identities: `revenue:<item>/current`, `expenditure:<unit>[/<account>]/committed` (`revenue:/…`, `expenditure:/…` of the whole),
`fiscal_year:current`, `fiscal_year:previous`.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from django.urls import reverse

from core.models import Source
from core.snapshot import Snapshot
from core.stated_facts import StatedFact, Term, register_stated_facts, stated
from seoul_digital.lib.periods import PartialDate
from seoul_digital.lib.reported import ReportedFigure
from seoul_digital.lib.tables import Record, day

from .expenditure import execution
from .expenditure.execution import Execution, ExecutionSummary
from .expenditure.in_force import sources_in_force, sources_of_year
from .models import BudgetFigure, RevenueFigure
from .revenue.tree import TOTAL, Node, Revenue, revenue

MINUS, WON = Decimal(-1), "원"


@register_stated_facts("revenue")
def revenues(snapshot: Snapshot) -> Iterator[StatedFact]:
    tree, source = revenue(snapshot), snapshot.source(Source.Scope.REVENUE)
    if tree is None or source is None:
        return
    common = StatedFact("", "", on=day(source.as_of), source=source, url=reverse("budgets:revenue"))
    for node in tree.root.walk():
        yield from _of_item(tree, node, common)


def _of_item(tree: Revenue, node: Node, common: StatedFact) -> Iterator[StatedFact]:
    own, previous = f"revenue:{node.slug}", f"{tree.previous_year} 최종예산"
    name = "세입 계" if node.name == TOTAL and not node.slug else node.name
    for measure, label, key in (
        ("current", f"{tree.fiscal_year} 예산현액", node.key),
        ("previous", previous, node.previous_key),
    ):
        yield replace(
            common,
            **stated(getattr(node, measure), WON),
            identity=f"{own}/{measure}",
            label=f"{name} {label}",
            words=(name, label),
            record=Record(RevenueFigure, key, "current_budget") if key else None,
            formula=f"{name} = 아래 과목 {len(node.children)}개의 합" if node.children else "",
            terms=tuple(Term(f"revenue:{child.slug}/{measure}") for child in node.children),
        )
    yield from _changes(common, name, own, node.change, node.rate, f"예산현액 − {previous}", previous)


def _changes(
    common: StatedFact,
    name: str,
    own: str,
    change: ReportedFigure,
    rate: ReportedFigure,
    formula: str,
    previous: str,
) -> Iterator[StatedFact]:
    yield replace(
        common,
        **stated(change, WON),
        identity=f"{own}/change",
        label=f"{name} 증감액",
        words=(name, "증감"),
        formula=f"증감액 = {formula}",
        terms=(Term(f"{own}/current"), Term(f"{own}/previous", MINUS)),
    )
    yield replace(
        common,
        **stated(rate, "%"),
        identity=f"{own}/change_rate",
        label=f"{name} 증감률",
        words=(name, "증감률"),
        formula=f"증감률 = 증감액 ÷ {previous} × 100",
    )


@register_stated_facts("expenditure")
def expenditures(snapshot: Snapshot) -> Iterator[StatedFact]:
    summary = execution.summary(snapshot)
    if summary is None:
        return
    source = sources_in_force(snapshot)[0]
    before = next(iter(sources_of_year(snapshot, summary.previous_year)), source)
    for row in (summary.total, *summary.rows):
        yield from _of_row(summary, row, source, before)


def _of_row(
    summary: ExecutionSummary, row: Execution, source: Source, before: Source
) -> Iterator[StatedFact]:
    own, name = f"expenditure:{row.subject}", row.full_label if row.slug else "세출 계"
    url = reverse("budgets:lines", args=[row.slug]) if row.slug else reverse("budgets:expenditure")
    common = StatedFact(
        "", "", on=day(summary.as_of), source=source, words=(name,), department=row.slug, url=url
    )
    below = row.accounts if row.slug else summary.departments
    executed = replace(common, on=day(row.executed_on or summary.as_of))
    previous = f"{summary.previous_year} 최종예산"
    for fact, measure, label, key, field, figure in (
        (common, "current", f"{summary.fiscal_year} 예산현액", row.key, "current", summary.current(row)),
        (
            replace(common, source=before),
            "previous",
            previous,
            row.previous_key,
            "current",
            summary.previous(row),
        ),
        (executed, "committed", "집행액(원인행위)", row.key, "committed", summary.committed(row)),
    ):
        yield replace(
            fact,
            **stated(figure, WON),
            identity=f"{own}/{measure}",
            label=f"{name} {label}",
            words=(name, label),
            record=Record(BudgetFigure, key, field) if key else None,
            formula=f"{name} = {'회계' if row.slug else '부서'} {len(below)}곳의 합" if below else "",
            terms=tuple(Term(f"expenditure:{part.subject}/{measure}") for part in below),
        )
    change, rate = (
        summary.figure(row, measure) for measure in (execution.MEASURE.CHANGE, execution.MEASURE.CHANGE_RATE)
    )
    yield from _changes(common, name, own, change, rate, f"예산현액 − {previous}", previous)
    yield from _executed(summary, row, executed, own, name)


def _executed(
    summary: ExecutionSummary, row: Execution, common: StatedFact, own: str, name: str
) -> Iterator[StatedFact]:
    yield replace(
        common,
        **stated(summary.rate(row), "%"),
        identity=f"{own}/rate",
        label=f"{name} 집행률",
        words=(name, "집행률"),
        formula="집행률 = 집행액 ÷ 예산현액 × 100",
    )
    yield replace(
        common,
        **stated(ReportedFigure(row.unexecuted), WON),
        identity=f"{own}/unexecuted",
        label=f"{name} 집행잔액",
        words=(name, "집행잔액", "잔액"),
        formula="집행잔액 = 예산현액 − 집행액",
        terms=(Term(f"{own}/current"), Term(f"{own}/committed", MINUS)) if row.executed_of is None else (),
    )
    yield replace(
        common,
        **stated(ReportedFigure(summary.gap(row)), "%p"),
        identity=f"{own}/gap",
        label=f"{name} 진도차",
        words=(name, "진도차"),
        formula="진도차 = 집행률 − 회계연도가 지난 비율 × 100",
    )


@register_stated_facts("fiscal_year")
def fiscal_years(snapshot: Snapshot) -> Iterator[StatedFact]:
    if (year := snapshot.fiscal_year) is None:
        return
    source, url = sources_in_force(snapshot)[0], reverse("budgets:expenditure")
    for key, label, number in (("current", "회계연도", year), ("previous", "전년도", year - 1)):
        yield StatedFact(
            f"fiscal_year:{key}",
            label,
            period=PartialDate(number),
            on=day(source.as_of),
            source=source,
            words=("예산", label),
            url=url,
        )
