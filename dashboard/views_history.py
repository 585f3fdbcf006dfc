from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from core.access.scope import access_scope
from core.audit import acts
from core.audit.changes import changes
from core.audit.recording import change_reason
from core.bureau_names import note_present
from core.models import ChangeRecord
from core.pages import render_page, require_export
from seoul_digital.lib.typed_text import TextTooLongError, line_from

from . import history_filters, history_page

CHANGES_ON_A_PAGE = 50  # of one act
ACTS_ON_A_PAGE = 25
TEMPLATE = "history/history.html"


def index(request):
    """The changes of all that the user may see in admin: of drafts too, which is why those who only read are not let in."""
    if not request.user.is_staff:
        raise PermissionDenied
    choice = history_filters.choice_from(request.GET, request.user)
    records = history_filters.chosen_records(choice, request.user)
    if "download" in request.GET:
        require_export(request)
        found = changes(records[: history_page.MOST_LINES])
        return render_page(request, TEMPLATE, {}, [history_page.changes_table(found, records.count())])
    return render_page(request, TEMPLATE, _context(request, choice, records))


def _context(request: HttpRequest, choice: history_filters.HistoryChoice, records: Any) -> dict[str, Any]:
    """A row an act; of the one act that is asked for, every change."""
    if choice.before:
        records = (acts.older_than if choice.act else acts.of_older_acts)(records, choice.before)
    newest = acts.NewestRecords.of(records)
    listed: Any = newest.keys if choice.act else newest.acts
    page = Paginator(listed, CHANGES_ON_A_PAGE if choice.act else ACTS_ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    of_page = [] if choice.act else newest.recorded(list(page))
    shown = (
        newest.in_order(list(page)) if choice.act else [record for act in of_page for record in act.records]
    )
    snapshot: Any = request.snapshot  # type: ignore[attr-defined]
    if shown:
        note_present(snapshot.bureaus)  # which the snapshot asks for in any case
    found = changes(shown)
    entries = history_page.entries(found, snapshot, request.user)
    leads = (
        history_page.older_lead(choice.before)
        if choice.before
        else history_page.lead(
            len(newest.rows), found[0] if found and page.number == 1 else None, choice.is_any, newest.is_cut
        )
    )
    return {
        "choice": choice,
        "most_lines": history_page.MOST_LINES,
        "page": page,
        "newest": newest,
        "last": newest.keys[-1] if newest.is_cut else None,
        "leads": choice.errors or leads,
        "entries": entries,
        "acts": history_page.act_rows(of_page, entries),
    }


def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, and on POST puts all back that was deleted together with an object."""
    user: Any = request.user
    record = get_object_or_404(ChangeRecord, pk=pk, kind=ChangeRecord.Kind.DELETED)
    if not user.is_staff or not history_filters.visible_records(user).filter(pk=pk).exists():
        raise PermissionDenied
    deleted = acts.deleted_with(record)
    if not all(access_scope(user).has(deletion.model_class, "add") for deletion in deleted):
        raise PermissionDenied
    if not deleted:
        raise Http404("함께 지운 것이 모두 이미 되돌아와 있습니다.")
    if request.method == "POST":
        _take_back(request, record)
        return redirect(request.snapshot.url("history"))  # type: ignore[attr-defined]
    counts = Counter(str(deletion.model_class._meta.verbose_name) for deletion in deleted)
    context = {"record": record, "total": len(deleted), "counts": counts.most_common()}
    return render_page(request, "history/take_back.html", context)


def _take_back(request: HttpRequest, record: ChangeRecord) -> None:
    try:
        with change_reason(f"함께 지운 것을 되돌림. {line_from(request.POST, 'reason')}"):
            number = acts.take_back(record, request.user)
    except TextTooLongError as error:
        messages.error(request, str(error))
    except ValidationError as error:
        problem = " ".join(error.messages)
        messages.error(request, f"되돌리지 못했습니다. 아무것도 바꾸지 않았습니다. {problem}")
    else:
        messages.success(request, f"함께 지운 {number:,}건을 되돌렸습니다.")
