"""Pages of one's own account: password, second factor, sessions."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth import views as auth_views
from django.contrib.auth.views import RedirectURLMixin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from seoul_digital.lib.sealed import UnreadableError

from ..models.second_factors import is_app_code
from .forms import CodeForm, EnrolForm, OwnerForm, OwnPasswordForm
from .locks import count_failure
from .own_sessions import OpenSession, end_sessions, open_sessions
from .second_factor import (
    PUT_OFF,
    StaffRequest,
    app_address,
    confirm,
    enrol,
    is_verified,
    qr_code,
    remove,
    renew_recovery_codes,
)

WRONG = (
    "코드가 맞지 않습니다. 앱에 지금 나와 있는 여섯 자리를 적어 주세요. 한 번 쓴 코드는 다시 쓸 수 없습니다."
)
UNREADABLE = "서버의 비밀 키가 바뀌어 등록된 앱을 확인할 수 없습니다. 복구 코드를 쓰거나, 관리자에게 2단계 인증 해제를 요청해 주세요."


class PasswordChangeView(RedirectURLMixin, auth_views.PasswordChangeView):
    """One's own password; then the page that was asked for, where a first password stood before it."""

    form_class = OwnPasswordForm
    next_page = "password_change_done"

    def form_invalid(self, form: Any) -> HttpResponse:
        if form.has_error("old_password", "password_incorrect"):
            count_failure(self.request)
        return super().form_invalid(form)


def confirm_code(request: StaffRequest) -> HttpResponse:
    """Asks for the code of the app, or a recovery code, after the password."""
    if request.user.second_factor_key is None or is_verified(request):
        return HttpResponseRedirect(_next_page(request))  # an address, never the name of a page
    form = CodeForm(request.POST or None)
    if form.is_valid() and _is_confirmed(request, form):
        return HttpResponseRedirect(_next_page(request))  # an address, never the name of a page
    return _render_door(request, "confirm_code", {"form": form})


def _is_confirmed(request: StaffRequest, form: CodeForm) -> bool:
    code = form.cleaned_data["code"]
    try:
        factor = confirm(request, code)
    except UnreadableError:
        form.add_error("code", UNREADABLE)
        return False
    if factor is None:
        form.add_error("code", WRONG)
        return False
    if not is_app_code(code):
        left = factor.recovery_codes.count()
        messages.warning(
            request,
            f"복구 코드 하나를 썼습니다. {left}개 남았습니다. 기기를 잃었으면 ‘2단계 인증’에서 새 기기로 바꿔 주세요.",
        )
    return True


def second_factor(request: StaffRequest) -> HttpResponse:
    """The second factor of the user as it is."""
    if request.user.second_factor_key is None:
        return redirect("second_factor_new")
    return render(request, "registration/second_factor.html", {"factor": request.user.second_factor})


def second_factor_new(request: StaffRequest) -> HttpResponse:
    """Enrols an app, in place of the one before if there is one; then shows the recovery codes."""
    if request.user.second_factor_key is not None and not is_verified(request):
        return redirect("confirm_code")
    form = EnrolForm(request, request.POST or None)
    if form.is_valid():
        return _show_codes(request, enrol(request, form.key, form.step))
    address = app_address(request.user, form.key)
    context = {
        "form": form,
        "sealed": form.sealed_key(),
        "key": " ".join(form.key[start : start + 4] for start in range(0, len(form.key), 4)),
        "qr": qr_code(address),
        "may_wait": settings.IS_LOCAL and request.is_held_back,
    }
    return _render_door(request, "second_factor_new", context)


@require_POST
def second_factor_later(request: StaffRequest) -> HttpResponse:
    """Puts the enrolment off until the next sign-in, on a machine of one's own."""
    if not settings.IS_LOCAL:
        raise PermissionDenied
    request.session[PUT_OFF] = True
    return HttpResponseRedirect(_next_page(request))  # an address, never the name of a page


def second_factor_codes(request: StaffRequest) -> HttpResponse:
    if request.user.second_factor_key is None:
        return redirect("second_factor")
    form = OwnerForm(request, request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _show_codes(request, renew_recovery_codes(request.user))
    return render(request, "registration/second_factor_codes_new.html", {"form": form})


def second_factor_remove(request: StaffRequest) -> HttpResponse:
    """For those who enrolled without having to."""
    if request.user.needs_second_factor:
        raise PermissionDenied
    form = OwnerForm(request, request.POST if request.method == "POST" else None)
    if form.is_valid():
        remove(request.user, "본인")
        messages.success(request, "2단계 인증을 해제했습니다. 다음부터 비밀번호만으로 로그인합니다.")
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "registration/second_factor_remove.html", {"form": form})


def sessions(request: StaffRequest) -> HttpResponse:
    """The sign-ins of the user that are open."""
    found = open_sessions(request.user, request.session.session_key)
    return render(request, "registration/sessions.html", {"sessions": found})


@require_POST
def end_session(request: StaffRequest) -> HttpResponse:
    wanted = request.POST.get("session", "")
    others = _other_sessions(request)
    return _ended(request, [session for session in others if session.id == wanted])


@require_POST
def end_other_sessions(request: StaffRequest) -> HttpResponse:
    return _ended(request, _other_sessions(request))


def _other_sessions(request: StaffRequest) -> list[OpenSession]:
    found = open_sessions(request.user, request.session.session_key)
    return [session for session in found if not session.is_current]


def _ended(request: StaffRequest, chosen: list[OpenSession]) -> HttpResponse:
    if number := end_sessions(request.user, chosen):
        messages.success(
            request, f"로그인 {number}개를 끝냈습니다. 모르는 로그인이었으면 비밀번호도 바꿔 주세요."
        )
    else:
        messages.info(request, "이미 끝난 로그인입니다.")
    return redirect("sessions")


def _show_codes(request: StaffRequest, codes: list[str]) -> HttpResponse:
    context = {"codes": codes, "text": "\n".join(codes)}
    return _render_door(request, "second_factor_codes", context)


def _render_door(request: StaffRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"registration/{name}.html", {"next": _next_page(request)} | context)


def _next_page(request: StaffRequest) -> str:
    wanted = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME, "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else settings.LOGIN_REDIRECT_URL
