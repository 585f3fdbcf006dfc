"""Headers of a private system, and how long a sign-in lasts."""

import time

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
STARTED, SEEN = "session_started", "session_seen"  # seconds since the epoch, in the session
REFRESH = 300  # seconds: a GET writes the session at most this often


class PrivateResponseMiddleware:
    """`no-store` on whatever does not say otherwise, errors included: pages and downloads are for the one who asked."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response


class SessionLimitMiddleware:
    """Signs out who was idle past SESSION_IDLE_LIMIT or signed in longer ago than SESSION_COOKIE_AGE."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            self.hold(request, int(time.time()))
        return self.get_response(request)

    def hold(self, request, now):
        started = request.session.setdefault(STARTED, now)
        seen = request.session.get(SEEN, now)
        if now - started > settings.SESSION_COOKIE_AGE or now - seen > settings.SESSION_IDLE_LIMIT:
            logout(request)
        elif SEEN not in request.session or now - seen >= REFRESH:
            request.session[SEEN] = now


@receiver(user_logged_in)
def begin_session(request, **kwargs):
    """A sign-in starts both clocks anew, also where the same person signs in again over a running session."""
    request.session[STARTED] = request.session[SEEN] = int(time.time())
