"""Pages of what is in force, remembered as HTML for all who may see the same; a browser that has one already is told so (304).

What a page says follows from its address, the rights and the unit of who reads, the language, the day, the release, and the version of what it
reads: the sources of those scopes whose tables it asked, and what belongs to no source. They are its key. What is the user's own (`templatetags/frame.py`) is put into the remembered page for each request.
"""

import hashlib
import os
import re
import secrets
from collections.abc import Callable, Collection
from contextlib import ExitStack
from functools import cache, wraps
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.messages import get_messages
from django.db import DEFAULT_DB_ALIAS, connections
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.http import parse_etags
from django.utils.translation import get_language

from seoul_digital.lib.metrics import series

from ..data_version import Revisions
from ..middleware import take_snapshot
from ..templatetags.frame import VALUES, shown
from .database_page_cache import DatabasePageCache
from .page_cache import PackedPageCache, PageCache, Parts
from .parts import EVERY_SCOPE, Making, coded, decoded
from .release import digest_of
from .shared_page_cache import SharedPageCache

View = Callable[..., HttpResponse]
Store = SharedPageCache | DatabasePageCache
MAX_BYTES = 8 << 20  # bytes a process, of some 400 pages
WAIT_SECONDS = 20  # that a thread waits for another that makes the same page
MOST_ROUNDS = 3  # that one waits in, while the data change again and again
SESSION_LEFT_LIMIT = 900  # seconds: a page that a browser keeps asks again by then how long the sign-in lasts
CSRF_READ = "CSRF_COOKIE_NEEDS_UPDATE"  # in `request.META`, by Django
RELEASE = digest_of(
    settings.BASE_DIR,
    [Path(app.path) for app in apps.get_app_configs() if settings.BASE_DIR in Path(app.path).parents]
    + [settings.BASE_DIR / name for name in ("seoul_digital", "templates", "locale")],
    [Path(settings.STATIC_ROOT) / "staticfiles.json", settings.BASE_DIR / "requirements" / "run.txt"],
    {name: getattr(settings, name) for name in dir(settings) if name.isupper()},
)  # when the process starts
_remembered = PackedPageCache(MAX_BYTES)
_scopes = PageCache(MAX_BYTES >> 3)  # that each page read
_not_modified, _from_memory, _was_made, _unkept = (
    series.pages.labels(answer) for answer in ("not_modified", "remembered", "made", "unkept")
)


def remembered_page(view: View) -> View:
    """Decorator of a view, outside of all others."""

    @wraps(view)
    def answer(request: Any, *args: object, **kwargs: object) -> HttpResponse:
        request.is_kept_by_browsers = True  # templates/base.html says so to the script that asks for it again
        if not may_be_remembered(request):
            return view(request, *args, **kwargs)
        request.session_left = min(request.session_left, SESSION_LEFT_LIMIT)
        return _answer(request, _revisions(request), lambda: view(request, *args, **kwargs))

    return answer


def may_be_remembered(request: HttpRequest) -> bool:
    """Not a file, nor a page that says something once; nothing while templates are being written."""
    is_page = request.method == "GET" and {"download", "format"}.isdisjoint(request.GET)
    return is_page and not settings.DEBUG and not len(get_messages(request))


def _revisions(request: HttpRequest) -> Revisions:
    user: Any = request.user
    return Revisions.read(with_drafts=True) if user.is_staff else Revisions.read_for_reader(user, request.GET)


def _place(request: HttpRequest, revisions: Revisions) -> str:
    """What a page follows from beside the data."""
    user: Any = request.user
    is_placed = user.department_id and not user.is_staff  # a reader's unit says no more than its bureau
    bureau = user.bureau_under(revisions.version()) if is_placed else None
    of_reader = (user.rights, bureau, get_language(), user.language, str(timezone.localdate()))
    address = (request.path, request.META.get("QUERY_STRING", ""))
    return repr((address, of_reader, RELEASE))


def _key(place: str, revisions: Revisions, scopes: Collection[str] | None) -> str:
    return repr((place, revisions.version(scopes)))


def _scopes_read(place: str) -> frozenset[str] | None:
    """Of the sources that the page read when it was made last, which alone can change it; None where it may be all."""
    (scopes,) = _scopes.get(place) or [EVERY_SCOPE]
    return decoded(scopes)


def _answer(
    request: Any, revisions: Revisions, make: Callable[[], HttpResponse], rounds: int = MOST_ROUNDS
) -> HttpResponse:
    """From memory, else made by one thread while others wait for it."""
    request.user.forget_units()  # that was read before the version
    place = _place(request, revisions)
    key = _key(place, revisions, _scopes_read(place))
    if response := _known(request, key):
        return response
    with ExitStack() as turns:
        has_waited = turns.enter_context(_remembered.single_flight(key, WAIT_SECONDS))
        key = _key(place, revisions, _scopes_read(place))
        if response := _known(request, key):
            return response
        store = shared_pages(of_drafts=revisions.of_drafts)
        is_kept = not (_remembered.is_uncachable(key) or _remembered.is_uncachable(place))
        if store and not has_waited and is_kept:
            kept, has_waited = turns.enter_context(store.turn(place, _mark(key)))
            key = _taken(kept, place, revisions)
            if response := _known(request, key):
                return response
        if not has_waited and not _remembered.is_uncachable(key):
            return _made(request, place, revisions, make)
    if (
        has_waited and rounds > 1 and (now := _revisions(request)) != revisions
    ):  # what was made is newer already
        return _answer(request, now, make, rounds - 1)
    return _made(request, place, revisions, make)  # beside others, for each gets one of its own


def _known(request: HttpRequest, key: str) -> HttpResponse | None:
    """The page as this process has it; of a browser that has it already that it holds."""
    tag = _etag(request, key)
    if tag and tag in parse_etags(request.META.get("HTTP_IF_NONE_MATCH", "")):
        _not_modified.inc()
        return _labelled(HttpResponseNotModified(), tag)
    if parts := _remembered.get(key):
        _from_memory.inc()
        return _labelled(HttpResponse(_whole(request, parts)), tag)
    return None


def _taken(kept: Parts | None, place: str, revisions: Revisions) -> str:
    """Remembers the page that another process has made last, and the scopes that it has seen it read; gives the key by these."""
    if kept:
        mark, scopes, *parts = kept
        _scopes.keep(place, [scopes])
        key = _key(place, revisions, decoded(scopes))
        if mark == _mark(key):
            _remembered.keep(key, parts)
    return _key(place, revisions, _scopes_read(place))


def _mark(key: str) -> bytes:
    return hashlib.sha256(key.encode()).hexdigest().encode()


def _made(request: Any, place: str, revisions: Revisions, make: Callable[[], HttpResponse]) -> HttpResponse:
    """As the view makes it; kept where all that it read is in the key, and is still as it was."""
    making, nonce = Making(place, str(timezone.localdate()), revisions), secrets.token_hex(16)
    was_read = request.META.pop(CSRF_READ, False)
    take_snapshot(request)  # nothing that was read before the version
    request.frame_marks = {name: f"{nonce}-{name}-" for name in VALUES}
    try:
        with ExitStack() as stack, making.begun():
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(making.note))
            response = make()
    finally:
        del request.frame_marks
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    is_own = response.cookies or request.META.get(CSRF_READ)  # something of this session stands in it
    if was_read:
        request.META[CSRF_READ] = True
    if response.streaming:
        return response
    parts = re.split(f"{nonce}-([a-z]+)-".encode(), response.content)
    response.content = _whole(request, parts)
    may_be_kept = response.status_code == 200 and is_html and not is_own
    if may_be_kept and not (hasattr(request, "reads_other_bureaus") and revisions.bureau):
        now = _revisions(request) if making.is_worth_keeping else revisions
        if _place(request, now) == place:
            making.keep(now, without=nonce)
            return _kept_anew(request, making, now, parts, response)
    _unkept.inc()
    _remembered.set_uncachable(_key(place, revisions, _scopes_read(place)))
    return response


def _kept_anew(
    request: HttpRequest, making: Making, now: Revisions, parts: Parts, response: HttpResponse
) -> HttpResponse:
    """The page that was made, kept where all that it rests on is in the key, and is now as it was before."""
    place, revisions, scopes = making.place, making.revisions, making.reads.scopes(making.revisions)
    key = _key(place, revisions, scopes)
    if not making.reads.are_known or key != _key(place, now, scopes):
        if not making.reads.are_known:
            _remembered.set_uncachable(_key(place, revisions, _scopes_read(place)))
            _remembered.set_uncachable(place)  # as it will be after changes: no other process is asked for it
        _unkept.inc()
        return response if hasattr(request, "shows_drafts") else _unless_same(request, response, parts)
    _scopes.keep(place, [coded(scopes)])
    _remembered.keep(key, parts)
    if store := shared_pages(of_drafts=revisions.of_drafts):
        store.keep(place, [_mark(key), coded(scopes), *parts])
    _was_made.inc()
    return _labelled(response, _etag(request, key))


def _unless_same(request: HttpRequest, response: HttpResponse, parts: Parts) -> HttpResponse:
    """A page that has to be made each time goes out only where the browser has another one."""
    tag = _etag(request, hashlib.sha256(b"\0".join(parts)).hexdigest())
    if tag and tag in parse_etags(request.META.get("HTTP_IF_NONE_MATCH", "")):
        _not_modified.inc()
        response = HttpResponseNotModified()
    return _labelled(response, tag)


@cache
def shared_pages(*, of_drafts: bool = False) -> Store | None:
    """What processes share: a table, for all nodes of a PostgreSQL; else, and of pages that could tell of drafts, a folder of this server
    (gunicorn.conf.py), which loads this module before it makes the folder."""
    if connections[DEFAULT_DB_ALIAS].vendor == "postgresql" and not of_drafts:
        return DatabasePageCache()
    return SharedPageCache(os.environ["SHARED_PAGES"]) if "SHARED_PAGES" in os.environ else None


def _whole(request: HttpRequest, parts: Parts) -> bytes:
    """The page with the user's own values, whose names are every second part."""
    values = {name: shown(name.decode(), request).encode() for name in set(parts[1::2])}
    return b"".join(values[part] if place % 2 else part for place, part in enumerate(parts))


def _etag(request: Any, key: str) -> str:
    """None where a browser keeps no pages, or has no token yet that a remembered page could bear."""
    if not settings.BROWSERS_KEEP_PAGES or "CSRF_COOKIE" not in request.META:
        return ""
    own = [str(VALUES[name](request)) for name in VALUES if name != "token"]
    of_session = (request.session.session_key, request.META["CSRF_COOKIE"])
    return f'W/"{hashlib.sha256(repr((key, own, of_session)).encode()).hexdigest()}"'


def _labelled(response: HttpResponse, tag: str) -> HttpResponse:
    """To be kept by the browser, which asks each time; nowhere that a sign-out could not clear what it keeps."""
    if tag:
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["ETag"] = tag
    return response
