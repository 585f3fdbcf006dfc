from functools import partial
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from core.data_version import data_version, read_after
from core.edit_links import record_address
from core.page_links import fact_url
from core.pages import render_page
from core.remembered.pages import remembered_page
from core.stated_facts import stated_fact

from . import fact_history, fact_list, fact_sheet

FRAGMENT = "X-Fragment"  # the header by which a page asks for the sheet alone, to show it over itself
AT_ONCE = "at-once"  # its value where the rest may come by another request


@remembered_page
def index(request: HttpRequest) -> HttpResponse:
    snapshot: Any = request.snapshot  # type: ignore[attr-defined]
    choice = fact_list.choice_from(request.GET)
    found = [] if snapshot.error else fact_list.chosen_facts(snapshot, choice)
    page = Paginator(found, fact_list.ON_A_PAGE).get_page(request.GET.get("page"))
    shown = found if "download" in request.GET else list(page)
    table = fact_list.facts_table(shown, partial(fact_url, snapshot), len(found))
    context = {"choice": choice, "page": page}
    return cast(HttpResponse, render_page(request, "facts/list.html", context, [table]))


def fact(request: HttpRequest, identity: str) -> HttpResponse:
    """The sheet of one value: a page by itself, or the part of it that a page opens over itself."""
    snapshot: Any = request.snapshot  # type: ignore[attr-defined]
    snapshot = read_after(
        snapshot, data_version(snapshot)
    )  # so that texts, document and sheet share what is read
    found = None if snapshot.error or snapshot.is_empty else stated_fact(snapshot, identity)
    context: dict[str, Any] = {"identity": identity}
    if found:
        at_once = request.headers.get(FRAGMENT) == AT_ONCE
        context["sheet"] = fact_sheet.fact_sheet(snapshot, found, at_once=at_once)
        context["history"] = fact_history.of_fact(found, request.user)
        context["edit"] = record_address(request, found.record)
    status = 200 if found or snapshot.is_empty else 404
    if FRAGMENT in request.headers and not snapshot.error:
        response = render(request, "facts/_sheet.html", context, status=status)
    else:
        response = render_page(request, "facts/sheet.html", context, status=status)
    patch_vary_headers(response, [FRAGMENT])
    return response
