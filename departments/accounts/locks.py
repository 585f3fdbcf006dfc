"""Guesses of a password or a code, and the accounts that they have locked."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db.models import Exists, OuterRef, Sum
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from core.audit.recording import change_reason, record_rows

from ..models import User

UNLOCKED = "로그인 잠금을 풂"


def is_locked(username: OuterRef) -> Exists:
    """Whether the failures of a name have reached the limit, as an expression."""
    hours = settings.AXES_COOLOFF_TIME
    since = {"attempt_time__gte": timezone.now() - timedelta(hours=hours)} if hours else {}
    attempts = AccessAttempt.objects.filter(username=username, **since).order_by().values("username")
    failures = attempts.annotate(failures=Sum("failures_since_start"))
    return Exists(failures.filter(failures__gte=settings.AXES_FAILURE_LIMIT))


def unlock(user: User) -> bool:
    """Forget the failed sign-ins of an account; its history says so. False where it was not locked."""
    if not User.objects.filter(is_locked(OuterRef("username")), pk=user.pk).exists():
        return False
    forget_failures(user)
    with change_reason(UNLOCKED):
        record_rows(User, [user.pk])
    return True


def count_failure(request: HttpRequest) -> None:
    """Count a wrong password or code of who is signed in as a failed sign-in; the session ends where that locks the account."""
    credentials = {"username": request.user.get_username()}
    user_login_failed.send(__name__, credentials=credentials, request=request)
    if request.axes_locked_out:  # type: ignore[attr-defined]  # by axes
        logout(request)


def refuse_where_locked(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """No password and no code of an account that is locked is looked at: its session ends, and AxesMiddleware says why."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        name = {"username": request.user.get_username()}
        if request.method != "POST" or not AxesProxyHandler.is_locked(request, name):
            return view(request, *args, **kwargs)
        logout(request)
        request.axes_locked_out = True  # type: ignore[attr-defined]
        return HttpResponse(status=429)

    return guarded


def forget_failures(user: User) -> None:
    AccessAttempt.objects.filter(username=user.get_username()).delete()


@receiver(user_logged_in)
def forget_failures_at_sign_in(user: User, **kwargs: Any) -> None:
    """A password is enough where no code is asked for; else the code ends the sign-in (second_factor.py)."""
    if user.second_factor_key is None:
        forget_failures(user)
