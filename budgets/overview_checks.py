"""Integrity of what a table of many bureaus says (총괄): held against the bureau's own table, never added to it."""

from collections.abc import Iterator
from fractions import Fraction

from django.db.models import Count, Sum

from core import integrity
from core.models import ControlTotal, Source
from core.snapshot import Snapshot, address
from seoul_digital.lib import amounts
from seoul_digital.lib.tables import day

from .expenditure.in_force import is_overview, sources_of_year
from .imports.sandbox.sandbox_protocol import SCALES
from .models import BudgetFigure


@integrity.register_check("budgets", Source.Scope.EXPENDITURE)
def overview(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    """Of each year the newest: its amount beside the table by division, its printed change beside its own two years."""
    newest: dict[int, Source] = {}
    for source in snapshot.sources_of(Source.Scope.EXPENDITURE):
        if is_overview(source) and source.fiscal_year:
            newest.setdefault(source.fiscal_year, source)
    for year, source in newest.items():
        figure = BudgetFigure.objects.of(source).select_related("line__department").first()
        if figure is None:
            continue
        table = sources_of_year(snapshot, year, first=Source.BudgetKind.BOOK)
        if not is_overview(table[0]):
            yield _beside_table(source, figure, table)
        yield from _change(source, figure)


def _beside_table(source, figure, table):
    """The table's first budget where it tells it, for that is what a plan of the year has; else its current one."""
    figures = BudgetFigure.objects.of_newest(table)
    sums = figures.aggregate(
        whole=Sum("current"), first=Sum("original"), lines=Count("pk"), known=Count("original")
    )
    has_first = sums["known"] == sums["lines"] and table[0].budget_kind != Source.BudgetKind.BOOK
    computed, word = (sums["first"], "당초예산") if has_first else (sums["whole"], "예산현액")
    return _sum(
        source,
        figure.current,
        computed,
        1,
        id=f"overview.table/{source.fiscal_year}",
        subject=f"{source.bureau} {source.fiscal_year} 총괄",
        formula=f"총괄의 금액 = 부서별 표({day(table[0].as_of)} 기준)의 {word} 계",
        hint="두 자료의 기준일과 예산(당초·추경)이 같은지 확인하십시오.",
    )


def _change(source, figure):
    subject = figure.line.department.slug
    printed = ControlTotal.objects.filter(
        source=source, subject=subject, measure=ControlTotal.Measure.CHANGE
    ).first()
    if printed is None or printed.value is None or figure.previous is None:
        return
    yield _sum(
        source,
        int(printed.value),
        figure.current - figure.previous,
        2,
        id=f"overview.change/{source.fiscal_year}",
        subject=f"{source.bureau} {source.fiscal_year} 총괄의 증감",
        formula=f"증감 = {source.fiscal_year}년 − {source.fiscal_year - 1}년",
        hint="적힌 대로 두었습니다. 원문을 확인하십시오.",
    )


def _sum(source, printed, computed, terms, **finding):
    """Both in 천원, within the rounding of the table's unit."""
    return integrity.sum_holds(
        Fraction(printed, amounts.THOUSAND),
        Fraction(computed, amounts.THOUSAND),
        terms=terms,
        rounded_to=max(SCALES.get(source.unit, 1) // amounts.THOUSAND, 1),
        unit="천원",
        url=address("budgets:expenditure"),
        **finding,
    )
