"""Accounts that failed sign-ins have locked."""

from datetime import timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Exists, OuterRef, Sum
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
    AccessAttempt.objects.filter(username=user.username).delete()
    with change_reason(UNLOCKED):
        record_rows(User, [user.pk])
    return True
