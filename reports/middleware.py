from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .text_size import ReportTooLargeError


class ReportSizeMiddleware:
    """A page that says so in place of a document that would take a worker too long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, ReportTooLargeError):
            return render(request, "document/too_large.html", {"sentence": str(exception)}, status=422)
        return None
