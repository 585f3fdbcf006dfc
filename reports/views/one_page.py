"""The report on one A3 sheet: looked at, and taken out as PDF, SVG or PNG."""

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from core.data_version import Memory
from core.pages import render_page, require_export
from core.remembered.pages import remembered_page
from seoul_digital.gates import FILES

from ..assembly import assemble, reports_version
from ..formats import file_name
from ..one_page.files import KINDS, draw
from ..one_page.sheet import OnePage, sheet_of

logger = logging.getLogger(__name__)
_remembered: Memory[OnePage] = Memory(4)


@remembered_page
def page(request: HttpRequest) -> HttpResponse:
    snapshot = request.snapshot  # type: ignore[attr-defined]
    kind = request.GET.get("format", "")
    if kind:
        require_export(request)
    if snapshot.error or snapshot.is_empty:
        return render_page(request, "document/one_page.html", {})
    if kind:
        return _file(request, kind)
    sheet = _remembered.once(snapshot, lambda asked: sheet_of(assemble(asked)), reports_version(snapshot))
    return render_page(request, "document/one_page.html", {"sheet": sheet})


def picture(request: HttpRequest) -> HttpResponse:
    """What the page shows; whoever may read it may see it."""
    snapshot = request.snapshot  # type: ignore[attr-defined]
    if snapshot.error or snapshot.is_empty:
        raise Http404("그릴 자료가 없습니다.")
    _, content = _drawn(snapshot, "svg")
    return HttpResponse(content, content_type=KINDS["svg"])


def _file(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in KINDS:
        raise Http404("그런 형식의 파일은 없습니다.")
    snapshot = request.snapshot  # type: ignore[attr-defined]
    name, content = _drawn(snapshot, kind)
    logger.info("%s takes out %s (%s)", request.user.get_username(), name, snapshot.as_of)
    headers = {"Content-Type": KINDS[kind], "Content-Disposition": content_disposition_header(True, name)}
    return HttpResponse(content, headers=headers)


def _drawn(snapshot, kind):
    def make():
        report = assemble(snapshot)
        return file_name(report, kind, "업무보고 한 장"), draw(sheet_of(report), kind)

    return FILES.once(("one-page", kind, *reports_version(snapshot)), make)
