"""What no page can take, wherever it came in: a NUL, half a character, a number beyond any column. It is answered 400 before anything reads it.

In a text or a search digits are text. A form answers at its own field and keeps what was typed: the pages of settings.FORM_PAGES get what was
sent with every such character as a NUL, which no field of a form accepts.
"""

import logging
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.contrib.admin.utils import unquote
from django.core.exceptions import FieldDoesNotExist, RequestDataTooBig
from django.core.handlers.wsgi import WSGIRequest
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, QueryDict
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.http import parse_header_parameters

log = logging.getLogger("django.request")
BROKEN = "�"  # what Django reads in place of bytes that are no character
BROKEN_IN_PATH = re.compile(r"%[89A-F][0-9A-F]")  # which Django writes in place of the same
NUMBER = re.compile(r"\A\s*+[+-]?+[\d_]{19,}+\s*+\Z")  # from 19 digits on no column of an engine holds it
LARGEST_KEY = (1 << 63) - 1
TEXTS = {"q", "term", "policy", "unit", "detailed"}  # of query strings: what is searched, names of programmes
FORM_ROUTES = ("_add", "_change", "_changelist", "_import", "_password_change")  # of models in admin
READ_BY_HAND = {"change_reason", "action", "_selected_action"}  # on those pages, outside of their forms

CHARACTERS = "{} 쓸 수 없는 글자(NUL이나 깨진 글자)가 들어 있습니다. 그 글자를 지우고 다시 보내 주세요."
TOO_LONG = "{} 있는 수가 너무 깁니다. 열여덟 자리까지의 수로 고쳐 주세요."
TOO_LARGE = "다룰 수 없는 값이 들어 있습니다. 수의 크기와 글의 길이를 줄여 다시 보내 주세요."


class Utf8Request(WSGIRequest):
    """A request whose address is read as UTF-8 whatever charset its head names, before any middleware could refuse it."""

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))


class RequestValidationMiddleware:
    """Outside of all that reads cookies, and inside of what adds headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.parse_file_upload = partial(_parse_upload, request)  # type: ignore[method-assign]
        reason = next(_reasons(request), "")
        return refusal(reason) if reason else self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if any(_is_beyond(name, value) for name, value in kwargs.items()):
            return refusal(TOO_LONG.format("주소에"), request)
        if request.method != "POST":
            return None
        try:
            fields = unreadable_fields(request)
        except FileNameError as error:
            return refusal(str(error), request)
        except RequestDataTooBig:
            request._mark_post_parse_error()  # type: ignore[attr-defined]  # as Django does before its own answer
            return render(request, "413.html", status=413)
        if fields and not (_answers_at_fields(request) and READ_BY_HAND.isdisjoint(fields)):
            return refusal(CHARACTERS.format("보낸 항목에"), request)
        if fields:
            request.POST = _with_nul(request.POST, fields)  # type: ignore[assignment]  # immutable to the stubs
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """What only a column's own size shows, or a field of a model that an address names and that there is not."""
        if not isinstance(error, OverflowError | DataError | FieldDoesNotExist):
            return None
        log.warning("Refused a value: %s", request.path, exc_info=error)
        return refusal(TOO_LARGE, request)


def refusal(reason: str, request: HttpRequest | None = None) -> HttpResponse:
    return HttpResponseBadRequest(render_to_string("400.html", {"reason": reason}, request))


def is_readable(data: bytes) -> bool:
    """Whether it holds whole characters alone, and no NUL."""
    try:
        return "\0" not in data.decode()
    except UnicodeDecodeError:
        return False


def _octets(text: str) -> bytes:
    """What was sent: text of WSGI holds a byte in each of its characters."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def _reasons(request: HttpRequest) -> Iterator[str]:
    """Why the head of the request can't be taken."""
    charset = (request.content_params or {}).get("charset", "utf-8").lower()
    if charset not in (
        "utf-8",
        "utf8",
    ):
        yield "이 사이트는 UTF-8로 적은 요청만 읽습니다."
    query = unquote_to_bytes(request.META.get("QUERY_STRING", ""))
    if "\0" in request.path_info or BROKEN_IN_PATH.search(request.path_info) or not is_readable(query):
        yield CHARACTERS.format("주소에")
    headers = (text for name, text in request.META.items() if name.startswith(("HTTP_", "CONTENT_")))
    if not all(is_readable(_octets(str(text))) for text in headers):
        yield CHARACTERS.format("요청의 머리글에")
    cookies = (f"{name}={text}".encode("utf-8", "surrogatepass") for name, text in request.COOKIES.items())
    if not all(map(is_readable, cookies)):
        yield "쿠키에 쓸 수 없는 글자가 들어 있습니다. 이 사이트의 쿠키를 지우고 다시 로그인해 주세요."
    numbers = (text for name, texts in request.GET.lists() if name not in TEXTS for text in texts)
    if any(NUMBER.fullmatch(part) for text in numbers for part in text.split(",")):
        yield TOO_LONG.format("주소에")


def _is_beyond(name: str, value: Any) -> bool:
    """Whether a part of the address is read as a number and is none that a key can be; what a slug holds is text."""
    if isinstance(value, int):
        return value > LARGEST_KEY
    return name == "object_id" and bool(NUMBER.fullmatch(unquote(str(value))))


def _answers_at_fields(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and (
        match.view_name in settings.FORM_PAGES or match.view_name.endswith(FORM_ROUTES)
    )


def unreadable_fields(request: HttpRequest) -> set[str]:
    """The names of the fields of a POST that hold what is no character. Of a file's form only what Django made of it is there."""
    sent = request.POST  # reads the body, whatever it is
    if request.content_type == "application/x-www-form-urlencoded" and request.body:
        pairs = (pair.replace(b"+", b" ").partition(b"=") for pair in request.body.split(b"&"))
        return {
            unquote_to_bytes(name).decode(errors="replace")
            for name, _, value in pairs
            if not (is_readable(unquote_to_bytes(name)) and is_readable(unquote_to_bytes(value)))
        }
    return {
        name for name, texts in sent.lists() if any(BROKEN in text or "\0" in text for text in (name, *texts))
    }


def _with_nul(sent: QueryDict, fields: set[str]) -> QueryDict:
    changed = sent.copy()
    for name in fields:
        changed.setlist(name, [text.replace(BROKEN, "\0") for text in sent.getlist(name)])
    changed._mutable = False
    return changed


class FileNameError(MultiPartParserError):
    """An uploaded file has a name that no file can have."""


class _Parser(MultiPartParser):
    """Refuses a file's name that Django would mend in silence."""

    def sanitize_file_name(self, file_name: str) -> str | None:
        if "\0" in file_name or BROKEN in file_name:
            raise FileNameError(CHARACTERS.format("파일 이름에"))
        return super().sanitize_file_name(file_name)


def _parse_upload(
    request: HttpRequest, META: dict[str, Any], post_data: Any
) -> tuple[QueryDict, MultiValueDict[str, Any]]:
    """As `HttpRequest.parse_file_upload`, with a parser of ours."""
    return _Parser(META, post_data, request.upload_handlers, request.encoding).parse()
