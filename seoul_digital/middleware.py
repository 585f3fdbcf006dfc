"""Headers of a private system, and how long a sign-in lasts."""

import time
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.signals import user_logged_in
from django.contrib.auth.views import redirect_to_login
from django.dispatch import receiver
from django.http import HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import reverse

from .access_log import address_of
from .server.error_pages import error_page

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
STARTED, SEEN = "session_started", "session_seen"  # seconds since the epoch, in the session
ADDRESS, BROWSER = "session_address", "session_browser"  # from where and with what the sign-in came
LONGEST_BROWSER = 300
REFRESH = 300  # seconds: a request writes the session at most this often
WATCHING = "X-Watch"  # of what a script asks again and again while nobody may be there
WARNING = 300  # seconds before the end at which a page with a form says so


class PrivateResponseMiddleware:
    """`no-store` on whatever does not say otherwise, errors included: pages and downloads are for the one who asked.

    An error that Django or a static file leaves empty (405, 416) gets its page.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if response.status_code >= 400 and not response.streaming and not response.content:
            response.content = error_page(response.status_code)
            response.headers["Content-Type"] = "text/html; charset=utf-8"
            response.headers["Content-Length"] = str(len(response.content))
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class MethodMiddleware:
    """Answers 405 to what no page knows (TRACE, PUT …), and gives every 405 a page."""

    KNOWN = ("GET", "HEAD", "POST", "OPTIONS")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        is_known = request.method in self.KNOWN
        response = self.get_response(request) if is_known else HttpResponseNotAllowed(self.KNOWN)
        if response.status_code != 405:
            return response
        page = render(request, "405.html", status=405)
        page.headers["Allow"] = response["Allow"]
        return page


class UploadLimitMiddleware:
    """Answers 413 to what is larger than LARGEST_UPLOAD, before anything reads it into memory or onto the disk.

    Some of it is taken in and forgotten, for most browsers show no answer while they are still sending.
    """

    FORGOTTEN = 256 << 20  # bytes
    BLOCK = 1 << 16

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if int(request.META.get("CONTENT_LENGTH") or 0) <= settings.LARGEST_UPLOAD:
            return self.get_response(request)
        for _ in range(self.FORGOTTEN // self.BLOCK):
            if not request.read(self.BLOCK):
                break
        return render(request, "413.html", status=413)


class SessionLimitMiddleware:
    """Signs out who was idle past SESSION_IDLE_LIMIT or signed in longer ago than SESSION_COOKIE_AGE.

    A browser whose session is over, by whatever way, is to forget the pages that it keeps, in the answer that takes its cookie away.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            self.hold(request, int(time.time()))
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.is_empty():
            response.headers["Clear-Site-Data"] = '"cache"'
        return response

    def hold(self, request, now):
        """What a page asks by itself, how long the sign-in lasts or how far some work is, does not make the sign-in longer, but by a POST."""
        started = request.session.setdefault(STARTED, now)
        seen = request.session.get(SEEN, now)
        idle = now - seen
        is_watching = request.path == reverse("session") or WATCHING in request.headers
        if now - started > settings.SESSION_COOKIE_AGE or idle > settings.SESSION_IDLE_LIMIT:
            logout(request)
            return
        refresh = 0 if is_watching else min(REFRESH, settings.SESSION_IDLE_LIMIT // 10)
        if SEEN not in request.session or idle >= refresh and not (is_watching and request.method == "GET"):
            request.session[SEEN], idle = now, 0
        limit = settings.SESSION_COOKIE_AGE - (now - started)
        request.session_left = min(settings.SESSION_IDLE_LIMIT - idle, limit)
        shortest = min(settings.SESSION_IDLE_LIMIT, settings.SESSION_COOKIE_AGE)
        request.session_warning = min(WARNING, shortest // 4)


class StaffLoginMiddleware(LoginRequiredMiddleware):
    """After the sign-in a form that was sent too late opens again, for its address may take nothing but a POST."""

    def handle_no_permission(self, request, view_func):
        try:
            page = urlsplit(request.META.get("HTTP_REFERER", ""))
        except ValueError:  # no address, as `http://[`
            page = urlsplit("")
        if request.method in ("GET", "HEAD") or page.netloc != request.get_host():
            return super().handle_no_permission(request, view_func)
        return redirect_to_login(page._replace(scheme="", netloc="").geturl(), self.get_login_url(view_func))


@receiver(user_logged_in)
def begin_session(request, **kwargs):
    """A sign-in starts both clocks anew, also where the same person signs in again over a running session."""
    request.session[STARTED] = request.session[SEEN] = int(time.time())
    request.session[ADDRESS] = address_of(request)
    request.session[BROWSER] = request.META.get("HTTP_USER_AGENT", "")[:LONGEST_BROWSER]
