"""The second factor of a sign-in: enrolled, asked for, removed. Each act stands in the history of the account; keys and codes never do."""

import time
from hashlib import sha256
from urllib.parse import quote, urlencode

import django_otp
import segno
from axes.models import AccessLog
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from core.audit.recording import change_reason, record_rows
from seoul_digital.middleware import STARTED

from ..models import SecondFactor, User
from ..models.second_factors import is_app_code, new_recovery_codes
from .locks import count_failure, forget_failures

PUT_OFF = "second_factor_put_off"  # in the session
JUST_NOW = 600  # seconds since the sign-in, in which the password is not asked for again
ISSUER = "업무보고"


class StaffRequest(HttpRequest):
    """A request of who is signed in, after SecondFactorMiddleware."""

    user: User  # type: ignore[assignment]
    is_held_back: bool


def is_verified(request: HttpRequest) -> bool:
    """Whether this session has given a code of the factor that the user has now."""
    factor = SecondFactor(pk=request.user.second_factor_key)
    return request.session.get(django_otp.DEVICE_ID_SESSION_KEY) == factor.persistent_id


def is_put_off(request: HttpRequest) -> bool:
    """Whether the enrolment waits for the next sign-in, which nobody is offered but on a machine of one's own."""
    return settings.IS_LOCAL and request.session.get(PUT_OFF, False)


def signed_in_just_now(request: HttpRequest) -> bool:
    return time.time() - request.session[STARTED] < JUST_NOW


def confirm(request: HttpRequest, code: str) -> SecondFactor | None:
    """End the sign-in by a right code; a wrong one counts as a failed sign-in."""
    factor = SecondFactor.objects.get(user=request.user)
    spare = None if is_app_code(code) else factor.find_recovery_code(code)
    with transaction.atomic():
        if not (factor.take_code(code) if is_app_code(code) else spare and spare.take()):
            count_failure(request)
            return None
        if spare:
            record(factor.user, f"2단계 인증의 복구 코드를 씀({factor.recovery_codes.count()}개 남음)")
        forget_failures(factor.user)
        _mark(request, factor)
    return factor


def enrol(request: HttpRequest, key: str, step: int) -> list[str]:
    """Take the app with this key, whose code of the step was right, in place of any before it: the recovery codes, shown once."""
    codes = new_recovery_codes()
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=request.user.pk)
        had_before = SecondFactor.objects.filter(user=user).delete()[0] > 0
        factor = SecondFactor(user=user, last_step=step)
        factor.seal_key(key)
        factor.save()
        factor.replace_recovery_codes(codes)
        record(user, "2단계 인증의 기기를 바꿈" if had_before else "2단계 인증을 등록함")
        _mark(request, factor)
    return list(codes)


def renew_recovery_codes(user: User) -> list[str]:
    codes = new_recovery_codes()
    with transaction.atomic():
        SecondFactor.objects.select_for_update().get(user=user).replace_recovery_codes(codes)
        record(user, "2단계 인증의 복구 코드를 새로 만듦")
    return list(codes)


@transaction.atomic
def remove(user: User, reason: str) -> bool:
    """Take the second factor off an account; False where there is none. Who needs one enrols anew at the next page."""
    if not SecondFactor.objects.filter(user=user).delete()[0]:
        return False
    record(user, f"2단계 인증을 해제함: {reason}")
    return True


def record(user: User, reason: str) -> None:
    with change_reason(reason):
        record_rows(User, [user.pk])


def _mark(request: HttpRequest, factor: SecondFactor) -> None:
    """The session is of use from now on, under a new id; the log of sign-ins follows it."""
    old = request.session.session_key
    request.session.cycle_key()
    django_otp.login(request, factor)
    request.user.second_factor_key = factor.pk
    hashes = [sha256(key.encode()).hexdigest() for key in (old, request.session.session_key)]
    AccessLog.objects.filter(session_hash=hashes[0]).update(session_hash=hashes[1])


def app_address(user: User, key: str) -> str:
    """What the QR code says to an authenticator app."""
    label = quote(f"{ISSUER}:{user.get_username()}")
    return f"otpauth://totp/{label}?{urlencode({'secret': key, 'issuer': ISSUER}, quote_via=quote)}"


def qr_code(address: str) -> SafeString:
    """An SVG of attributes alone, for the content security policy forbids styles."""
    svg = segno.make(address, error="m").svg_inline(scale=5, border=4, light="#fff", dark="#000")
    return mark_safe(svg)  # noqa: S308  (drawn by segno: paths and numbers)
