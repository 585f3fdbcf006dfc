"""Editions: the list, a new one, the overview of one that is being collected, and what is done there."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.views.decorators.http import require_POST

from core.pages import render_page
from departments.models import Department

from ..edition_requests import deny_unless, edition_address, get_edition_or_403, redirect_to
from ..editions import edition_overview, reminders, words, workflow
from ..editions.access import Access
from ..editions.changes.difference import changes_page
from ..editions.changes.edited_since import edited_since_publication
from ..editions.collection import collection_of
from ..editions.forms import EditionForm, NewEditionForm, reason_from
from ..editions.opening import open_edition, unpublished_before
from ..editions.parts import lacking_words
from ..editions.people import staff_by_unit
from ..editions.published_report import published_edition
from ..editions.sources import EditionRefused
from ..models import Edition

UNREADABLE = 422
EVENTS_ON_A_PAGE = 100


def index(request):
    """Every edition of the bureau read, and of those that it came from."""
    bureau = request.snapshot.chosen
    access = Access(request.user, bureau)
    editions = Edition.objects.none()
    if bureau:
        editions = (
            Edition.objects.of_bureaus(Department.objects.lineage_of(bureau)).with_counts().newest_first()
        )
        editions = editions if access.sees_unpublished else editions.published()
    table = words.editions_table(
        editions, lambda edition: request.snapshot.url("reports:edition", edition.pk)
    )
    return render_page(request, "reports/list.html", {"access": access}, [table])


def new(request):
    access = Access(request.user, request.snapshot.chosen)
    deny_unless(access.may_open)
    if request.snapshot.chosen is None:
        raise Http404("국·정책관의 자료가 아직 없습니다.")
    form = NewEditionForm(request.POST or None, initial={"title": f"{request.snapshot.chosen.name} 업무보고"})
    if form.is_valid() and (edition := _opened(request, form)):
        return redirect_to(request, "edition", edition.pk)
    return render_page(request, "reports/new.html", {"form": form}, status=UNREADABLE if form.errors else 200)


def _opened(request, form):
    try:
        edition, drafts = open_edition(bureau=request.snapshot.chosen, user=request.user, **form.cleaned_data)
    except (ValidationError, EditionRefused) as error:
        form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        return None
    begun = edition.edition_sources.filter(is_new=True).count()
    counts = {"지난 자료를 이어받은": len(drafts) - begun, "처음 쓰는 빈": begun}
    made = ", ".join(f"{words} 초안 {number}건" for words, number in counts.items() if number)
    messages.success(
        request,
        f"회차를 열고, {made}을 만들었습니다."
        if made
        else "회차를 열었습니다. 이 기준일의 자료가 이미 있어 이어받은 것은 없습니다.",
    )
    if earlier := unpublished_before(edition):
        messages.warning(
            request, f"‘{earlier}’ 회차를 아직 발행하지 않아, 그 회차의 초안은 이어받지 않았습니다."
        )
    return edition


def edition(request, pk):
    """The overview, or of a published edition what was handed out."""
    one, access = get_edition_or_403(request, pk)
    return _handed_out(request, one, access) if one.is_published else _collected(request, one, access)


def _handed_out(request, edition, access):
    copy = published_edition(edition)
    page = changes_page(copy.before, copy.report) if copy.before else None
    context = {"edition": edition, "access": access, "copy": copy, "page": page}
    return render_page(request, "reports/published.html", context, [page.summary] if page else [])


def _collected(request, edition, access):
    """The overview of an edition that is not published."""
    collection = collection_of(edition)
    staff, lines = (
        staff_by_unit(collection),
        edition_overview.event_lines(
            edition_overview.events_of(edition)[: edition_overview.EVENTS_SHOWN + 1]
        ),
    )
    context = {
        "edition": edition,
        "access": access,
        "collection": collection,
        "leads": words.lead(collection),
        "countdown": words.countdown(edition),
        "tiles": words.tiles(collection),
        "columns": list(edition_overview.columns().values()),
        "rows": edition_overview.shown_rows(collection, access),
        "missing": edition_overview.missing_rows(collection, staff, access),
        "has_mail_server": reminders.has_mail_server(),
        "reminder_text": reminders.text_to_copy(collection, staff, edition_address(request, edition.pk))
        if access.is_planner and edition.takes_parts
        else "",
        "lacking": lacking_words(collection.snapshot),
        "stages": edition_overview.stages(edition),
        "next_stage": edition_overview.next_stage(edition),
        "earlier_stages": edition_overview.earlier_stages(edition),
        "events": lines[: edition_overview.EVENTS_SHOWN],
        "has_more": len(lines) > edition_overview.EVENTS_SHOWN,
        "edited": edited_since_publication(edition.bureau, request.snapshot) if access.is_planner else None,
    }
    return render_page(request, "reports/edition.html", context)


def events(request, pk):
    """All that was done with the edition, for those who work on it."""
    edition, access = get_edition_or_403(request, pk)
    deny_unless(access.sees_unpublished)
    page = Paginator(edition_overview.events_of(edition), EVENTS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "edition": edition,
        "access": access,
        "page": page,
        "events": edition_overview.event_lines(page),
    }
    return render_page(request, "reports/events.html", context)


def edit(request, pk):
    """Title, session and deadline."""
    edition, access = get_edition_or_403(request, pk)
    deny_unless(access.is_planner and not edition.is_published)
    given = {name: getattr(edition, name) for name in EditionForm.base_fields}
    form = EditionForm(request.POST or None, initial=given, as_of=edition.as_of)
    if form.is_valid() and _edited(request, edition, form):
        return redirect_to(request, "edition", pk)
    edition.refresh_from_db()  # as it is now, where somebody else was faster
    context = {
        "edition": edition,
        "access": access,
        "form": form,
        "version_token": workflow.token_of(edition),
    }
    return render_page(request, "reports/edit.html", context, status=UNREADABLE if form.errors else 200)


def _edited(request, edition, form):
    try:
        if workflow.edit(
            edition,
            user=request.user,
            version_token=request.POST.get("version_token", ""),
            **form.cleaned_data,
        ):
            messages.success(request, "회차를 고쳤습니다.")
    except (ValidationError, EditionRefused) as error:
        form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        return False
    return True


@require_POST
def change_state(request, pk):
    edition, access = get_edition_or_403(request, pk)
    deny_unless(access.is_planner)
    try:
        workflow.change_state(
            edition, request.POST.get("state", ""), user=request.user, reason=reason_from(request.POST)
        )
        messages.success(request, "단계를 바꾸었습니다.")
    except EditionRefused as error:
        messages.error(request, str(error))
    return redirect_to(request, "edition", pk)


@require_POST
def delete_edition(request, pk):
    edition, access = get_edition_or_403(request, pk)
    deny_unless(access.may_delete)
    try:
        workflow.delete_edition(edition)
    except EditionRefused as error:
        messages.error(request, str(error))
        return redirect_to(request, "edition", pk)
    messages.success(
        request,
        f"‘{edition}’ 회차를 지웠습니다. 초안은 그대로 있으니 쓰지 않을 것은 관리 화면에서 지우십시오.",
    )
    return redirect_to(request, "list")
