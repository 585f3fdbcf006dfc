"""What administrators do to the sign-in of another: unlock, take the second factor off, end the sessions. The account's history names each."""

from typing import Any

from axes.models import AccessAttempt
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_POST

from core.access.scope import access_scope
from core.models.changes import LONGEST_REASON

from ..models import User
from .locks import unlock
from .own_sessions import end_sessions, open_sessions
from .second_factor import remove

REASON_MISSING = "까닭을 적어 주세요. 본인인지 어떻게 확인했는지를 적으면 나중에 알 수 있습니다."


class AccountActsMixin:
    """Buttons of a user's page; a superuser's are for superusers alone, as everything of theirs."""

    def get_urls(self) -> list[Any]:
        views = {
            "unlock": require_POST(self.unlock_view),
            "second_factor": self.second_factor_view,
            "sessions": require_POST(self.sessions_view),
        }
        wrapped = self.admin_site.admin_view  # type: ignore[attr-defined]
        own = [
            path(f"<int:key>/{name.replace('_', '-')}/", wrapped(view), name=f"departments_user_{name}")
            for name, view in views.items()
        ]
        return [*own, *super().get_urls()]  # type: ignore[misc]

    def unlock_view(self, request: HttpRequest, key: int) -> HttpResponse:
        user = get_object_or_404(User, pk=key)
        if not may_unlock(request) or not self.has_view_permission(request, user):  # type: ignore[attr-defined]
            raise PermissionDenied
        if unlock(user):
            messages.success(request, f"{_name(user)} 계정의 잠금을 풀었습니다.")
        else:
            messages.info(request, f"{_name(user)} 계정은 잠겨 있지 않습니다.")
        return redirect("admin:departments_user_change", key)

    def second_factor_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Asks why, then takes the factor off; the user enrols anew at the next sign-in."""
        user = self._changeable(request, key)
        if user == request.user:  # who is asked for the password there
            return redirect("second_factor")
        reason = request.POST.get("change_reason", "").strip()[: LONGEST_REASON // 2]
        if request.method == "POST" and reason:
            if remove(user, reason):
                messages.success(request, f"{_name(user)} 계정의 2단계 인증을 해제했습니다.")
            else:
                messages.info(request, f"{_name(user)} 계정에는 등록된 2단계 인증이 없습니다.")
            return redirect("admin:departments_user_change", key)
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": "2단계 인증 해제",
            "opts": User._meta,
            "original": user,
            "error": REASON_MISSING if request.method == "POST" else "",
        }
        return TemplateResponse(request, "admin/departments/user/second_factor.html", context)

    def sessions_view(self, request: HttpRequest, key: int) -> HttpResponse:
        user = self._changeable(request, key)
        if user == request.user:
            return redirect("sessions")
        number = end_sessions(user, open_sessions(user, None))
        messages.success(request, f"{_name(user)} 계정의 로그인 {number}개를 끝냈습니다.")
        return redirect("admin:departments_user_change", key)

    def _changeable(self, request: HttpRequest, key: int) -> User:
        user = get_object_or_404(User, pk=key)
        if not self.has_change_permission(request, user):  # type: ignore[attr-defined]
            raise PermissionDenied
        return user


def may_unlock(request: HttpRequest) -> bool:
    return access_scope(request.user).has(AccessAttempt, "delete")


def _name(user: User) -> str:
    return f"{user.display_name}({user.username})"
