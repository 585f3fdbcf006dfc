"""A database that somebody else holds for too long: a page that says so (503), and nothing half written."""

import sys

from django.db import OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.views import defaults

RETRY_AFTER = 10  # seconds
SQLITE_BUSY, SQLITE_LOCKED = 5, 6
LOCK_NOT_AVAILABLE, DEADLOCK, SERIALIZATION_FAILURE = "55P03", "40P01", "40001"  # of PostgreSQL


def is_busy(error):
    """Whether waiting is all that helps. Each engine says it in its own way; this is the one place that knows how."""
    cause = error.__cause__
    return isinstance(error, OperationalError) and (
        getattr(cause, "sqlite_errorcode", 0) & 0xFF in {SQLITE_BUSY, SQLITE_LOCKED}
        or getattr(cause, "sqlstate", None) in {LOCK_NOT_AVAILABLE, DEADLOCK, SERIALIZATION_FAILURE}
    )


class BusyDatabaseMiddleware:
    """The innermost one: what fails in a view has been rolled back, what fails outside of it may have been saved before."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        request.is_done = request.method == "POST" and response.status_code < 400
        return response

    def process_exception(self, request, exception):
        return busy_page() if is_busy(exception) else None


def server_error(request):
    """Django's `handler500`, which also hears of what middleware raises, as when a session cannot be written."""
    if is_busy(sys.exc_info()[1] or ValueError()):
        return busy_page(is_done=getattr(request, "is_done", False))
    return defaults.server_error(request)


def busy_page(*, is_done=False):
    page = render_to_string("503.html", {"is_done": is_done})
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER)})
