"""The planner's one press that confirms what a unit has handed in."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from ..edition_requests import deny_unless, get_edition_or_403
from ..editions import confirmation
from ..editions.collection import collection_of


@require_POST
def confirm_unit(request: HttpRequest, pk: int, unit: str) -> HttpResponse:
    edition, access = get_edition_or_403(request, pk)
    deny_unless(access.is_planner)
    rows = () if edition.is_published else collection_of(edition).rows
    row = next((row for row in rows if row.department.slug == unit), None)
    if row is None:
        raise Http404("이 회차에 그런 부서가 없습니다.")
    picked = (value.partition(" ") for value in request.POST.getlist("part"))
    tokens = {name: token for name, _, token in picked}
    for is_success, sentence in confirmation.confirm_unit(
        edition, row, tokens, user=request.user
    ).sentences():
        (messages.success if is_success else messages.error)(request, sentence)
    address = request.snapshot.url("reports:edition", pk)  # type: ignore[attr-defined]
    return redirect(f"{address}#of-{unit}")
