from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator

from core.audit.changes import changes
from core.pages import render_page, require_export

from . import history_filters, history_page

CHANGES_ON_A_PAGE = 50


def index(request):
    """The changes of all that the user may see in admin: of drafts too, which is why those who only read are not let in."""
    if not request.user.is_staff:
        raise PermissionDenied
    if is_file := "download" in request.GET:
        require_export(request)
    choice = history_filters.choice_from(request.GET, request.user)
    records = history_filters.chosen_records(choice, request.user)
    page = Paginator(records, CHANGES_ON_A_PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    found = changes(records[: history_page.MOST_LINES] if is_file else page)
    newest = found[0] if found and page.number == 1 else None
    context = {
        "choice": choice,
        "most_lines": history_page.MOST_LINES,
        "page": page,
        "leads": choice.errors or history_page.lead(count, newest, choice.is_any),
        "entries": [] if is_file else history_page.entries(found, request.snapshot, request.user),
    }
    tables = [history_page.changes_table(found, count)]
    return render_page(request, "history/history.html", context, tables)
