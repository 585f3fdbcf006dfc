"""Users and groups in admin: who gives whom which role."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Permission
from django.db.models import Count, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime

from core.access.roles import ACTIONS, all_roles
from core.admin.base import BaseAdmin

from ..models import SecondFactor, User
from ..resources import UserResource
from .account_acts import AccountActsMixin, may_unlock
from .forms import GivenPasswordForm, NewUserForm, StaffUserForm
from .locks import is_locked
from .own_sessions import open_sessions

LOCKED, FIRST, INACTIVE = "잠김", "첫 비밀번호", "쓰지 않음"


class AccountStateFilter(admin.SimpleListFilter):
    title, parameter_name = "상태", "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("locked", LOCKED), ("first", FIRST), ("inactive", INACTIVE)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        conditions = {
            "locked": {"is_locked": True},
            "first": {"must_change_password": True},
            "inactive": {"is_active": False},
        }
        return queryset.filter(**conditions.get(self.value() or "", {}))


@admin.register(User)
class StaffUserAdmin(AccountActsMixin, BaseAdmin, UserAdmin):
    """Only superusers make superusers, and only they change one (`AccessScope.filter_for`)."""

    resource_classes = [UserResource]
    form, add_form, change_password_form = StaffUserForm, NewUserForm, GivenPasswordForm
    add_form_template = "admin/change_form.html"
    change_user_password_template = "admin/departments/user/change_password.html"  # noqa: S105
    fieldsets = (
        (None, {"fields": ("username", "password", "must_change_password", "is_active")}),
        ("사람", {"fields": ("last_name", "first_name", "department", "email")}),
        ("할 수 있는 일", {"fields": ("groups", "is_city_wide", "is_superuser")}),
        ("기록", {"fields": ("last_login", "date_joined", "second_factor_state")}),
    )
    add_fieldsets = ((None, {"fields": (*NewUserForm.Meta.fields, "password1", "password2")}),)
    list_display = ("username", "display_name", "department", "roles", "state", "last_login")
    list_select_related = ("department",)
    list_filter = ("groups", AccountStateFilter)
    search_fields = (*UserAdmin.search_fields, "department__name")
    autocomplete_fields = ("department",)
    filter_horizontal = ()
    readonly_fields = (
        "last_login",
        "date_joined",
        "second_factor_state",
    )  # the system's own words; a form opened before a sign-in would undo it

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        users = super().get_queryset(request).prefetch_related("groups")
        return users.annotate(is_locked=is_locked(OuterRef("username")))

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if request.user.is_superuser:
            return fieldsets
        return [
            (title, {"fields": tuple(name for name in options["fields"] if name != "is_superuser")})
            for title, options in fieldsets
        ]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs |= {
                "widget": forms.CheckboxSelectMultiple,
                "help_text": "무엇을 할 수 있는지는 역할이 정합니다.",
            }
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description="이름", ordering="last_name")
    def display_name(self, user: User) -> str:
        return user.display_name

    @admin.display(description="역할", empty_value="없음")
    def roles(self, user: User) -> str | None:
        names = ["모든 권한"] * user.is_superuser + [group.name for group in user.groups.all()]
        return ", ".join(names) or None

    @admin.display(description="상태")
    def state(self, user: Any) -> str:
        if not user.is_active:
            return INACTIVE
        return LOCKED if user.is_locked else FIRST if user.must_change_password else "사용"

    @admin.display(description="2단계 인증")
    def second_factor_state(self, user: User) -> str:
        factor = SecondFactor.objects.filter(user=user).first()
        if factor is None:
            return (
                "등록하지 않음(다음 로그인 때 등록해야 함)" if user.needs_second_factor else "등록하지 않음"
            )
        left = factor.recovery_codes.count()
        return f"{date_format(localtime(factor.created_at), 'Y. n. j.')}에 등록, 남은 복구 코드 {left}개"

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Of another. One's own is changed where the old one is asked for."""
        if id == str(request.user.pk):
            return redirect("password_change")
        return super().user_change_password(request, id, form_url)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, obj: Any = None, **kwargs: Any
    ) -> Any:
        is_other = bool(obj) and obj != request.user
        is_changed = is_other and self.has_change_permission(request, obj)
        context |= {
            "can_unlock": bool(obj and obj.is_locked and may_unlock(request)),
            "can_remove_factor": is_changed and obj.second_factor_key is not None,
            "open_sessions": len(open_sessions(obj, None)) if is_changed else 0,
        }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def response_add(
        self, request: HttpRequest, obj: User, post_url_continue: str | None = None
    ) -> HttpResponse:
        """One page is all that a new account needs: back to the list, as of any other model."""
        return BaseAdmin.response_add(self, request, obj, post_url_continue)


class RoleGroupAdmin(GroupAdmin):
    """The six roles are what `roles.py` says; groups of one's own may stand beside them."""

    list_display = ("name", "members", "is_role")
    filter_horizontal = ()

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(member_count=Count("user", distinct=True))

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        """By kind of object, in the words of the six roles."""
        if db_field.name != "permissions":
            return super().formfield_for_manytomany(db_field, request, **kwargs)
        rights = _rights()
        keys = [key for _, choices in rights for key, _ in choices]
        kwargs |= {
            "queryset": Permission.objects.filter(pk__in=keys),
            "widget": forms.CheckboxSelectMultiple(attrs={"class": "rights"}),
            "help_text": "정해진 여섯 역할로 되지 않을 때에만 씁니다. 고른 것은 자기 부서의 것에 미칩니다.",
        }
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        field.choices = rights
        return field

    @admin.display(description="사람 수", ordering="member_count")
    def members(self, group):
        return group.member_count

    def get_fields(self, request, obj=None):
        return ("name", "may_do") if _is_role(obj) else super().get_fields(request, obj)

    def get_readonly_fields(self, request, obj=None):
        return (*super().get_readonly_fields(request, obj), *(["may_do"] if _is_role(obj) else []))

    @admin.display(description="할 수 있는 일")
    def may_do(self, group):
        """A line a kind of object, in words, of what the role says."""
        role = all_roles()[group.name]
        granted = {
            model._meta: [
                word for action, word in ACTIONS.items() if role.grant(model._meta.label_lower, action)
            ]
            for model in admin.site._registry
        }
        lines = [(meta.verbose_name, ", ".join(words)) for meta, words in granted.items() if words]
        whose = "자기 부서와 그 아래 부서의 것만" if role.own_unit_only else ""
        whose = "자기 국·정책관의 것만(‘서울시 전체’인 사람은 모두)" if role.own_bureau_only else whose
        tables = "화면의 표를 파일로 받기" if role.can_export else ""
        heads = [(word,) for word in ("확정된 자료 읽기", tables, whose) if word]
        return format_html(
            "{}<ul>{}</ul>",
            format_html_join("", "<p>{}</p>", heads),
            format_html_join("", "<li>{}: {}</li>", lines),
        )

    @admin.display(description="정해진 역할", boolean=True)
    def is_role(self, group):
        return group.name in all_roles()

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not _is_role(obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not _is_role(obj)


def _rights() -> list[tuple[str, list[tuple[int, str]]]]:
    """The permissions on what admin shows, under the name of the model."""
    found: dict[Any, list[tuple[int, str]]] = {model: [] for model in admin.site._registry}
    for permission in Permission.objects.select_related("content_type").order_by("pk"):
        if (model := permission.content_type.model_class()) in found:
            action = permission.codename.removesuffix(f"_{model._meta.model_name}")
            found[model].append((permission.pk, ACTIONS.get(action, permission.name)))
    return [(model._meta.verbose_name, rights) for model, rights in found.items() if rights]


def _is_role(group):
    return group is not None and group.name in all_roles()
