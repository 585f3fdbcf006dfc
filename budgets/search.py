"""Search entries of the budget: revenue items and programmes with their figures, totals as printed."""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import Any

from core.models import ControlTotal, Source
from core.remembered.ahead import rows_of_snapshot
from core.remembered.printed_totals import totals_printed
from core.search import SearchEntry, register_search_entries
from core.snapshot import Snapshot, address, cached_on_snapshot
from seoul_digital.lib import amounts
from seoul_digital.lib.reported import MARK, ReportedFigure
from seoul_digital.lib.tables import day

from .expenditure import execution
from .expenditure.in_force import sources_in_force
from .expenditure.lines import NO_PROGRAMME
from .models import BudgetFigure, BudgetLine
from .models.querysets import PROGRAMME
from .revenue import tree as revenue_tree

MEASURE = ControlTotal.Measure
OF_REVENUE = partial(SearchEntry, "세입", shows_body=True, scope=Source.Scope.REVENUE)
OF_SPENDING = partial(SearchEntry, "세출", shows_body=True, scope=Source.Scope.EXPENDITURE)
LONGEST = 20_000  # programmes looked through; a city bureau has some hundreds


@cached_on_snapshot
def _printed(snapshot: Snapshot):
    """By scope and subject, every total that the sources in force print."""
    sources = [snapshot.source(Source.Scope.REVENUE), *_spending(snapshot)]
    printed, figures = defaultdict(list), _figures(snapshot)
    for total in sorted(totals_printed(snapshot, sources), key=lambda total: (-total.fiscal_year, total.pk)):
        scope = total.source.scope
        figure = figures.get((scope, total.subject, total.measure, total.fiscal_year))
        unit = total.source.money_unit.name if total.is_money and total.printed[-1:].isdigit() else ""
        words = f"{total.fiscal_year}년 {total.get_measure_display()} {total.printed}{unit}"
        printed[scope, total.subject].append(words + _computed(total, figure, unit))
    return printed


def _computed(total: ControlTotal, figure: ReportedFigure | None, unit: str) -> str:
    """`(◆ 계산 143,204,842천원)` behind a printed figure that disagrees, in the unit that it is printed in."""
    if not (figure and figure.disagrees):
        return ""
    form = total.source.money_unit.text if total.is_money else amounts.percent
    return f"({MARK} 계산 {form(figure.computed)}{unit})"


def _figures(snapshot: Snapshot) -> dict[tuple[str, str, str, int], ReportedFigure]:
    """What the pages show, by scope, subject, measure and fiscal year."""
    figures: dict[tuple[str, str, str, int], ReportedFigure] = {}
    if summary := execution.summary(snapshot):
        for subject, measure, year in summary.totals:
            if measure not in execution.COMPUTED:  # how many goals a plan has: nothing adds up to it
                continue
            row = next((row for row in (summary.total, *summary.rows) if row.subject == subject), None)
            if row:
                figure = summary.figure(row, measure, year)
                figures[Source.Scope.EXPENDITURE, subject, measure, year] = figure
    if tree := revenue_tree.revenue(snapshot):
        for node in tree.root.walk():
            years = {tree.fiscal_year: node.current, tree.previous_year: node.previous}
            for year, figure in years.items():
                figures[Source.Scope.REVENUE, node.slug, MEASURE.CURRENT_BUDGET, year] = figure
            figures[Source.Scope.REVENUE, node.slug, MEASURE.CHANGE, tree.fiscal_year] = node.change
            figures[Source.Scope.REVENUE, node.slug, MEASURE.CHANGE_RATE, tree.fiscal_year] = node.rate
    return figures


def _spending(snapshot: Snapshot):
    return sources_in_force(snapshot) if snapshot.fiscal_year else []


@register_search_entries(
    Source.Scope.REVENUE,
    Source.Scope.EXPENDITURE,
    rows=[revenue_tree.figures_and_items, revenue_tree.revenue, execution.summary],
)
def revenue_texts(snapshot: Snapshot) -> Iterator[SearchEntry]:
    """The total, and every item with those that it stands under."""
    printed, words = _printed(snapshot), defaultdict(list)
    items: dict[str, Any] = {}
    for figure in revenue_tree.figures_and_items(snapshot)[0]:
        items |= {item.slug: item for item in _upwards(figure.item)}
        if figure.current_budget:
            words[figure.item.slug].append(
                f"{figure.fiscal_year}년 예산현액 {amounts.thousand(figure.current_budget)}천원"
            )
    if total := printed.get((Source.Scope.REVENUE, "")):
        yield OF_REVENUE("세입 총괄", address("budgets:revenue"), ", ".join(total))
    for slug, item in items.items():
        body = ", ".join([*words[slug], *printed.get((Source.Scope.REVENUE, slug), ())])
        yield OF_REVENUE(item.name, address("budgets:revenue"), body)


def _upwards(item):
    """The items that an item stands under, the top one first, and itself."""
    return [*(_upwards(item.parent) if item.parent else ()), item]


@rows_of_snapshot
def _programmes(snapshot: Snapshot) -> Any:
    sources = _spending(snapshot)
    figures = BudgetFigure.objects.of_newest(sources) if sources else BudgetFigure.objects.none()
    return figures.by_programme()[:LONGEST]


@register_search_entries(
    Source.Scope.REVENUE,
    Source.Scope.EXPENDITURE,
    rows=[_programmes, revenue_tree.revenue, execution.summary],
)
def expenditure_texts(snapshot: Snapshot) -> Iterator[SearchEntry]:
    """The total, and every programme with what its lines add up to; its objects are too many and too alike to be found."""
    printed = _printed(snapshot)
    sources, urls = _spending(snapshot), {}
    notes = dict.fromkeys(line for source in sources for line in source.note_lines)
    if whole := [*printed.get((Source.Scope.EXPENDITURE, ""), ()), *notes]:
        yield OF_SPENDING("세출 총괄", address("budgets:expenditure"), ", ".join(whole))
    programmes = _programmes(snapshot)
    earlier = _told_earlier(snapshot, programmes)
    for row in programmes:
        slug = row["line__department__slug"]
        if slug not in urls:
            urls[slug] = address("budgets:lines", slug)
            yield from _department_text(row, urls[slug], printed)
        yield _programme_text(
            row, snapshot.fiscal_year, urls[slug], printed, earlier.get(_programme_of(row), "")
        )


def _programme_of(row):
    return tuple(row[f"line__{name}"] for name in ("department__slug", *PROGRAMME))


def _told_earlier(snapshot, programmes):
    """What was executed of programmes as an earlier delivery tells it, in words with its day, where their accounts do not know it."""
    if all(row["total_committed"] is not None for row in programmes):
        return {}
    return {
        _programme_of(row): f"{_executed(row)}({day(source.as_of)} 기준)"
        for source, lines in execution.told_earlier(snapshot).items()
        for row in BudgetFigure.objects.of(source).filter(lines).by_programme()[:LONGEST]
    }


def _executed(row):
    return f", 집행액 {amounts.thousand(row['total_committed'])}천원"


def _department_text(row, url, printed):
    """Yield the printed totals of a department that has accounts, whose lines have figures of their own."""
    totals = printed.get((Source.Scope.EXPENDITURE, row["line__department__slug"]))
    if totals and row["line__account_kind"]:
        yield OF_SPENDING(f"{row['line__department__name']} 세출", url, ", ".join(totals))


def _programme_text(row, fiscal_year, url, printed, executed_earlier):
    """`executed_earlier`: what an earlier delivery tells of its execution, which then speaks for the whole account."""
    account = row["line__account_name"] or BudgetLine.AccountKind(row["line__account_kind"]).label * bool(
        row["line__account_kind"]
    )
    path = (
        " › ".join(filter(None, [row["line__policy"], row["line__unit"], row["line__detailed"]]))
        or NO_PROGRAMME
    )
    words = f"{path} {fiscal_year}년 예산현액 {amounts.thousand(row['total_current'])}천원"
    if executed_earlier or row["total_committed"] is not None:
        words += executed_earlier or _executed(row)
    subject = "/".join(
        filter(None, [row["line__department__slug"], row["line__account_name"] or row["line__account_kind"]])
    )
    title = " ".join(filter(None, [row["line__department__name"], account, row["line__detailed"] or "세출"]))
    totals = () if row["line__detailed"] else printed.get((Source.Scope.EXPENDITURE, subject), ())
    return OF_SPENDING(title, url, ", ".join([words, *totals]))
