"""One press for all parts of a unit: its own people hand them in, the planner confirms them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from ..edition_requests import deny_unless, get_edition_or_403, redirect_to
from ..editions import unit_actions
from ..editions.collection import UnitParts, collection_of
from ..editions.forms import reason_from
from ..editions.sources import EditionRefused
from ..models import Edition
from ..numbers.page import asked_count
from ..numbers.parts import NOT_DECIDED, asked_by_part

MOST_SAID = 5


@require_POST
def submit_unit(request: HttpRequest, pk: int, unit: str) -> HttpResponse:
    edition, access = get_edition_or_403(request, pk)
    row = _row_or_404(edition, unit)
    cells = [cell for cell in row.cells if access.may_submit(cell.place.model, row.department.pk)]
    deny_unless(cells)
    waiting = [cell for cell in cells if cell.is_missing or cell.changed_since]
    sentences = unit_actions.submit_unit(edition, row, waiting, _tokens(request), user=request.user)
    asked = asked_by_part(row.collection) if row.collection else {}
    if left := sum(asked_count(asked.get(cell.place.key, ())) for cell in waiting):
        messages.warning(request, NOT_DECIDED.format(left))
    return _told(request, edition, unit, sentences)


@require_POST
def confirm_unit(request: HttpRequest, pk: int, unit: str) -> HttpResponse:
    edition, access = get_edition_or_403(request, pk)
    deny_unless(access.is_planner)
    row = _row_or_404(edition, unit)
    done = unit_actions.confirm_unit(edition, row, _tokens(request), user=request.user)
    return _told(request, edition, unit, done.sentences())


def _row_or_404(edition: Edition, unit: str) -> UnitParts:
    rows = () if edition.is_published else collection_of(edition).rows
    row = next((row for row in rows if row.department.slug == unit), None)
    if row is None:
        raise Http404("이 회차에 그런 부서가 없습니다.")
    return row


def _told(
    request: HttpRequest, edition: Edition, unit: str, sentences: list[tuple[bool, str]]
) -> HttpResponse:
    for is_success, sentence in sentences:
        (messages.success if is_success else messages.error)(request, sentence)
    address = request.snapshot.url("reports:edition", edition.pk)  # type: ignore[attr-defined]
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
        return redirect_to(request, "checklist", pk)
    confirmed, refused = unit_actions.confirm_rest(
        edition, collection_of(edition), _tokens(request), reason=reason, user=request.user
    )
    if confirmed or not refused:
        messages.success(request, f"{confirmed}개 부분을 확인했습니다.")
    for sentence in refused[:MOST_SAID]:
        messages.error(request, sentence)
    return redirect_to(request, "checklist", pk)


def _tokens(request: HttpRequest) -> dict[str, str]:
    """The mark of what was shown of each part that was picked, by its name."""
    picked = (value.partition(" ") for value in request.POST.getlist("part"))
    return {name: token for name, _, token in picked}
