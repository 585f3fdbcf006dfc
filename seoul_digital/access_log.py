"""The access log (접속기록): who did what, when and from where, and why a file left the system."""

import logging
from email.message import Message
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse

from .logs import quoted

log = logging.getLogger("access")
REASON = "download_reason"  # in the session: asked once a sign-in


class AccessLogMiddleware:
    """A line for each request of who is signed in; with EXPORT_REASON_REQUIRED no file leaves before a reason is given."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        who = request.user.get_username()  # before a sign-out forgets it
        response = self.get_response(request)
        if not (who or request.user.is_authenticated):
            return response
        file = file_name(response)
        if file and settings.EXPORT_REASON_REQUIRED and not request.session.get(REASON):
            # The file is let go, not closed: closing it would tell Django that the request is over, and the database's connection would go.
            response, file = (
                redirect(f"{reverse('download_reason')}?{urlencode({'next': request.get_full_path()})}"),
                "",
            )
        fields = fields_of(request, who or request.user.get_username(), response.status_code, file)
        named = {
            name: str(value).strip('"') if name == "address" else value for name, value in fields.items()
        }
        log.info(line(fields), extra={"fields": named})
        return response


def fields_of(request, who, status, file=""):
    """Return what a line tells, by name; of a file its name and the reason that was given."""
    fields = {
        "user": who,
        "address": address_of(request),
        "method": request.method,
        "path": request.get_full_path(),
        "status": status,
    }
    return fields | ({"file": file, "reason": request.session.get(REASON, "")} if file else {})


def line(fields):
    """`"kim" 10.1.2.3 GET "/budgets/?download=lines" 200 file="세출.xlsx" reason="의회 제출"`"""
    text = f"{quoted(fields['user'])} {fields['address']} {fields['method']} {quoted(fields['path'])} {fields['status']}"
    named = (f" {name}={quoted(fields[name])}" for name in ("file", "reason") if name in fields)
    return text + "".join(named)


def address_of(request: HttpRequest) -> str:
    """Return the client's address; behind a trusted proxy, the one that it forwards."""
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    is_trusted = not {address, "*"}.isdisjoint(settings.TRUSTED_PROXIES)
    return quoted(forwarded) if forwarded and is_trusted else address or "-"


def file_name(response):
    """Return the name of a downloaded file; '' for a page."""
    header = Message()
    header["Content-Disposition"] = response.get("Content-Disposition", "")
    return (header.get_filename() or "file") if header.get_content_disposition() == "attachment" else ""
