"""Whether what was written stands as it was written, and whether a file is what was published."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from core.audit.verify_task import MOST_KEPT, last_failure, last_look, verify_records
from core.pages import render_page
from core.tasks.backend import QueueFull
from core.tasks.state import is_unattended

from ..edition_requests import deny_unless, redirect_to
from ..verification.published_files import identify

NO_FILE = "파일을 고르지 않았습니다. 확인할 파일을 고르십시오."
EMPTY = "빈 파일입니다. 내려받다가 끊긴 것이면 다시 내려받아 확인하십시오."


def records(request: HttpRequest) -> HttpResponse:
    """For administrators: what the last look through everything found; POST has a worker look again, as `manage.py verify` does."""
    deny_unless(request.user.has_perm("departments.change_user"))
    if request.method == "POST":
        with suppress(QueueFull):  # somebody has asked for it already
            if not verify_records.unfinished().exists():
                verify_records.enqueue()
        return redirect_to(request, "verify")
    is_looking = verify_records.unfinished().exists()
    context = {
        "last": last_look(),
        "failure": last_failure(),
        "most": MOST_KEPT,
        "is_looking": is_looking,
        "is_unattended": is_unattended(),
    }
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
