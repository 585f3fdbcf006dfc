"""Users and groups in admin: who gives whom which role."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.forms import UserChangeForm

from .roles import ROLES

FOR_SUPERUSERS = ("is_superuser", "user_permissions")


class StaffUserForm(UserChangeForm):
    def clean(self):
        """A role that edits opens the door to admin."""
        cleaned = super().clean()
        if "is_staff" in cleaned and any(ROLES[group.name].grants for group in cleaned.get("groups", ()) if group.name in ROLES):
            cleaned["is_staff"] = True
        return cleaned


class GuardedUsersAdmin(admin.ModelAdmin):
    """Only superusers make superusers, and only they change one (`Reach.rows`)."""

    form = StaffUserForm

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if request.user.is_superuser:
            return fieldsets
        return [(name, {**options, "fields": _without(options["fields"], FOR_SUPERUSERS)}) for name, options in fieldsets]


def _without(names, hidden):
    return tuple(name for name in names if name not in hidden)


class RoleGroupAdmin(GroupAdmin):
    """The six roles are what `roles.py` says; groups of one's own may stand beside them."""

    list_display = ("name", "is_role")

    @admin.display(description="정해진 역할", boolean=True)
    def is_role(self, group):
        return group.name in ROLES

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not _is_role(obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not _is_role(obj)


def _is_role(group):
    return group is not None and group.name in ROLES
