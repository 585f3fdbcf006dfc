"""Who is signed in, and in the same query whether that person may export tables and enters the administration, which every page asks."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.db.models import OuterRef

from .roles import can_export, uses_admin


class StaffBackend(ModelBackend):
    def get_user(self, user_id: Any) -> Any:
        user = OuterRef("pk")
        users = get_user_model().objects.annotate(can_export=can_export(user), uses_admin=uses_admin(user))
        user = users.filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
