"""The parts of an edition: one part's page, the open findings, who is missing, and the reminders."""

from django.contrib import messages
from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_tasks_db.models import DBTaskResult

from core.edit_conflicts.form_data import is_key
from core.models import TaskWorker
from core.pages import render_page, require_export, table_file

from .. import findings
from ..edition_requests import deny_unless, edition_address, get_edition_or_403, redirect_to
from ..editions import edition_overview, reminders, words, workflow
from ..editions.changes.difference import section_of
from ..editions.changes.held_list import held_lists
from ..editions.collection import collection_of
from ..editions.contents import texts_of
from ..editions.forms import note_from
from ..editions.part import WHOLE
from ..editions.people import candidates, staff_by_unit
from ..editions.snapshot import reported_sources
from ..editions.sources import EditionRefused
from ..numbers.page import asked_count, row_views
from ..numbers.parts import NOT_DECIDED, asked_of
from ..render.fonts import missing_glyphs

WAIT = 4  # seconds that who sends reminders waits to hear what came of it
UNDER_WAY = "독려 메일을 보내고 있습니다. 다 보내면 누구에게 보냈는지 이 회차의 경과에 적힙니다."
NO_WORKER = "독려 메일이 차례를 기다리고 있지만, 보낼 프로그램이 지금 보이지 않습니다. 관리자에게 알려 주십시오(manage.py worker)."


def part(request, pk, unit, part, project=None):
    """One part: how far it is, what it says otherwise than last time, what may be done."""
    edition, access = get_edition_or_403(request, pk)
    if edition.is_published:
        raise Http404("발행한 회차의 취합은 끝났습니다.")
    collection = collection_of(edition)
    row, cell = _find(collection, unit, part, project)
    if request.method == "POST":
        _act(request, collection, access, cell)
        return (
            redirect_to(request, "edition", pk)
            if request.POST.get("back") == "grid"
            else to_part(request, edition, cell)
        )
    section, context = _context(request, edition, access, collection, row, cell)
    return render_page(request, "reports/part.html", context, section.tables if section else [])


def _context(request, edition, access, collection, row, cell):
    """The section with its tables, None where one may not look into it; and what the page shows."""
    place = cell.place
    may_look = access.may_look_into(place.department.pk)
    section = section_of(edition, collection.snapshot, place) if may_look else None
    asked = asked_of(collection, cell)
    only = {"department": place.department, "part": place.part, "project": place.project}
    return section, {
        "edition": edition,
        "access": access,
        "row": row,
        "shown": edition_overview.shown_cell(cell, edition, access),
        "cell": cell,
        "may_return": edition.takes_parts and access.is_planner and cell.stored in {"submitted", "confirmed"},
        "may_confirm_in_place": edition.takes_parts
        and access.is_planner
        and not cell.is_confirmed
        and cell.stored != "submitted",
        "may_look": may_look,
        "may_keep": access.may_edit(place.model, place.department.pk),
        "section": section,
        "held": held_lists(edition, collection.snapshot, [place])[place.key] if may_look else None,
        "numbers": row_views(request, collection.snapshot, asked, is_draft=True) if may_look else [],
        "asked": asked_count(asked),
        "missing_glyphs": missing_glyphs(
            texts_of(reported_sources(collection.snapshot), {*place.watched, (place.part, WHOLE)})
        )
        if may_look
        else "",
        "candidates": candidates(collection, cell.owner) if access.is_planner else [],
        "events": edition_overview.event_lines(edition_overview.events_of(edition, **only)),
    }


def to_part(request, edition, cell):
    place = cell.place
    subject = [place.project.slug] if place.project else []
    return redirect_to(request, "part", edition.pk, place.department.slug, place.part, *subject)


def _find(collection, unit, part, project):
    for row in collection.rows:
        for cell in row.cells:
            place = cell.place
            if (place.department.slug, place.part, place.project and place.project.slug) == (
                unit,
                part,
                project,
            ):
                return row, cell
    raise Http404("이 회차에 그런 부분이 없습니다.")


ACTIONS = {
    "submit": workflow.submit,
    "confirm": workflow.confirm,
    "confirm_in_place": workflow.confirm_in_place,
    "return": workflow.send_back,
}


def _act(request, collection, access, cell):
    edition = collection.edition
    action = request.POST.get("action", "")
    place = cell.place
    unit = place.department.pk
    allowed = {"submit": access.may_submit, "keep": access.may_edit}.get(action)
    deny_unless(allowed(place.model, unit) if allowed else access.is_planner)
    token = request.POST.get("version_token")
    try:
        if action != "keep" and token is None:
            raise EditionRefused(workflow.UNSHOWN)
        if action == "owner":
            owner = _chosen(request, collection)
            workflow.assign_owner(edition, cell, owner, user=request.user, version_token=token)
            messages.success(request, "맡은 사람을 바꾸었습니다.")
        elif action == "keep":
            kept = workflow.keep_values(edition, cell, request.POST.getlist("value"), user=request.user)
            messages.success(request, f"지난 값 {kept}개를 유지합니다.")
        elif action in ACTIONS:
            note = note_from(request.POST)
            ACTIONS[action](edition, cell, user=request.user, note=note, version_token=token)
            messages.success(request, f"‘{cell.place.department.name} {cell.place.label}’ {DONE[action]}")
            if action == "submit" and (asked := asked_count(asked_of(collection, cell))):
                messages.warning(request, NOT_DECIDED.format(asked))
        else:
            raise Http404("그런 일은 할 수 없습니다.")
    except EditionRefused as error:
        messages.error(request, str(error))


DONE = {
    "submit": "부분을 제출했습니다.",
    "confirm": "부분을 확인했습니다.",
    "confirm_in_place": "부분을 대신 확인했습니다.",
    "return": "부분을 반려했습니다.",
}


def _chosen(request, collection):
    key = request.POST.get("owner", "")
    if not key:
        return None
    user = candidates(collection).filter(pk=key).first() if is_key(key) else None
    if user is None:
        raise EditionRefused("고른 사람이 없거나, 이 국·정책관의 부분을 맡을 수 없는 사람입니다.")
    return user


def edition_findings(request, pk):
    """What does not agree in the edition's figures, drafts included; POST explains one of them."""
    edition, access = get_edition_or_403(request, pk)
    if edition.is_published:
        raise Http404("발행한 회차의 점검은 끝났습니다.")
    collection = collection_of(edition)
    if request.method == "POST":
        deny_unless(access.may_explain)
        _explain(request, collection)
        return redirect_to(request, "findings", pk)
    asked = request.GET.get("department", "")
    rows = [row for row in collection.rows if row.findings and asked in ("", row.department.slug)]
    rows = [row for row in rows if access.may_look_into(row.department.pk)]
    context = {
        "edition": edition,
        "access": access,
        "rows": rows,
        "asked": asked,
        "left": collection.errors,
    }
    context |= {"may_explain": access.may_explain, "explain_url": reverse("reports:findings", args=[pk])}
    return render_page(request, "reports/findings.html", context)


def _explain(request, collection):
    try:
        explained = findings.explain(
            collection.snapshot.chosen, collection.findings, request.POST, request.user
        )
        if explained is None:
            raise Http404("그런 점검 결과가 없습니다.")
        messages.success(
            request, f"‘{explained.subject}’에 설명을 달았습니다. 숫자가 바뀌면 다시 나타납니다."
        )
    except findings.NotExplainedError as error:
        messages.error(request, str(error))


def missing(request, pk):
    """Who has not delivered, as a workbook."""
    edition, _ = get_edition_or_403(request, pk)
    require_export(request)
    if edition.is_published:
        raise Http404("발행한 회차에는 들어오지 않은 부분이 없습니다.")
    collection = collection_of(edition)
    return table_file(request.snapshot, words.missing_table(collection, staff_by_unit(collection)), "xlsx")


@require_POST
def remind(request, pk):
    edition, access = get_edition_or_403(request, pk)
    deny_unless(access.is_planner)
    try:
        reminders.require_collecting(edition)
        result = _reminded(edition.pk, edition_address(request, pk), request.user.pk)
    except EditionRefused as error:
        messages.error(request, str(error))
        return redirect_to(request, "edition", pk)
    if result is None:
        messages.info(request, UNDER_WAY if TaskWorker.objects.living().exists() else NO_WORKER)
    for sentence in result["sentences"] if result else []:
        (messages.error if result["failed"] else messages.info)(request, sentence)
    return redirect_to(request, "edition", pk)


def _reminded(*given):
    """What came of it, where a worker does it soon; else None. Raises EditionRefused."""
    key = reminders.request_reminders(*given)
    if not reminders.send_reminders.wait(*given, seconds=WAIT):
        return None
    return DBTaskResult.objects.values_list("return_value", flat=True).get(pk=key)
