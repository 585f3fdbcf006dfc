from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from .audit.context import acting
from .bureau_names import naming_bureaus
from .snapshot import Snapshot


class SnapshotMiddleware:
    """`request.snapshot` for signed-in users, worked out when it is first used; labels name their bureau."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.snapshot = SimpleLazyObject(lambda: Snapshot.from_query(request.user, request.GET))
        with naming_bureaus():
            return self.get_response(request)


class ActMiddleware:
    """What one request changes is one act of its user."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting(lambda: request.user):
            return self.get_response(request)
