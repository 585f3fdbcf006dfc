"""Integrity across all subjects: the base dates of a report's sources, and gaps in its tables of printed totals."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from django.apps import apps

from seoul_digital.lib.hangul import quoted
from seoul_digital.lib.tables import day

from .. import integrity
from ..integrity import Level
from ..models import ControlTotal, Source
from ..page_links import findings_url
from ..remembered.printed_totals import totals_printed
from ..snapshot import Snapshot
from .rows_of_scopes import RowsOfScopes

MOSTLY = 0.6  # of its rows a table has a column
MEASURE = ControlTotal.Measure
DERIVED = {
    MEASURE.VARIANCE,
    MEASURE.CHANGE,
    MEASURE.CHANGE_RATE,
}  # worked out from others, which many tables print in part


@integrity.register_check("core")
def base_dates(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    """The subjects of a report have one base date, or stand as the report before gave them; a budget is often newer, and so the
    difference is information."""
    sources = [
        source
        for source in snapshot.in_force
        if not source.fiscal_year or source.fiscal_year >= (snapshot.fiscal_year or 0) - 1
    ]
    dates = Counter(source.as_of for source in sources)
    if not dates:
        return
    shared, _ = dates.most_common(1)[0]
    every = Counter(source.as_of for source in snapshot.sources)
    of_reports = {shared, *(on for on, count in every.items() if count >= len(Source.Scope) * MOSTLY)}
    for source in sources:
        if source.scope != Source.Scope.EXPENDITURE or source.budget_kind != Source.BudgetKind.OVERVIEW:
            yield integrity.condition_holds(
                source.as_of in of_reports,
                otherwise=Level.INFO,
                id=f"source.date/{source.slug}",
                subject=str(source),
                formula=f"기준일({day(source.as_of)})이 다른 자료의 기준일({day(shared)})과 같다",
                hint="다른 날의 자료이면 그대로 두고, 아니면 자료의 기준일을 고치십시오.",
                scope=source.scope,
                url=findings_url(source),
            )


@integrity.register_check("core")
def scopes(snapshot: Snapshot) -> Iterator[integrity.Finding]:
    """A report of most subjects has them all."""
    missing = [scope for scope in Source.Scope if snapshot.source(scope) is None]
    if len(missing) < len(Source.Scope) * (1 - MOSTLY):
        yield integrity.condition_holds(
            not missing,
            otherwise=Level.WARNING,
            id="source.missing",
            subject="보고서의 자료",
            formula="보고서에는 범위마다 자료가 있다",
            particulars=",".join(missing),
            hint=f"{', '.join(str(scope.label) for scope in missing)} 자료가 없습니다." if missing else "",
        )


def _numbered_models() -> list[Any]:
    return [model for model in apps.get_models() if getattr(model, "numbered_within", None) is not None]


def _numbers(model: Any, sources: list[int]) -> Any:
    """(source, what the rows are counted within …, number)."""
    path = model.source_path()
    rows = model._base_manager.filter(**{f"{path}__in": sources}).order_by()
    return rows.values_list(path, *model.numbered_within, "order")


_numbered = RowsOfScopes(_numbered_models, _numbers)


@integrity.register_check("core", of_each_scope=True, rows=[_numbered])
def numbering(snapshot: Snapshot, scope: str) -> Iterator[integrity.Finding]:
    """Rows that are counted through have no number left out: where one is, a row may have been lost."""
    orders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    models = {str(model._meta.model_name): model for model in _numbered_models()}
    for model, rows in _numbered(snapshot, scope):
        for _, *key, order in rows:
            orders[model._meta.model_name, *key].append(order)
    for (name, *key), known in sorted(orders.items()):
        yield _numbering(models[name], [part for part in key if part], known)


def _numbering(model: Any, key: list[str], orders: list[int]) -> integrity.Finding:
    """They begin with 1, or with the first of a hundred of their own (101: those of a second list)."""
    first = min(orders) // 100 * 100 + 1
    missing = sorted(set(range(first, max(orders) + 1)) - set(orders))
    name = str(model._meta.verbose_name)
    return integrity.condition_holds(
        not missing,
        otherwise=Level.WARNING if model.numbers_are_read else Level.INFO,
        id=f"row.numbering/{'/'.join((model._meta.model_name, *key))}",
        subject=f"{name}의 차례",
        formula=f"{name}의 차례는 {first}부터 {max(orders)}까지 빠짐없이 이어진다",
        particulars=",".join(map(str, missing)),
        hint=f"{', '.join(map(str, missing[:10]))}번이 없습니다. 빠진 줄이 있는지 확인하십시오."
        if missing
        else "",
    )


@integrity.register_check("core", of_totals=True, of_each_scope=True, rows=[totals_printed])
def gaps(snapshot: Snapshot, scope: str) -> Iterator[integrity.Finding]:
    """What a table prints of most of its rows it prints of all."""
    sources = {source.pk: source for source in snapshot.in_force if source.scope == scope}
    columns: dict[tuple[int, bool, int], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for total in totals_printed(snapshot, [*sources.values()]):
        columns[total.source_id, "/" in total.subject, total.fiscal_year][total.measure].add(total.subject)
    for (key, is_below, year), of_measure in columns.items():
        rows = set().union(*of_measure.values())
        for measure, subjects in of_measure.items():
            if len(subjects) >= MOSTLY * len(rows):
                name = f"{measure}/{year}{'/below' if is_below else ''}"
                yield _gap(sources[key], measure, name, sorted(rows - subjects))


def _gap(source: Source, measure: str, name: str, missing: list[str]) -> integrity.Finding:
    label = str(ControlTotal.Measure(measure).label)
    names = ", ".join(name.strip("/") or "계" for name in missing[:5])
    return integrity.condition_holds(
        not missing,
        otherwise=Level.INFO if measure in DERIVED else Level.WARNING,
        id=f"control.gap/{source.slug}/{name}",
        subject=f"{source} 원문의 {label}",
        formula=f"표의 {quoted(label, '은/는')} 줄마다 적혀 있다",
        particulars=",".join(missing),
        hint=f"{names}의 값이 없습니다. 원문의 합계에서 빠졌는지 확인하십시오." if missing else "",
        scope=source.scope,
        url=findings_url(source),
    )
