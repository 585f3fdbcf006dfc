"""Who is signed in, and in the same query whether that person may take tables out, which every page with a table asks."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db.models import Exists, OuterRef, Q

from .roles import TABLES


class StaffBackend(ModelBackend):
    def get_user(self, user_id: Any) -> Any:
        users = get_user_model().objects.annotate(can_export=can_export(OuterRef("pk")))
        user = users.filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


def can_export(user: Any) -> Any:
    """Whether the user has the permission, by hand or by a group."""
    return Exists(Permission.objects.filter(Q(group__user=user) | Q(user=user), codename=TABLES))
