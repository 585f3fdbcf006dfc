"""A database that is held for too long or cannot be reached, an object store that is, a full disk, a crowd: a page that says so (503), and nothing half written."""

import errno
import logging
import sys

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.views import defaults

from .lib.file_errors import StoreUnavailableError
from .lib.gate import CrowdedError
from .lib.metrics.series import unavailable

logger = logging.getLogger(__name__)
RETRY_AFTER = 10  # seconds
READING = ("GET", "HEAD")
NO_SPACE = {errno.ENOSPC, errno.EDQUOT}
# Each engine says it in its own way; this is the one place that knows how.
SQLITE_BUSY, SQLITE_LOCKED, SQLITE_IOERR, SQLITE_FULL, SQLITE_CANTOPEN = 5, 6, 10, 13, 14
SQLITE_NO_SHARED_MEMORY = 4874  # SQLITE_IOERR_SHMSIZE, of a full disk too
LOCK_NOT_AVAILABLE, DEADLOCK, SERIALIZATION_FAILURE, DISK_FULL = (
    "55P03",
    "40P01",
    "40001",
    "53100",
)  # of PostgreSQL
SHUT_DOWN = {"57P01", "57P02", "57P03", "53300"}  # and none at all where there is no connection


def is_busy(error):
    """Whether waiting is all that helps."""
    return _is_of(error, {SQLITE_BUSY, SQLITE_LOCKED}, {LOCK_NOT_AVAILABLE, DEADLOCK, SERIALIZATION_FAILURE})


def is_full(error):
    """Whether there is no room left for what is to be written."""
    if isinstance(error, OSError):
        return error.errno in NO_SPACE
    return _is_of(error, {SQLITE_FULL, SQLITE_NO_SHARED_MEMORY}, {DISK_FULL})


def is_unreachable(error: BaseException) -> bool:
    """Whether there is no database to speak to: it is stopped, or its file cannot be opened, read or written."""
    cause = error.__cause__
    has_no_connection = type(cause).__module__.startswith("psycopg") and cause.sqlstate is None
    is_operational = isinstance(error, OperationalError | InterfaceError)
    return is_operational and (has_no_connection or _is_of(error, {SQLITE_IOERR, SQLITE_CANTOPEN}, SHUT_DOWN))


def _passes(error):
    return is_busy(error) or is_full(error) or is_unreachable(error)


def _is_of(error, sqlite_codes, states):
    cause = error.__cause__
    code = getattr(cause, "sqlite_errorcode", 0)
    return isinstance(error, OperationalError) and (
        bool({code, code & 0xFF} & sqlite_codes) or getattr(cause, "sqlstate", None) in states
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
        return unavailable_page(exception, is_done=_may_be_saved(request, exception))


class ReadableSessionMiddleware(SessionMiddleware):
    """Django's, but that a page which was only read is shown also where its session cannot be written for the time being."""

    def process_response(self, request, response):
        try:
            return super().process_response(request, response)
        except (SessionInterrupted, OperationalError) as error:
            reason = _reason(error)
            if reason is None:
                raise
        if request.method in READING:
            return response
        raise reason


def _may_be_saved(request, error):
    """Whether nobody can tell: a connection that breaks at a COMMIT takes the answer with it."""
    return request.method not in READING and is_unreachable(error)


def _reason(error):
    """The error itself, or what Django hides behind a session that is gone, if it is one of ours; else None."""
    while error and not _passes(error):
        error = error.__context__
    return error


def server_error(request):
    """Django's `handler500`, which also hears of what middleware raises, as when an upload does not fit on the disk."""
    error = sys.exc_info()[1] or ValueError()
    is_done = getattr(request, "is_done", False) or _may_be_saved(request, error)
    page = unavailable_page(error, is_done=is_done)
    return page or defaults.server_error(request)


def unavailable_page(error, *, is_done=False):
    """The page for an error that passes; None for any other."""
    is_store = isinstance(error, StoreUnavailableError)
    if is_store:
        logger.error("the object store does not answer: %s", error)
    elif not (_passes(error) or isinstance(error, CrowdedError)):
        return None
    reason = {"is_full": is_full(error), "is_unreachable": is_unreachable(error), "is_store": is_store}
    names = ("crowded", "full", "unreachable", "store", "busy")
    is_so = (isinstance(error, CrowdedError), *reason.values(), True)
    unavailable.labels(next(name for name, holds in zip(names, is_so, strict=True) if holds)).inc()
    page = render_to_string("503.html", {"is_done": is_done} | reason)
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER)})
