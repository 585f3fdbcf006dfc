"""What sign-ins leave behind is cleared at a sign-in, at most once an hour in each process: nobody has to think of it."""

import time
from datetime import timedelta
from importlib import import_module
from typing import Any

from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in
from django.db import DatabaseError, transaction
from django.db.models import Sum
from django.dispatch import receiver
from django.utils import timezone

INTERVAL = 3600  # seconds
ATTEMPTS_KEPT = timedelta(days=30)
_next = 0.0


def clear() -> None:
    """Delete ended sessions, old lines of sign-ins, and failed sign-ins but those that lock somebody's account."""
    now = timezone.now()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    AccessLog.objects.filter(attempt_time__lt=now - timedelta(days=settings.LOG_DAYS)).delete()
    locked = (
        AccessAttempt.objects.filter(username__in=get_user_model().objects.values("username"))
        .values("username")
        .annotate(failures=Sum("failures_since_start"))
        .filter(failures__gte=settings.AXES_FAILURE_LIMIT)
    )
    old = AccessAttempt.objects.filter(attempt_time__lt=now - ATTEMPTS_KEPT)
    old.exclude(username__in=[row["username"] for row in locked]).delete()


@receiver(user_logged_in)
def clear_now_and_then(**kwargs: Any) -> None:
    global _next
    if time.monotonic() < _next:
        return
    _next = time.monotonic() + INTERVAL
    try:
        with transaction.atomic():
            clear()
    except DatabaseError:  # busy or full: next time, and the sign-in goes on
        pass
