import logging

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from core.pages import render_page, require_export
from core.remembered.pages import remembered_page
from seoul_digital.gates import FILES

from ..assembly import reports_of, reports_version
from ..formats import FORMATS, file_name
from ..render import html
from ..site.site_document import site_document

logger = logging.getLogger(__name__)


@remembered_page
def live(request):
    """The whole report on the date read, as a document; with `?format=pdf` as a file, which `open` shows instead of saving it."""
    snapshot = request.snapshot
    asked = request.GET.get("format", "")
    if asked:
        require_export(request)
    if snapshot.error or snapshot.is_empty:
        return render_page(request, "document/document.html", {})
    if asked:
        return _file(request, asked)
    document = site_document(snapshot).document
    return render_page(request, "document/document.html", {"document": document, "body": html.body(document)})


def _file(request, asked):
    if asked not in FORMATS:
        raise Http404("그런 형식의 파일은 없습니다.")
    snapshot = request.snapshot

    def make():
        report, before = reports_of(snapshot)
        return file_name(report, asked), FORMATS[asked].write(report, before)

    name, content = FILES.once((asked, *reports_version(snapshot)), make)
    logger.info("%s takes out %s (%s)", request.user.get_username(), name, snapshot.as_of)
    headers = {
        "Content-Type": FORMATS[asked].content_type,
        "Content-Disposition": content_disposition_header("open" not in request.GET, name),
    }
    return HttpResponse(content, headers=headers)
