"""The planner's one press that confirms what a unit has handed in."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from ..edition_requests import deny_unless, get_edition_or_403, redirect_to
from ..editions import confirmation
from ..editions.collection import collection_of
from ..editions.forms import reason_from
from ..editions.sources import EditionRefused

MOST_SAID = 5


@require_POST
def confirm_unit(request: HttpRequest, pk: int, unit: str) -> HttpResponse:
    edition, access = get_edition_or_403(request, pk)
    deny_unless(access.is_planner)
    rows = () if edition.is_published else collection_of(edition).rows
    row = next((row for row in rows if row.department.slug == unit), None)
    if row is None:
        raise Http404("이 회차에 그런 부서가 없습니다.")
    tokens = _tokens(request)
    for is_success, sentence in confirmation.confirm_unit(
        edition, row, tokens, user=request.user
    ).sentences():
        (messages.success if is_success else messages.error)(request, sentence)
    address = request.snapshot.url("reports:edition", pk)  # type: ignore[attr-defined]
    return redirect(f"{address}#of-{unit}")


@require_POST
def confirm_rest(request: HttpRequest, pk: int) -> HttpResponse:
    """What is left before publishing, with one reason for all that is confirmed in its owner's place."""
    edition, access = get_edition_or_403(request, pk)
    deny_unless(access.is_planner)
    if edition.is_published:
        raise Http404("발행한 회차의 취합은 끝났습니다.")
    try:
        reason = reason_from(request.POST)
    except EditionRefused as error:
        messages.error(request, str(error))
        return redirect_to(request, "publish", pk)
    confirmed, refused = confirmation.confirm_rest(
        edition, collection_of(edition), _tokens(request), reason=reason, user=request.user
    )
    if confirmed or not refused:
        messages.success(request, f"{confirmed}개 부분을 확인했습니다.")
    for sentence in refused[:MOST_SAID]:
        messages.error(request, sentence)
    return redirect_to(request, "publish", pk)


def _tokens(request: HttpRequest) -> dict[str, str]:
    """The mark of what was shown of each part that was picked, by its name."""
    picked = (value.partition(" ") for value in request.POST.getlist("part"))
    return {name: token for name, _, token in picked}
