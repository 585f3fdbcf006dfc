"""Requests are counted by route and status, and cost next to nothing."""

import sys
from ipaddress import ip_network

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.test import RequestFactory

from seoul_digital.lib.metrics.series import registry
from seoul_digital.request_metrics import MetricsMiddleware
from tests.seoul_digital.counting import calls


def counted(**labels):
    return registry.get_sample_value("report_request_seconds_count", labels) or 0


@pytest.fixture
def is_counted(settings):
    settings.METRICS_FROM = [ip_network("10.0.0.1")]


def test_without_who_may_ask_nothing_is_counted(settings):
    settings.METRICS_FROM = []
    with pytest.raises(MiddlewareNotUsed):
        MetricsMiddleware(HttpResponse)


def test_pages_are_counted_by_route_and_status(is_counted, staff_client):
    before = [
        counted(route="home", status="200"),
        counted(route="-", status="404"),
        counted(route="departments:detail", status="200"),
    ]
    for address in ("/", "/", "/nowhere-at-all/", "/departments/data-center/"):
        staff_client.get(address)
    after = [
        counted(route="home", status="200"),
        counted(route="-", status="404"),
        counted(route="departments:detail", status="200"),
    ]
    assert [now - was for now, was in zip(after, before, strict=True)] == [2, 1, 1]


def test_counting_costs_less_than_a_hundredth_of_a_remembered_page(is_counted, staff_client):
    page = lambda: staff_client.get("/departments/")  # noqa: E731
    page()
    whole = calls(page)
    answer, request = HttpResponse(), RequestFactory().get("/")
    request.resolver_match = None
    middleware = MetricsMiddleware(lambda request: answer)
    middleware(request)
    assert sys.getprofile() is None
    assert 5 < calls(lambda: middleware(request)) < whole / 100
