from django.http import HttpRequest, HttpResponse

from core.pages import render_page
from core.remembered.pages import remembered_page

from .cross_tab.filters import CrossTabFilters
from .cross_tab.page import IN_FILE, ON_PAGE, cross_tab_page


@remembered_page
def cross_tab(request: HttpRequest) -> HttpResponse:
    snapshot = request.snapshot
    filters = CrossTabFilters.from_query(request.GET, snapshot.as_of)
    page = cross_tab_page(snapshot, filters, IN_FILE if "download" in request.GET else ON_PAGE)
    tables, figures = ([page.table], [page.chart]) if page else ([], [])
    context = {"filters": filters, "page": page}
    return render_page(request, "budgets/cross_tab.html", context, tables, figures, workbook="세출 교차표")
