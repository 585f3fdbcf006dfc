"""Users and groups in admin: who gives whom which role."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.forms import UserChangeForm
from django.db.models import Count
from django.utils.html import format_html, format_html_join

from core.access.roles import ACTIONS, all_roles

FOR_SUPERUSERS = ("is_superuser", "user_permissions")


class StaffUserForm(UserChangeForm):
    def clean(self):
        """A role that edits opens the door to admin."""
        cleaned = super().clean() or self.cleaned_data
        if "is_staff" in cleaned and any(
            all_roles()[group.name].grants for group in cleaned.get("groups", ()) if group.name in all_roles()
        ):
            cleaned["is_staff"] = True
        return cleaned


class GuardedUsersAdmin(admin.ModelAdmin):
    """Only superusers make superusers, and only they change one (`Reach.rows`)."""

    form = StaffUserForm

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if request.user.is_superuser:
            return fieldsets
        return [
            (
                name,
                {
                    **options,
                    "fields": tuple(name for name in options["fields"] if name not in FOR_SUPERUSERS),
                },
            )
            for name, options in fieldsets
        ]


class RoleGroupAdmin(GroupAdmin):
    """The six roles are what `roles.py` says; groups of one's own may stand beside them."""

    list_display = ("name", "members", "is_role")

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(member_count=Count("user"))

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
        granted = [(model._meta.verbose_name, _words(role, model)) for model in admin.site._registry]
        lines = [(name, words) for name, words in granted if words]
        whose = "자기 부서와 그 아래 부서의 것만" if role.own_unit_only else ""
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


def _words(role, model):
    return ", ".join(word for action, word in ACTIONS.items() if role.grant(model._meta.label_lower, action))


def _is_role(group):
    return group is not None and group.name in all_roles()
