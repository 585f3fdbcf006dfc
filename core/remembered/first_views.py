"""Pages that a server looks at before it makes its workers: what they load, compile and remember is then there once for all of them,
and the first reader of a worker waits no longer than the next one."""

import logging
import sys
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.base import SessionBase
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError, connections
from django.urls import resolve, reverse

from ..middleware import LanguageMiddleware, SnapshotMiddleware

logger = logging.getLogger(__name__)


def look_at_pages() -> None:
    """As somebody who reads and has no unit. Nothing is written; a page that fails fails again for whoever asks for it."""
    try:
        for name in settings.FIRST_PAGES:
            address = reverse(name)
            try:
                LanguageMiddleware(SnapshotMiddleware(answer))(_request(address))
            except DatabaseError:
                raise
            except Exception:
                logger.exception("looking at %s before the start", address)
    except DatabaseError as error:
        logger.warning("pages were not looked at before the start: %s", error)
    finally:
        connections.close_all()


def answer(request: Any) -> Any:
    view, args, kwargs = request.resolver_match
    return view(request, *args, **kwargs)


def _request(address: str) -> Any:
    request: Any = WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": address,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "wsgi.input": sys.stdin,
        }
    )
    request.resolver_match = resolve(address)
    request.session, request.session_left = SessionBase(), 0
    reader: Any = get_user_model()(pk=0)
    request.user = reader
    reader.can_export = reader.uses_admin = reader.is_administrator = False
    reader.second_factor_key = None
    return request
