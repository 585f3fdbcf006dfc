from django.core.paginator import Paginator
from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from core.pages import render_page, require_export
from core.remembered.pages import remembered_page
from core.snapshot import Snapshot
from core.templatetags.language import name_text
from departments.models import Department

from .expenditure import charts, drilldown, execution, last_execution, lines, sentences, trend
from .expenditure import table as expenditure_page
from .expenditure.drilldown import DrilldownPath
from .expenditure.filters import ExpenditureChoice
from .expenditure.in_force import sources_in_force
from .expenditure.lines_file import lines_file
from .models import BudgetFigure
from .revenue import page as revenue_page
from .revenue import tree as revenue_tree

LINES_PER_PAGE = 200


@remembered_page
def revenue(request):
    revenue = revenue_tree.revenue(request.snapshot)
    if revenue is None:
        return render_page(request, "budgets/revenue.html", {})
    context = {
        "revenue": revenue,
        "lead": revenue_page.lead(revenue),
        "table_sentence": revenue_page.table_sentence(revenue),
        "disagreement": revenue_page.disagreement_sentence(revenue),
        "change_sentence": revenue_page.change_sentence(revenue),
    }
    over_time = revenue_page.trend_figure(request.snapshot, revenue)
    sizes, change = revenue_page.size_figure(revenue), revenue_page.change_figure(revenue)
    figures = [*filter(None, [sizes, change, over_time])]
    tables = [revenue_page.revenue_table(revenue), *(figure.table for figure in figures if figure.table)]
    return render_page(request, "budgets/revenue.html", context, tables, figures, workbook="세입")


@remembered_page
def expenditure(request):
    snapshot = request.snapshot
    choice = ExpenditureChoice.from_query(request.GET, execution.accounts_of(snapshot))
    summary = choice.summary_of(snapshot)
    if summary is None:
        return render_page(request, "budgets/expenditure.html", {})

    def lines_url(row):
        return snapshot.url("budgets:lines", row.slug)

    def url_of(row):
        return "" if row.department else lines_url(row)

    context = {
        "title": summary.title(_("%(year)s년도 세출 총괄") % {"year": summary.fiscal_year}),
        "summary": summary,
        "choice": choice,
        "lead": sentences.lead(summary, snapshot.as_of),
        "remainder": sentences.remainder_sentence(summary),
        "table_sentence": sentences.table_sentence(summary),
        "change_sentence": sentences.change_sentence(summary),
    }
    rows = choice.rows(summary)
    table = expenditure_page.execution_table(summary, rows, url_of, with_total=bool(rows))
    drawn = []
    if rows:
        mosaic = charts.execution_figure(summary, lines_url, table_name=table.name)
        found = trend.points(snapshot, choice.whole_of, account=choice.account)
        over_time = trend.trend_figure(found, choice.whole_of(snapshot) or summary)
        drawn = [*filter(None, [mosaic, over_time, charts.change_figure(summary)])]
    return render_page(
        request,
        "budgets/expenditure.html",
        context,
        [table, *(chart.table for chart in drawn if chart.table)],
        drawn,
        workbook=summary.title("세출"),
    )


@remembered_page
def department_lines(request, slug):
    if "download" in request.GET:
        require_export(request)
    snapshot = request.snapshot
    summary = execution.summary(snapshot)
    department, row = Department.objects.filter(slug=slug).first(), summary and summary.department(slug)
    if row is None or department is None:
        if department and not department.is_planned:
            return render_page(request, "budgets/lines.html", {"department": department})
        raise Http404("그런 부서가 없습니다.")
    path = DrilldownPath.from_query(request.GET)
    figures = BudgetFigure.objects.of_newest(sources_in_force(snapshot))
    figures = figures.of_department(department).within(path.chosen)
    title = " ".join(filter(None, [name_text(department), path.name]))
    if request.GET.get("download") == "lines" and not snapshot.error:
        return lines_file(request, f"{title} 세출 내역", figures, summary.as_of, row)
    page = Paginator(figures, LINES_PER_PAGE).get_page(request.GET.get("page"))
    if path.chosen and not page.paginator.count:
        raise Http404("그런 사업이 없습니다.")
    pace, told = summary.pace_of(row), execution.told_earlier(snapshot)
    executed = last_execution.executed_figures(row, figures, told, path.chosen)
    context = {
        "department": department,
        "summary": summary,
        "row": row,
        "budget": summary.figures(row),
        "page": page,
        "place": path,
        "path": [(name, _drilldown_url(snapshot, slug, chosen)) for name, chosen in path.path],
        "pace": pace and pace * 100,
        "lead": (path.chosen and drilldown.path_lead(path, figures, pace, executed))
        or sentences.department_lead(summary, row),
    }
    notes = last_execution.fill_lines(shown := list(page.object_list), snapshot, row, told, summary.as_of)
    tables = [lines.lines_table(department, shown, summary.as_of, notes)]
    for level in figures.levels_named(path.levels_below)[:1]:
        sums = drilldown.sums(figures, level, executed)
        tables.append(_programmes(snapshot, title, level, sums, path, row))
        context |= {"level": drilldown.LEVELS[level], "level_sentence": drilldown.sentence(level, sums, pace)}
    return render_page(request, "budgets/lines.html", context, tables)


def _programmes(snapshot: Snapshot, title, level, sums, path, row):
    """The table of a department's row, or of what is chosen of it."""
    urls = {part.name: _drilldown_url(snapshot, row.slug, path.below(level, part.name)) for part in sums}
    summary = execution.summary(snapshot)
    return drilldown.programmes_table(title, level, sums, summary, urls, row, not path.chosen)


def _drilldown_url(snapshot: Snapshot, slug, chosen):
    """Empty names too, for a programme without a name is a place."""
    return f"{reverse('budgets:lines', args=[slug])}?{urlencode({**snapshot.query, **chosen})}"
