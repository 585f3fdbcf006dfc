"""The language that readers choose for their pages, a setting of their own."""

from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import defaults
from django.views.decorators.http import require_POST

from core.audit.recording import change_reason
from core.middleware import activate_language_of

from ..models import User


def choose_language(user: User, language: str) -> None:
    if user.language != language:
        user.language = language
        with change_reason("화면 언어를 바꿈"):
            user.save(update_fields=["language"])


@require_POST
def language(request: Any) -> HttpResponse:
    """From now on in the language chosen; back to the page that asked."""
    wanted, back = request.POST.get("language"), request.POST.get("next", "")
    if wanted not in dict(settings.LANGUAGES):
        raise BadRequest("no such language")
    choose_language(request.user, wanted)
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if is_ours else settings.LOGIN_REDIRECT_URL)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """In the reader's language also where no view is at the address."""
    if request.resolver_match is None:
        activate_language_of(request)
    return defaults.page_not_found(request, exception)
