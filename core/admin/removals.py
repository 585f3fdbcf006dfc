"""Deletions that break something are asked about singly: the page that asks names what, and wants it confirmed."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse, QueryDict

from ..edit_conflicts.admin import OptimisticLockAdmin
from ..plausibility.removals import removal_doubts
from ..plausibility.rules import token
from .checks import heard
from .plausibility import CONFIRMED, page_doubts
from .positions import PositionsAdmin

UNCONFIRMED = "확인하지 않은 것이 있어 지우지 않았습니다. 아래를 확인하십시오."


class RemovalAdmin(OptimisticLockAdmin):
    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        if (
            row is not None
            and self.has_delete_permission(request, row)
            and self._is_unconfirmed(request, [row])
        ):
            request.method, request.POST = "GET", QueryDict()
        return super().delete_view(request, object_id, extra_context)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method == "POST" and request.POST.get("action") == "delete_selected":
            keys = [key for key in request.POST.getlist(ACTION_CHECKBOX_NAME) if key.isdecimal()]
            rows = list(self.get_queryset(request).filter(pk__in=keys))
            if self._is_unconfirmed(request, rows) and "post" in request.POST:
                asked = request.POST.copy()
                del asked["post"]
                request.POST = asked  # type: ignore[assignment]
        return super().changelist_view(request, extra_context)

    def _is_unconfirmed(self, request: HttpRequest, rows: list[Any]) -> bool:
        """Whether anything is asked that the form has not confirmed; the page then asks it. What others changed comes first."""
        if self.was_changed_meanwhile(request):
            return False
        confirmed = request.POST.get(CONFIRMED, "").split()
        sentences = removal_doubts(
            rows, partial(heard, request.user), are_renumbered=isinstance(self, PositionsAdmin)
        )
        left = [sentence for sentence in sentences if token([sentence]) not in confirmed]
        page_doubts(request).extend(left)
        if left and "post" in request.POST:
            messages.warning(request, UNCONFIRMED)
        return bool(left)
