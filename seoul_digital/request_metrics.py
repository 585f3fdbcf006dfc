"""How long requests take, by route and status."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

from .lib.metrics.series import request_seconds


class MetricsMiddleware:
    """The outermost one: what all others do is in the time. Without METRICS_FROM there is none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.METRICS_FROM:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.known: dict[tuple[str, int], Any] = {}  # to look a series up costs half of counting

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        key = (match.view_name if match else "-", response.status_code)
        if key not in self.known:
            self.known[key] = request_seconds.labels(*key)
        self.known[key].observe(time.perf_counter() - begun)
        return response
