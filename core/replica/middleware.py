"""Pages of readers from the replica, where there is one (DATABASE_REPLICA_URL)."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from seoul_digital.database_errors import READING, is_unreachable
from seoul_digital.lib.metrics.series import replica_reads

from ..middleware import take_snapshot
from .monitor import monitor
from .position import keep_position, seen_position
from .router import REPLICA, reading_replica

_by_replica, _by_primary, _by_both = (
    replica_reads.labels(answer) for answer in ("replica", "primary", "failed")
)


class ReplicaMiddleware:
    """The last one: sign-in and rights have been looked at, and what fails on the replica is asked of the primary as if nothing had been.

    Whoever was answered by the primary, be it that something was written or that the replica was left out, is answered by the replica
    again once it has replayed as much.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if REPLICA not in settings.DATABASES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.is_from_replica = False
        response = self.get_response(request)
        if not request.is_from_replica and request.user.is_authenticated:
            keep_position(response)
        return response

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not is_readers_page(request):
            return None
        try:
            if not monitor.is_usable(seen_position(request)):
                _by_primary.inc()
                return None
            with monitor.reading(), reading_replica():
                response: HttpResponse = view(request, *args, **kwargs)
            if response.status_code < 400:
                _by_replica.inc()
                request.is_from_replica = True
                return response
            _by_primary.inc()
        except Exception as error:  # whatever it is, the primary says the same or knows better
            (_by_primary if isinstance(error, Http404 | PermissionDenied) else _by_both).inc()
            if is_unreachable(error):
                monitor.leave_out()
        take_snapshot(request)  # for the primary may know what is newer
        request.user.forget_units()
        return None


def is_readers_page(request: Any) -> bool:
    """Of who is signed in; no file, which may wait its turn for half a minute."""
    return (
        request.method in READING
        and request.resolver_match.view_name in settings.READERS_PAGES
        and {"download", "format"}.isdisjoint(request.GET)
        and request.user.is_authenticated
    )
