"""The sign-ins of a user that are open: when, from where, with what; and their end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import django_otp
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from seoul_digital.lib.user_agents import browser_name
from seoul_digital.middleware import ADDRESS, BROWSER, SEEN, STARTED

from ..models import SecondFactor, User, UserSession
from .second_factor import record


@dataclass(frozen=True)
class OpenSession:
    """`id` names a session without giving it away; `waits_for_code` is one that has come as far as the password."""

    key: str
    started: datetime
    seen: datetime
    address: str
    browser: str
    is_current: bool
    waits_for_code: bool

    @property
    def id(self) -> str:
        return sha256(self.key.encode()).hexdigest()[:16]


def open_sessions(user: User, current: str | None) -> list[OpenSession]:
    """The current one first, then the newest."""
    now = timezone.now()
    rows = UserSession.objects.filter(user=user, expire_date__gt=now)
    decoded = [(row.session_key, row.get_decoded()) for row in rows]
    alive = [_open_session(user, key, data, current) for key, data in decoded if _is_alive(user, data, now)]
    return sorted(alive, key=lambda session: (not session.is_current, -session.started.timestamp()))


def _is_alive(user: User, data: dict[str, Any], now: datetime) -> bool:
    """Whether the next request would not find it ended: by a new password, or for nobody has used it."""
    is_idle = now.timestamp() - data.get(SEEN, 0) > settings.SESSION_IDLE_LIMIT
    is_over = now.timestamp() - data.get(STARTED, 0) > settings.SESSION_COOKIE_AGE
    hashes = (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())
    is_of_password = any(constant_time_compare(data.get(HASH_SESSION_KEY, ""), known) for known in hashes)
    return is_of_password and not is_idle and not is_over


def _open_session(user: User, key: str, data: dict[str, Any], current: str | None) -> OpenSession:
    factor = user.second_factor_key
    verified = data.get(django_otp.DEVICE_ID_SESSION_KEY) == SecondFactor(pk=factor).persistent_id
    return OpenSession(
        key,
        datetime.fromtimestamp(data[STARTED], UTC),
        datetime.fromtimestamp(data[SEEN], UTC),
        data.get(ADDRESS, "-"),
        browser_name(data.get(BROWSER, "")),
        is_current=key == current,
        waits_for_code=factor is not None and not verified,
    )


@transaction.atomic
def end_sessions(user: User, sessions: Iterable[OpenSession]) -> int:
    """End sign-ins of a user; the history of the account says which. How many there were."""
    ended = [
        session for session in sessions if UserSession.objects.filter(session_key=session.key).delete()[0]
    ]
    for session in ended:
        record(user, f"로그인을 끝냄: {session.address}, {session.browser}")
    return len(ended)
