from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator

from departments.changes import changes
from departments.pages import render_page

from . import history, history_page

CHANGES_ON_A_PAGE = 50


def index(request):
    """The changes of everything, for staff."""
    if not request.user.is_staff:
        raise PermissionDenied
    choice = history.choice_from(request.GET)
    rows = history.chosen_rows(choice)
    page = Paginator(rows, CHANGES_ON_A_PAGE).get_page(request.GET.get("page"))
    count, is_file = page.paginator.count, "download" in request.GET
    found = changes([row[:2] for row in (rows[: history_page.MOST_LINES] if is_file else page)])
    newest = found[0] if found and page.number == 1 else None
    context = {
        "choice": choice,
        "most_lines": history_page.MOST_LINES,
        "page": page,
        "leads": choice.errors or history_page.lead(count, newest, choice.is_any),
        "entries": [] if is_file else history_page.entries(found, request.reading, request.user),
    }
    tables = [history_page.changes_table(found, count)]
    return render_page(request, "history/history.html", context, tables)
