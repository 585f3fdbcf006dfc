from django.core.paginator import Paginator
from django.http import Http404

from departments.models import Department
from departments.pages import render_page
from seoul_digital import amounts

from . import (
    execution,
    expenditure_figures,
    expenditure_sentences,
    lines,
    revenue_page,
)
from . import expenditure as expenditure_page
from . import revenue as revenue_tree
from .choices import ExpenditureChoice
from .models import BudgetFigure

LINES_PER_PAGE = 200


def revenue(request):
    revenue = revenue_tree.revenue(request.reading)
    if revenue is None:
        return render_page(request, "budgets/revenue.html", {})
    context = {
        "revenue": revenue,
        "lead": revenue_page.lead(revenue),
        "table_sentence": revenue_page.table_sentence(revenue),
        "disagreement": revenue_page.disagreement_sentence(revenue),
    }
    tables, figures = (
        [revenue_page.revenue_table(revenue)],
        [
            revenue_page.size_figure(revenue),
            revenue_page.change_figure(revenue),
        ],
    )
    return render_page(request, "budgets/revenue.html", context, tables, figures)


def expenditure(request):
    reading = request.reading
    summary = execution.summary(reading)
    if summary is None:
        return render_page(request, "budgets/expenditure.html", {})
    choice = ExpenditureChoice.from_query(request.GET)

    def url_of(row):
        return "" if row.account else reading.url("budgets:lines", row.slug)

    context = {
        "summary": summary,
        "choice": choice,
        "lead": expenditure_sentences.lead(summary, reading.as_of),
        "remainder": expenditure_sentences.remainder_sentence(summary),
        "table_sentence": expenditure_sentences.table_sentence(summary),
    }
    table = expenditure_page.execution_table(summary, choice.rows(summary), url_of)
    drawn = [
        expenditure_figures.rate_figure(summary),
        expenditure_figures.size_figure(summary),
        expenditure_figures.change_figure(summary),
    ]
    return render_page(request, "budgets/expenditure.html", context, [table, *_tables_of(drawn)], drawn)


def department_lines(request, slug):
    reading = request.reading
    summary = execution.summary(reading)
    department = Department.objects.filter(slug=slug).first()
    if department is None:
        raise Http404("그런 부서가 없습니다.")
    row = summary.department(slug) if summary else None
    if row is None:
        return render_page(request, "budgets/lines.html", {"department": department})
    figures = BudgetFigure.objects.of_newest(execution.sources_in_force(reading)).of_department(department)
    page = Paginator(figures, LINES_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "department": department,
        "summary": summary,
        "row": row,
        "page": page,
        "pace_percent": amounts.percent(summary.pace * 100),
        "lead": expenditure_sentences.department_lead(summary, row, reading.as_of),
    }
    shown = figures if "download" in request.GET else page.object_list
    return render_page(request, "budgets/lines.html", context, [lines.lines_table(department, list(shown), summary.as_of)])


def _tables_of(figures):
    return [figure.table for figure in figures if figure.table]
