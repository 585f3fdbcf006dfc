"""Whether what was written stands as it was written, and whether a file is what was published."""

from itertools import islice
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from core.audit import seals, seen_end
from core.audit.verification import verify
from core.pages import render_page
from seoul_digital.gates import FILES

from ..edition_requests import deny_unless
from ..verification.published_files import identify

MOST_SHOWN = 200
NO_FILE = "파일을 고르지 않았습니다. 확인할 파일을 고르십시오."
EMPTY = "빈 파일입니다. 내려받다가 끊긴 것이면 다시 내려받아 확인하십시오."


def records(request: HttpRequest) -> HttpResponse:
    """For administrators: asks, and on POST looks through everything, as `manage.py verify` does."""
    deny_unless(request.user.has_perm("departments.change_user"))
    context: dict[str, Any] = {"most": MOST_SHOWN, "results": None}
    if request.method == "POST":
        with FILES.entered():
            context["cut"] = seen_end.missing()
            context["results"] = [
                (verified, list(islice(discrepancies, MOST_SHOWN))) for verified, discrepancies in verify()
            ]
            context["head"] = end = seals.link()
            if not any(found for _, found in context["results"]):
                seen_end.write([end.position, end.value])
    return render_page(request, "verification/records.html", context)


def file(request: HttpRequest) -> HttpResponse:
    """Takes a file and says whether it is one that was published; it is not kept."""
    upload = request.FILES.get("file")
    context: dict[str, Any] = {}
    if upload and upload.size:
        context = {"name": upload.name, "identified": identify(upload)}
    elif request.method == "POST":
        messages.error(request, EMPTY if upload else NO_FILE)
    status = 400 if request.method == "POST" and not context else 200
    return render_page(request, "verification/file.html", context, status=status)
