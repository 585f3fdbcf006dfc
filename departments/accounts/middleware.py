"""What stands before every page of who is signed in: the second factor, then a password of one's own."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse

from .second_factor import is_put_off, is_verified

OPEN_PAGES = {"session", "confirm_code", "second_factor_new", "second_factor_later"}


class PageBeforeOthers:
    """Leads to the page that `wanted_page` names, until there is none; afterwards that page leads on to what was asked for.

    What asks for no sign-in stays open, the way out included.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = self.wanted_page(request) if request.user.is_authenticated else ""
        if not name or _is_open(request, name):
            return self.get_response(request)
        wanted = request.get_full_path() if request.method == "GET" else settings.LOGIN_REDIRECT_URL
        return redirect(f"{reverse(name)}?{urlencode({REDIRECT_FIELD_NAME: wanted})}")

    def wanted_page(self, request: HttpRequest) -> str:
        raise NotImplementedError


def _is_open(request: HttpRequest, name: str) -> bool:
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return False
    return match.view_name in {name, *OPEN_PAGES} or not getattr(match.func, "login_required", True)


class SecondFactorMiddleware(PageBeforeOthers):
    """A session is of use once its code was right, sessions of before included; who needs a second factor and has none enrols it."""

    def wanted_page(self, request: HttpRequest) -> str:
        if request.user.second_factor_key is not None:
            name = "" if is_verified(request) else "confirm_code"
        else:
            is_due = request.user.needs_second_factor and not is_put_off(request)
            name = "second_factor_new" if is_due else ""
        request.is_held_back = bool(name)  # type: ignore[attr-defined]
        return name


class FirstPasswordMiddleware(PageBeforeOthers):
    """Who signed in with a password that another gave changes it before any other page opens."""

    def wanted_page(self, request: HttpRequest) -> str:
        return "password_change" if request.user.must_change_password else ""
