"""What of the budget can be found: revenue items and departments' budgets with their figures, totals as printed."""

from collections import defaultdict

from django.urls import reverse

from departments.models import ControlTotal, Source
from departments.reading import once
from seoul_digital import amounts
from seoul_digital.texts import Text, register

from . import execution
from .lines import programme
from .models import BudgetFigure, RevenueFigure

LONGEST = 20_000  # lines looked through; beyond, a search by programme belongs to the database
LEVELS = "item__parent__parent__parent"  # 장·관·항·목


@once
def _printed(reading):
    """By scope and subject, every total that the sources in force print."""
    sources = {source.pk: source for source in [reading.source(Source.Scope.REVENUE), *_spending(reading)] if source}
    printed = defaultdict(list)
    for total in ControlTotal.objects.filter(source__in=sources).order_by("-fiscal_year", "pk"):
        said = f"{total.fiscal_year}년 {total.get_measure_display()} {total.printed}"
        printed[sources[total.source_id].scope, total.subject].append(said)
    return printed


def _spending(reading):
    return execution.sources_in_force(reading) if reading.fiscal_year else []


@register
def revenue_texts(reading):
    """The total, and every item with those that it stands under."""
    source = reading.source(Source.Scope.REVENUE)
    printed, said, items = _printed(reading), defaultdict(list), {}
    for figure in RevenueFigure.objects.of(source).select_related(LEVELS):
        items |= {item.slug: item for item in _upwards(figure.item)}
        if figure.current_budget:
            said[figure.item.slug].append(f"{figure.fiscal_year}년 {amounts.thousand(figure.current_budget)}천원")
    if total := printed.get((Source.Scope.REVENUE, "")):
        yield Text("세입", "세입 총괄", reverse("budgets:revenue"), ", ".join(total))
    for slug, item in items.items():
        body = ", ".join([*said[slug], *printed.get((Source.Scope.REVENUE, slug), ())])
        yield Text("세입", item.name, reverse("budgets:revenue"), body)


def _upwards(item):
    """The items that an item stands under, the top one first, and itself."""
    return [*(_upwards(item.parent) if item.parent else ()), item]


@register
def expenditure_texts(reading):
    printed = _printed(reading)
    if total := printed.get((Source.Scope.EXPENDITURE, "")):
        yield Text("세출", "세출 총괄", reverse("budgets:expenditure"), ", ".join(total))
    sources = _spending(reading)
    figures = BudgetFigure.objects.of_newest(sources).select_related("line__department").order_by("line__order", "pk")
    for figure in figures[:LONGEST] if sources else ():
        yield _line_text(figure, printed)


def _line_text(figure, printed):
    line = figure.line
    account = line.account_name or (line.get_account_kind_display() if line.account_kind else "")
    said = f"{programme(line)} {line.fiscal_year}년 예산현액 {amounts.thousand(figure.current)}천원, 집행액 {amounts.thousand(figure.committed)}천원"
    subject = "/".join(filter(None, [line.department.slug, line.account_name or line.account_kind]))
    title = " ".join(filter(None, [line.department.name, account, "세출"]))
    body = ", ".join([said, *printed.get((Source.Scope.EXPENDITURE, subject), ())])
    return Text("세출", title, reverse("budgets:lines", args=[line.department.slug]), body)
