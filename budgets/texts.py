"""What of the budget can be found: revenue items and departments' budgets with their figures."""

from django.urls import reverse

from departments.models import Source
from seoul_digital import amounts
from seoul_digital.texts import Text, register

from . import execution
from .lines import programme
from .models import BudgetFigure, RevenueFigure

LONGEST = 20_000  # lines looked through; beyond, a search by programme belongs to the database


@register
def revenue_texts(reading):
    source = reading.source(Source.Scope.REVENUE)
    for figure in RevenueFigure.objects.of(source).select_related("item"):
        body = f"{figure.fiscal_year}년 {amounts.thousand(figure.current_budget)}천원"
        yield Text("세입", figure.item.name, reverse("budgets:revenue"), body)


@register
def expenditure_texts(reading):
    if reading.fiscal_year is None:
        return
    figures = BudgetFigure.objects.of_newest(execution.sources_in_force(reading))
    for figure in figures.select_related("line__department").order_by("line__order", "pk")[:LONGEST]:
        line = figure.line
        account = line.account_name or (line.get_account_kind_display() if line.account_kind else "")
        amount = f"{line.fiscal_year}년 예산현액 {amounts.thousand(figure.current)}천원, 집행액 {amounts.thousand(figure.committed)}천원"
        title = " ".join(filter(None, [line.department.name, account, "세출"]))
        yield Text("세출", title, reverse("budgets:lines", args=[line.department.slug]), f"{programme(line)} {amount}")
