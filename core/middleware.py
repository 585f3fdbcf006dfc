from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, middleware
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from seoul_digital.lib.language import KOREAN

from .access.backends import already_read
from .audit.context import acting
from .bureau_names import naming_bureaus
from .snapshot import Snapshot


class UserMiddleware(middleware.AuthenticationMiddleware):
    """Django's, but that one query brings the session and its user, at once: the next middleware asks for both."""

    def process_request(self, request: Any) -> None:
        super().process_request(request)
        is_signed_in = SESSION_KEY in request.session  # reads it
        with already_read(request.session.user_read if is_signed_in else None):
            request.user = middleware.get_user(request)


class SnapshotMiddleware:
    """`request.snapshot` for signed-in users, worked out when it is first used; labels name their bureau."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        take_snapshot(request)
        with naming_bureaus():
            return self.get_response(request)


def take_snapshot(request: Any) -> None:
    request.snapshot = SimpleLazyObject(lambda: Snapshot.from_query(request.user, request.GET))


class ActMiddleware:
    """What one request changes is one act of its user."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting(lambda: request.user):
            return self.get_response(request)


class LanguageMiddleware:
    """The language that a reader chose, on readers' pages alone; their downloads and every other page are Korean."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(KOREAN):
            response = self.get_response(request)
            if response.headers.get("Content-Type", "").startswith("text/html"):
                response.headers.setdefault("Content-Language", translation.get_language() or KOREAN)
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        match = request.resolver_match
        is_file = not {"download", "format"}.isdisjoint(request.GET)
        if match and match.view_name in settings.READERS_PAGES and not is_file:
            activate_language_of(request)


def activate_language_of(request: HttpRequest) -> None:
    translation.activate(getattr(request.user, "language", KOREAN))
