"""Who is signed in, and in the same query what every page asks about that person (`get_with_access` of the users)."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend


class StaffBackend(ModelBackend):
    def get_user(self, user_id: Any) -> Any:
        user = get_user_model().objects.get_with_access(user_id)
        return user if user and self.user_can_authenticate(user) else None
