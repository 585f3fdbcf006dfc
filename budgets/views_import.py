"""Imports of finance files: upload, progress, preview of changes, putting in force, withdrawal."""

from contextlib import suppress

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from core.pages import render_page
from core.tasks.state import is_unattended, progress_of
from seoul_digital.gates import UPLOADS
from seoul_digital.lib.file_errors import FileRefused, Problem
from seoul_digital.lib.gate import CrowdedError
from seoul_digital.lib.hangul import quoted
from seoul_digital.lib.typed_text import TextTooLongError, line_from
from seoul_digital.lib.upload_validation import check_name

from .imports import file_limits, jobs, line_identity, mapping_questions
from .imports import report as reports
from .imports import tables as import_tables
from .imports.bureaus import allowed_bureaus
from .imports.comparison import CHANGES, Comparison
from .imports.forms import BudgetUploadForm
from .imports.sandbox.upload_check import check_upload
from .models import BudgetImport

ADD_UNIT = "departments.add_department"
MAY = "budgets.add_budgetimport"
WAIT = 4  # seconds that an upload waits for its file to be read; then the page shows how far it is
PER_PAGE = 50
MOST_DOWNLOADED = 10_000
UNREADABLE, UNAVAILABLE = 422, 503
RETRY_AFTER = 60  # seconds
may_import = permission_required(MAY, raise_exception=True)


@may_import
def imports(request):
    form = BudgetUploadForm(
        request.user, request.snapshot.chosen, request.POST or None, request.FILES or None
    )
    if request.method == "POST" and form.is_valid():
        return _receive(request, form)
    shown = _imports_of(request.user)
    shown = shown.exclude(parent__in=shown.order_by().values("pk"))
    page = Paginator(shown.prefetch_related("parts__source"), PER_PAGE).get_page(request.GET.get("page"))
    table = import_tables.imports_table(
        page.object_list, lambda incoming: request.snapshot.url("budgets:import", incoming.pk)
    )
    context = {"form": form, "page": page}
    return render_page(
        request, "budgets/import/list.html", context, [table], status=UNREADABLE if form.errors else 200
    )


def _imports_of(user):
    """Those of the bureaus whose files the user may bring in."""
    allowed = allowed_bureaus(user)
    of_others = BudgetImport.objects.filter(parent=OuterRef("pk")).exclude(bureau__in=allowed)
    return BudgetImport.objects.filter(~Exists(of_others), bureau__in=allowed).newest_first()


def _receive(request, form):
    """Keep the file where every node finds it, under a name of our own; answer with its result or its progress."""
    uploaded = form.cleaned_data["file"]
    try:
        check_name(uploaded.name, uploaded.size)
        jobs.require_room()
        with jobs.path_of(uploaded) as path:
            with UPLOADS.entered():
                check_upload(path, uploaded.name)
            incoming = jobs.receive(form.target, uploaded, path, form.options(), request.user)
    except FileRefused as error:
        return _refused(request, uploaded.name, error.problems)
    return _awaited(request, incoming)


def _awaited(request, incoming):
    """With its result where that is soon there, but only while enough threads are left for others."""
    with suppress(CrowdedError), UPLOADS.room.place():
        jobs.read_uploaded.wait(incoming.pk, seconds=WAIT)
    incoming.refresh_from_db()
    if incoming.state in {BudgetImport.State.REFUSED, BudgetImport.State.ASKING}:
        return _shown(request, incoming)
    return redirect(request.snapshot.url("budgets:import", incoming.pk))


def _refused(request, name, problems):
    context = {"name": name[-200:], "said": [problem.sentence(name) for problem in problems]}
    is_passing = not set(problems).isdisjoint(jobs.PASSING)
    status = UNAVAILABLE if is_passing else UNREADABLE
    response = render_page(request, "budgets/import/refused.html", context, status=status)
    if is_passing:
        response["Retry-After"] = str(RETRY_AFTER)
    return response


@may_import
def import_(request, pk):
    return _shown(request, get_object_or_404(_imports_of(request.user), pk=pk))


def _shown(request, incoming):
    states = BudgetImport.State
    if incoming.state == states.READING:
        progress = progress_of(jobs.read_uploaded, incoming.pk)
        context = {"incoming": incoming, "progress": progress, "is_unattended": is_unattended()}
        return render_page(request, "budgets/import/reading.html", context)
    if incoming.state == states.ASKING:
        context = {
            "incoming": incoming,
            "said": reports.lines_of(incoming),
            **mapping_questions.questions(incoming),
        }
        context["may_create"] = context["of_bureaus"] and request.user.has_perm(ADD_UNIT)
        return render_page(request, "budgets/import/asking.html", context, status=UNREADABLE)
    if incoming.state == states.STAGED:
        return _preview(request, incoming)
    if incoming.state == states.SPLIT:
        return _preview_of_bureaus(request, incoming)
    problems = [Problem(**problem) for problem in incoming.report.get("problems", [])]
    if problems:
        return _refused(request, incoming.file_name, problems)
    return render_page(request, "budgets/import/discarded.html", {"incoming": incoming})


def _preview(request, incoming):
    """Show what the file changes, or changed when it came into force."""
    context = {
        "incoming": incoming,
        "as_of": incoming.source.as_of,
        "objection": incoming.report["objection"],
        "target": reports.target(incoming),
        "lead": reports.total_sentence(incoming.report),
        "cautions": reports.cautions(incoming),
        "programmes": line_identity.questions(incoming.report) if incoming.is_draft else [],
        "programmes_left": len(incoming.report.get("proposals", [])[line_identity.MOST_ASKED :]),
        "notices": reports.notices(incoming.report),
        "duplicate": jobs.find_duplicate(incoming) if incoming.is_draft else None,
        "outdated": incoming.is_draft and jobs.is_outdated(incoming),
        "limit_words": file_limits.words(incoming),
    }
    tables = [import_tables.groups_table(incoming)]
    if incoming.is_draft:
        counts, change = reports.totals(incoming.report), request.GET.get("change")
        if change not in CHANGES:
            change = next((name for name in CHANGES if counts[name]), "changed")
        comparison = Comparison.kept(incoming.source, incoming.report)
        page = Paginator(comparison.listed(change), PER_PAGE).get_page(request.GET.get("page"))
        shown = comparison.listed(change)[:MOST_DOWNLOADED] if "download" in request.GET else page.object_list
        tables.append(import_tables.changes_table(comparison, change, list(shown)))
        context |= {
            "page": page,
            "change": change,
            "changes": [(name, label, counts[name]) for name, label in CHANGES.items()],
        }
    return render_page(request, "budgets/import/preview.html", context, tables)


def _preview_of_bureaus(request, incoming):
    """Show what a file of many bureaus says of each of them."""
    parts = jobs.parts_of(incoming)
    objections = [part.report["objection"] for part in parts if part.report["objection"]]
    context = {
        "incoming": incoming,
        "as_of": parts[0].source.as_of,
        "unit": parts[0].source.unit,
        "objection": next(iter(objections), ""),
        "duplicate": jobs.find_duplicate(parts[0]) if incoming.is_draft else None,
        "bureaus_word": "확정하면 각 국의 총괄 자료가 됩니다. 국이 스스로 낸 자료는 그대로입니다.",
        "outdated": any(part.is_draft and jobs.is_outdated(part) for part in parts),
        "notices": [*reports.opening(incoming.report), *incoming.report["remarks"]],
        "lead": f"{incoming.report['fiscal_year']}년 총괄입니다. {len(parts)}개 실·국의 자료가 하나씩 {'됩니다' if incoming.is_draft else '되었습니다'}.",
    }
    table = import_tables.bureaus_table(parts, lambda part: request.snapshot.url("budgets:import", part.pk))
    return render_page(request, "budgets/import/bureaus.html", context, [table])


@may_import
def import_file(request, pk):
    """The file as it was uploaded, for those who may see all that is in it."""
    known = _imports_of(request.user)
    incoming = get_object_or_404(known, pk=pk)
    whole = get_object_or_404(known, pk=incoming.parent_id or pk)
    try:
        content = jobs.uploads().open(whole.token)
    except FileNotFoundError:
        messages.error(request, jobs.NO_FILE)
        return redirect(request.snapshot.url("budgets:import", pk))
    return FileResponse(
        content,
        as_attachment=True,
        filename=incoming.file_name,
        content_type="application/octet-stream",
    )


@require_POST
@may_import
def import_action(request, pk, action):
    incoming = get_object_or_404(_imports_of(request.user), pk=pk)
    if action not in ACTIONS:
        raise Http404("그런 일은 할 수 없습니다.")
    try:
        response = ACTIONS[action](request, incoming)
    except (jobs.ImportActionError, TextTooLongError) as error:
        messages.error(request, str(error))
        response = None
    return response or redirect(request.snapshot.url("budgets:import", pk))


def _put_in_force(request, incoming):
    jobs.put_in_force(incoming)
    is_of_bureaus = incoming.parent_id or incoming.parts.exists()
    messages.success(
        request,
        "확정했습니다. 국의 총괄 자료가 되었고, 국이 스스로 낸 자료는 그대로입니다."
        if is_of_bureaus
        else "확정했습니다. 이제 모든 화면이 이 자료로 보입니다.",
    )


def _with_words(act, field, missing, done):
    """What needs a person's words, which stand in the control of that name."""

    def handle(request, incoming):
        if not (words := line_from(request.POST, field)):
            raise jobs.ImportActionError(missing)
        act(incoming, words)
        messages.success(request, done)

    return handle


def _discard(request, incoming):
    jobs.discard(incoming)
    messages.success(request, f"{quoted(incoming.file_name, '을/를')} 버렸습니다. 바뀐 것은 없습니다.")
    return redirect(request.snapshot.url("budgets:imports"))


def _match_programmes(request, incoming):
    jobs.match_programmes(incoming, request.POST)
    messages.success(request, "사업을 이었습니다. 바뀌는 것을 다시 견주었습니다.")


def _answer_questions(request, incoming):
    """Names are explained, and the file is read again: once, however many answer at a time."""
    may_create = request.user.has_perm(ADD_UNIT)
    try:
        with transaction.atomic():
            incoming = jobs.lock_for_update(incoming)
            if incoming.state != BudgetImport.State.ASKING:
                raise jobs.ImportActionError("물음이 남은 파일만 다시 읽습니다.")
            if not jobs.uploads().exists(incoming.token):
                raise jobs.ImportActionError(jobs.NO_FILE)
            jobs.require_room()
            mapping_questions.answer(incoming, request.POST, may_create)
            jobs.begin_again(incoming)
    except FileRefused as error:
        raise jobs.ImportActionError(error.problems[0].message) from error
    return _awaited(request, incoming)


ACTIONS = {
    "force": _put_in_force,
    "withdraw": _with_words(
        jobs.withdraw,
        "reason",
        "철회하는 까닭을 적어 주십시오.",
        "철회했습니다. 그 앞의 자료가 다시 보입니다.",
    ),
    "discard": _discard,
    "limit": lambda request, incoming: jobs.set_file_limits(incoming, bool(request.POST.get("limited"))),
    "unit": _with_words(
        jobs.accept_unit, "words", "금액이 맞는 까닭을 적어 주십시오.", "단위가 맞다고 적어 두었습니다."
    ),
    "programmes": _match_programmes,
    "renew": lambda request, incoming: jobs.refresh_comparison(incoming),
    "explain": _answer_questions,
}
