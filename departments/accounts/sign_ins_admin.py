"""Sign-ins in admin: axes' lists, to be looked at, in Korean; what locks an account is removed, which unlocks it."""

from typing import Any

from axes import admin as axes_admin
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib import admin


class SignInAdmin(admin.ModelAdmin):
    """`path_info` is the same for every sign-in; which site of ours was asked says nothing."""

    list_filter: Any = ("attempt_time",)
    actions: Any = None

    def get_list_display(self, request: Any) -> list[Any]:
        return [name for name in super().get_list_display(request) if name != "path_info"]


@admin.register(AccessAttempt)
class AttemptAdmin(SignInAdmin, axes_admin.AccessAttemptAdmin):
    list_filter = ("attempt_time", axes_admin.IsLockedOutFilter)
    actions = ("delete_selected",)
    fieldsets = (
        (None, {"fields": ("username", "attempt_time", "failures_since_start", "state")}),
        ("접속 정보", {"fields": ("user_agent", "ip_address")}),
    )
    readonly_fields = (*axes_admin.AccessAttemptAdmin.readonly_fields, "state")
    list_display = ("attempt_time", "username", "failures_since_start", "state", "ip_address", "user_agent")

    @admin.display(description="상태")
    def state(self, attempt: AccessAttempt) -> str:
        left = settings.AXES_FAILURE_LIMIT - attempt.failures_since_start
        return f"{left}번 더 틀리면 잠김" if left > 0 else "잠김"


@admin.register(AccessLog)
class LogAdmin(SignInAdmin, axes_admin.AccessLogAdmin):
    pass


@admin.register(AccessFailureLog)
class FailureAdmin(SignInAdmin, axes_admin.AccessFailureLogAdmin):
    list_filter = ("attempt_time", "locked_out")
