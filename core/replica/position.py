"""How far a server's log of changes goes (LSN), as a number; and the cookie that says how far a browser has seen it."""

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.http import HttpRequest, HttpResponse

COOKIE = "read_position"
WRITTEN = "SELECT pg_current_wal_insert_lsn()"  # what is committed lies before it
# Of a server that is no replica any more nothing.
REPLAYED = "SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() END"
UNKNOWN = 1 << 64  # past whatever there is: no replica has replayed it


def position_of(lsn: str) -> int:
    """`16/B374D848` as a number."""
    high, _, low = lsn.partition("/")
    return (int(high, 16) << 32) + int(low, 16)


def seen_position(request: HttpRequest) -> int:
    """Up to where the browser has seen the primary: 0 where it never has, UNKNOWN where nobody can tell any more."""
    name = cookie_name()
    if name not in request.COOKIES:
        return 0
    try:
        return int(_signer().unsign(request.COOKIES[name]))
    except (BadSignature, ValueError):
        return UNKNOWN


def keep_position(response: HttpResponse) -> None:
    """For the next request of who was answered by the primary; where that answers no more, the browser keeps what it has."""
    with suppress(DatabaseError), connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(WRITTEN)
        position = position_of(cursor.fetchone()[0])
        options: dict[str, Any] = {"httponly": True, "samesite": "Lax"}
        response.set_cookie(
            cookie_name(),
            _signer().sign(str(position)),
            secure=bool(settings.SESSION_COOKIE_SECURE),
            **options,
        )


def cookie_name() -> str:
    return f"__Host-{COOKIE}" if settings.SESSION_COOKIE_SECURE else COOKIE


def _signer() -> Signer:
    return Signer(salt=COOKIE)
