"""What the numbers of one budget line state: `line:big-data/3f2a9c0d1e4b/committed`. A file has thousands, so each is found by itself."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from core.snapshot import Snapshot, address
from core.stated_facts import FormulaTerm, StatedFact, register_found_facts, stated
from seoul_digital.lib import amounts
from seoul_digital.lib.reported import ReportedFigure
from seoul_digital.lib.tables import Record, day

from .expenditure import execution
from .expenditure.in_force import sources_in_force
from .expenditure.last_execution import fill_lines
from .expenditure.lines import PARTS, line_key, programme
from .models import BudgetFigure, BudgetLine
from .models.querysets import LINE_NAMES

BUDGET = {**PARTS, "current": "예산현액"}
EXECUTED = {"committed": "원인행위액", "disbursed": "지출액"}
WON = "원"


@register_found_facts("line")
def line_fact(snapshot: Snapshot, key: str) -> StatedFact | None:
    own, _, measure = key.rpartition("/")
    figure = _figure(snapshot, own)
    return _fact(figure, own, measure) if figure else None


def _figure(snapshot: Snapshot, own: str) -> BudgetFigure | None:
    """That of the line in what is in force, with the last known execution as the page of its department has it."""
    slug, summary = own.partition("/")[0], execution.summary(snapshot)
    row = summary.department(slug) if summary else None
    if row is None:
        return None
    figures = BudgetFigure.objects.of_newest(sources_in_force(snapshot)).filter(line__department__slug=slug)
    rows = figures.values_list("pk", *(f"line__{name}" for name in LINE_NAMES))
    found = next((pk for pk, *names in rows.iterator() if line_key(slug, names) == own), None)
    figure = figures.select_related("source", "line__department").filter(pk=found).first()
    if figure:
        fill_lines([figure], snapshot, row, execution.told_earlier(snapshot), summary.as_of)
    return figure


def _fact(figure: BudgetFigure, own: str, measure: str) -> StatedFact | None:
    shown = figure if measure in BUDGET else figure.execution
    common = StatedFact(
        f"line:{own}/{measure}",
        _name(figure.line),
        on=day(shown.source.as_of),
        source=shown.source,
        department=own.partition("/")[0],
        url=address("budgets:lines", own.partition("/")[0]),
    )
    if measure in BUDGET or measure in EXECUTED:
        label, value = (BUDGET | EXECUTED)[measure], getattr(shown, measure)
        record = Record(BudgetFigure, shown.pk, measure)
        return _stated(common, label, value, WON, record=record)
    current, committed = f"line:{own}/current", f"line:{own}/committed"
    if measure == "rate":
        formula, parts = "집행률 = 원인행위액 ÷ 예산현액 × 100", (committed, current)
        rate = amounts.rate(shown.committed, shown.current)
        return _stated(common, "집행률", rate, "%", formula=formula, parts=parts)
    if measure == "unexecuted":
        formula, terms = (
            "집행잔액 = 예산현액 − 원인행위액",
            (FormulaTerm(current), FormulaTerm(committed, Decimal(-1))),
        )
        return _stated(common, "집행잔액", shown.unexecuted, WON, formula=formula, terms=terms)
    return None


def _name(line: BudgetLine) -> str:
    """`정보통신보안담당관 일반회계 스마트도시 조성 › 기반 구축 · 201 일반운영비`"""
    account = line.account_name or (line.account_kind and line.get_account_kind_display())
    objects = filter(None, [programme(line), line.object_group, line.object_name])
    return " ".join(filter(None, [line.department.name, account, " · ".join(objects)]))


def _stated(common: StatedFact, label: Any, value: Any, unit: str, **fields: Any) -> StatedFact | None:
    """Nothing where the source gives none."""
    if value is None:
        return None
    values = {**stated(ReportedFigure(value), unit), **fields}
    return replace(common, label=f"{common.label} {label}", words=(common.label, str(label)), **values)
