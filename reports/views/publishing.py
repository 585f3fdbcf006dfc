"""Publishing an edition, and what was handed out of it: its page, document, files and what changed."""

import logging
from functools import partial

from django.contrib import messages
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from core.models import Source
from core.pages import render_page, require_export
from core.storage import opened, streamed
from departments.models import Department

from ..document import document_of
from ..edition_requests import deny_unless, get_edition_or_403, redirect_to
from ..editions import preparing, publishing, sources, workflow
from ..editions.changes.difference import changes_page
from ..editions.checklist.checklist import sign
from ..editions.edition_overview import part_url
from ..editions.forms import reason_from
from ..editions.published_report import published_edition
from ..editions.ready_documents import documents_state, find
from ..editions.snapshot import reports_of, snapshot_of
from ..editions.sources import EditionRefused
from ..editions.unit_actions import full_name
from ..formats import FORMATS, file_name
from ..models import Edition, PublishedFile
from ..render import html
from ..render.blocks import without_facts

NO_LONGER_READY = "그 사이 자료가 바뀌었거나 오래되어 그 인쇄본은 이제 없습니다. 아래에서 지금 것을 보십시오."
logger = logging.getLogger(__name__)


def publish(request, pk):
    """Asks, saying what will come into force and what is left; POST does it."""
    edition, access = get_edition_or_403(request, pk)
    deny_unless(access.may_publish)
    if edition.is_published:
        if request.method == "POST":
            messages.error(request, workflow.PUBLISHED)
        return redirect_to(request, "edition", pk)
    try:
        if request.method == "POST":
            publishing.publish(
                edition,
                user=request.user,
                version_token=request.POST.get("version_token", ""),
            )
            messages.success(request, "발행했습니다. 이 회차의 화면과 파일은 이제 바뀌지 않습니다.")
            return redirect_to(request, "edition", pk)
        proposal = publishing.proposal(edition)
    except EditionRefused as error:
        messages.error(request, str(error))
        return redirect_to(request, "publish" if request.method == "POST" else "edition", pk)
    prepared, checklist = proposal.prepared, proposal.prepared.checklist
    may_be_published = edition.state == Edition.State.REVIEW and not checklist.stops and checklist.is_signed
    refusal = publishing.fonts_refusal() if may_be_published else ""
    context = {
        "edition": edition,
        "access": access,
        "proposal": proposal,
        "collection": prepared.collection,
        "checklist": checklist,
        "refusal": refusal,
        "documents": preparing.asked_for(prepared) if may_be_published and not refusal else None,
        "mark": prepared.documents_mark,
    }
    return render_page(request, "reports/publish.html", context)


def prepared(request, pk):
    """How far the documents are that would be published (`?mark=`), for the page before publishing, which asks again and again."""
    edition, mark = _unpublished_or_404(request, pk), request.GET.get("mark", "")
    context = {"edition": edition, "mark": mark, "documents": documents_state(edition.pk, mark)}
    return render(request, "reports/_prepared.html", context)


def prepared_file(request, pk, extension):
    """The very file that publishing would hand out, for who may publish it; by the page that shows it, which says of what it is made (`?mark=`)."""
    edition = _unpublished_or_404(request, pk)
    require_export(request)
    ready = find(edition.pk, request.GET.get("mark", ""))
    stored = ready.stored.get(extension) if ready else None
    if stored is None:
        messages.error(request, NO_LONGER_READY)
        return redirect_to(request, "publish", pk)
    name = file_name(edition, extension, "발행 전 업무보고")
    logger.info(
        "%s looks at %s of edition %s (%s) before it is published",
        request.user.get_username(), name, edition.pk, edition,
    )  # fmt: skip
    return _sent(stored, name, FORMATS[extension].content_type, partial(opened, stored))


def _unpublished_or_404(request, pk):
    edition, access = get_edition_or_403(request, pk)
    deny_unless(access.may_publish)
    if edition.is_published:
        raise Http404("발행한 회차의 파일은 회차 화면에 있습니다.")
    return edition


def checklist(request, pk):
    """What stops publication, and what is seen and signed together; POST signs."""
    edition, access = get_edition_or_403(request, pk)
    deny_unless(access.may_preview)
    if edition.is_published:
        raise Http404("발행한 회차의 점검은 끝났습니다.")
    try:
        prepared = publishing.prepare(edition)
        if request.method == "POST":
            deny_unless(access.may_publish)
            token = request.POST.get("version_token", "")
            sign(edition, prepared.checklist, user=request.user, version_token=token)
            messages.success(
                request, "점검표에 서명했습니다. 목록이 바뀌지 않는 한 이대로 발행할 수 있습니다."
            )
            return redirect_to(request, "publish", pk)
    except EditionRefused as error:
        messages.error(request, str(error))
        return redirect_to(request, "checklist" if request.method == "POST" else "edition", pk)
    context = {
        "edition": edition,
        "access": access,
        "checklist": prepared.checklist,
        "errors": prepared.errors,
        "unconfirmed": [
            (cell, part_url(edition, cell.place), full_name(cell)) for cell in prepared.collection.unconfirmed
        ],
    }
    return render_page(request, "reports/checklist.html", context)


@require_POST
def source(request, pk, source):
    """A draft is taken into the edition, or out of it."""
    edition, access = get_edition_or_403(request, pk)
    draft = get_object_or_404(Source.objects.select_related("bureau"), pk=source, bureau=edition.bureau_id)
    deny_unless(access.is_planner and access.may_change(draft))
    try:
        with workflow.lock_for_update(edition) as now:
            if request.POST.get("action") == "out":
                sources.take_out(now, draft, reason=reason_from(request.POST), user=request.user)
                messages.success(request, f"‘{draft}’ 초안을 이 회차에서 뺐습니다.")
            elif draft not in sources.outside(now, snapshot_of(now).executed_after):
                raise EditionRefused(sources.NOT_WAITING)
            else:
                sources.take_in(now, draft, user=request.user)
                messages.success(request, f"‘{draft}’ 초안을 이 회차에 넣었습니다. 발행하면 함께 확정됩니다.")
    except EditionRefused as error:
        messages.error(request, str(error))
    return redirect_to(request, "publish" if access.may_publish else "edition", pk)


def document(request, pk):
    """The report as a document: as it was handed out or, for those who put it together, as it stands."""
    edition, access = get_edition_or_403(request, pk)
    if edition.is_published:
        body = published_edition(edition).site_body(request.snapshot)
        return render_page(request, "reports/document.html", {"edition": edition, "body": body})
    deny_unless(access.may_preview)
    snapshot = snapshot_of(edition)
    if snapshot.is_empty:
        raise Http404(publishing.EMPTY)
    body = html.body(without_facts(document_of(*reports_of(edition, snapshot))))
    return render_page(request, "reports/document.html", {"edition": edition, "body": body, "is_draft": True})


def file(request, pk, extension):
    """A published file, byte for byte as it was handed out."""
    edition, _ = get_edition_or_403(request, pk)
    require_export(request)
    kept = get_object_or_404(PublishedFile, published_report__edition=edition, extension=extension)
    logger.info(
        "%s takes out %s of edition %s (%s)", request.user.get_username(), kept.name, edition.pk, edition
    )
    return _sent(kept, kept.name, kept.content_type, kept.open)


def _sent(file, name, content_type, open_):
    headers = {
        "Content-Type": content_type,
        "Content-Disposition": content_disposition_header(True, name),
        "Content-Length": str(file.size),
        "ETag": f'"{file.sha256}"',
    }
    # Held against its hash before anything of it is sent.
    return StreamingHttpResponse(streamed(open_()), headers=headers)


def changes(request, pk):
    """What changed since the report before, or since another edition (`?with=`)."""
    edition, access = get_edition_or_403(request, pk)
    deny_unless(edition.is_published or access.may_preview)
    # Published editions of the bureau and of those that it came from.
    known = Edition.objects.of_bureaus(Department.objects.lineage_of(edition.bureau)).published()
    others = list(known.exclude(pk=edition.pk).newest_first())
    other = next((other for other in others if str(other.pk) == request.GET.get("with", "")), None)
    report, before = _reports(edition)
    if other:
        before = published_edition(other).report
        report, before = (before, report) if before.as_of > report.as_of else (report, before)
    page = changes_page(before, report, edition.is_published) if before else None
    context = {"edition": edition, "access": access, "others": others, "other": other, "page": page}
    return render_page(
        request,
        "reports/changes.html",
        context,
        page.tables if page else [],
        workbook="지난 보고 대비 변경사항",
    )


def _reports(edition):
    if edition.is_published:
        copy = published_edition(edition)
        return copy.report, copy.before
    snapshot = snapshot_of(edition)
    if snapshot.is_empty:
        raise Http404(publishing.EMPTY)
    return reports_of(edition, snapshot)
