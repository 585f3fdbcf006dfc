"""What the numbers of revenue and expenditure state, as their pages have them.

Identities: `revenue:<item>/current`, `expenditure:<unit>[/<account>]/committed` (`revenue:/…`, `expenditure:/…` of the whole),
`fiscal_year:current`, `fiscal_year:previous`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from core.models import ControlTotal, Source
from core.remembered.ahead import reading
from core.remembered.printed_totals import totals_printed
from core.snapshot import Snapshot, address
from core.stated_facts import FormulaTerm, StatedFact, register_stated_facts, stated
from departments.checks import totals_of
from seoul_digital.lib.periods import PartialDate
from seoul_digital.lib.reported import ReportedFigure
from seoul_digital.lib.tables import Record, day

from .expenditure import execution
from .expenditure.execution import MEASURE, Execution, ExecutionSummary
from .expenditure.facts import unexecuted as unexecuted_of
from .expenditure.in_force import Key, sources_in_force, sources_of_year
from .models import BudgetFigure, RevenueFigure
from .revenue.tree import Node, revenue

SCOPES = (Source.Scope.REVENUE, Source.Scope.EXPENDITURE)
MINUS, WON, PERCENT = Decimal(-1), "원", "%"


@dataclass(frozen=True)
class _Row:
    """A row of a table of money with what its facts have in common; `totals` is what its sources print."""

    name: str
    identity: str
    subject: str
    year: int
    totals: Mapping[Key, ControlTotal]
    common: StatedFact

    def fact(
        self, key: str, label: str, figure: ReportedFigure, measure: str = "", year: int = 0, **fields: Any
    ) -> StatedFact:
        """`key` names it in identities, `measure` where its source prints it; `unit` is 원 where not given."""
        total = self.totals.get((self.subject, measure, year or self.year))
        values = stated(figure, fields.pop("unit", WON))
        if total:
            values["printed"] = total.printed
            fields["record"] = fields.get("record") or Record(ControlTotal, total.pk, "value")
        return replace(
            self.common,
            identity=f"{self.identity}/{key}",
            label=f"{self.name} {label}",
            words=(self.name, label),
            **values | fields,
        )

    def changes(self, change: ReportedFigure, rate: ReportedFigure) -> Iterator[StatedFact]:
        """증감액 and 증감률 from last year's 최종예산."""
        terms = (FormulaTerm(f"{self.identity}/current"), FormulaTerm(f"{self.identity}/previous", MINUS))
        previous = f"{self.year - 1} 최종예산"
        formula = f"증감액 = {self.year} 예산현액 − {previous}"
        yield self.fact(
            "change", "증감액", change, MEASURE.CHANGE, terms=terms, formula=formula, is_change=True
        )
        yield self.fact(
            "change_rate",
            "증감률",
            rate,
            MEASURE.CHANGE_RATE,
            unit=PERCENT,
            formula=f"증감률 = 증감액 ÷ {previous} × 100",
            parts=(f"{self.identity}/change", f"{self.identity}/previous"),
            is_change=True,
        )

    def sum_of(self, below: Iterable[str], key: str, word: str) -> dict[str, Any]:
        """The formula of what the rows below (identities) add up to; nothing without any."""
        terms = tuple(FormulaTerm(f"{identity}/{key}") for identity in below)
        return {"terms": terms, "formula": f"{self.name} = {word} {len(terms)}개의 합"} if terms else {}


@register_stated_facts("revenue", *SCOPES)
@reading(revenue, totals_printed)
def revenues(snapshot: Snapshot) -> Iterator[StatedFact]:
    tree, source = revenue(snapshot), snapshot.source(Source.Scope.REVENUE)
    if tree is None or source is None:
        return
    common = StatedFact("", "", on=day(source.as_of), source=source, url=address("budgets:revenue"))
    totals = {
        (total.subject, total.measure, total.fiscal_year): total
        for total in totals_of(snapshot, Source.Scope.REVENUE)
    }
    for node in tree.root.walk():
        name = node.name if node.slug else "세입 계"
        row = _Row(name, f"revenue:{node.slug}", node.slug, tree.fiscal_year, totals, common)
        yield from _of_item(row, node)


def _of_item(row: _Row, node: Node) -> Iterator[StatedFact]:
    below = [f"revenue:{child.slug}" for child in node.children]
    for key, year, label, record in (
        ("current", row.year, "예산현액", node.key),
        ("previous", row.year - 1, "최종예산", node.previous_key),
    ):
        yield row.fact(
            key,
            f"{year} {label}",
            getattr(node, key),
            MEASURE.CURRENT_BUDGET,
            year,
            record=Record(RevenueFigure, record, "current_budget") if record else None,
            **row.sum_of(below, key, "아래 과목"),
        )
    yield from row.changes(node.change, node.rate)


@register_stated_facts("expenditure", *SCOPES)
@reading(execution.summary, totals_printed)
def expenditures(snapshot: Snapshot) -> Iterator[StatedFact]:
    summary = execution.summary(snapshot)
    if summary is None:
        return
    source = sources_in_force(snapshot)[0]
    before = next(iter(sources_of_year(snapshot, summary.previous_year)), source)
    for account in (summary.total, *summary.rows):
        slug = account.slug
        url = address("budgets:lines", slug) if slug else address("budgets:expenditure")
        common = StatedFact("", "", on=day(summary.as_of), source=source, department=slug, url=url)
        row = _Row(
            account.full_label if slug else "세출 계",
            f"expenditure:{account.subject}",
            account.subject,
            summary.fiscal_year,
            summary.totals,
            common,
        )
        yield from _budgets(row, summary, account, before)
        executed = replace(common, on=day(account.executed_on or summary.as_of))
        yield from _executed(replace(row, common=executed), summary, account)


def _below(summary: ExecutionSummary, account: Execution) -> list[str]:
    parts = account.accounts if account.slug else summary.departments
    return [f"expenditure:{part.subject}" for part in parts]


def _budgets(
    row: _Row, summary: ExecutionSummary, account: Execution, before: Source
) -> Iterator[StatedFact]:
    below, word = _below(summary, account), "회계" if account.slug else "부서"
    for key, year, label, figure, record, source in (
        ("current", row.year, "예산현액", summary.current(account), account.key, row.common.source),
        ("previous", row.year - 1, "최종예산", summary.previous(account), account.previous_key, before),
    ):
        yield row.fact(
            key,
            f"{year} {label}",
            figure,
            MEASURE.CURRENT_BUDGET,
            year,
            source=source,
            record=Record(BudgetFigure, record, "current") if record else None,
            **row.sum_of(below, key, word),
        )
    change, rate = (summary.figure(account, measure) for measure in (MEASURE.CHANGE, MEASURE.CHANGE_RATE))
    yield from row.changes(change, rate)


def _executed(row: _Row, summary: ExecutionSummary, account: Execution) -> Iterator[StatedFact]:
    record = Record(BudgetFigure, account.key, "committed") if account.key else None
    sums = row.sum_of(_below(summary, account), "committed", "회계" if account.slug else "부서")
    committed = summary.committed(account)
    yield row.fact("committed", "집행액", committed, MEASURE.COMMITTED, record=record, **sums)
    unexecuted, own = ReportedFigure(unexecuted_of(summary, account)), row.identity
    yield row.fact(
        "rate",
        "집행률",
        summary.rate(account),
        MEASURE.EXECUTION_RATE,
        unit=PERCENT,
        formula="집행률 = 집행액 ÷ 예산현액 × 100",
        parts=(f"{own}/committed", f"{own}/current") if account.executed_of is None else (),
    )
    terms = (
        (FormulaTerm(f"{own}/current"), FormulaTerm(f"{own}/committed", MINUS))
        if account.executed_of is None
        else ()
    )
    formula = "집행잔액 = 예산현액 − 집행액"
    yield row.fact("unexecuted", "집행잔액", unexecuted, formula=formula, terms=terms)
    formula, gap = "진도차 = 집행률 − 회계연도가 지난 비율 × 100", ReportedFigure(summary.gap(account))
    yield row.fact("gap", "진도차", gap, unit="%p", formula=formula, parts=(f"{own}/rate",))


@register_stated_facts("fiscal_year", *SCOPES)
def fiscal_years(snapshot: Snapshot) -> Iterator[StatedFact]:
    if (year := snapshot.fiscal_year) is None:
        return
    source, url = sources_in_force(snapshot)[0], address("budgets:expenditure")
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
