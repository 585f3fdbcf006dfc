"""Django's sessions in the database, in rows that know their user, who is read with them (settings.SESSION_ENGINE)."""

from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from ..models import User, UserSession


class SessionStore(DatabaseStore):
    user_read: User | None = None  # by the query that has read the session

    @classmethod
    def get_model_class(cls) -> type[UserSession]:
        return UserSession

    def load(self) -> dict[str, Any]:
        """As Django's, which answers of what is not there or nobody's."""
        user: Any = User.objects.get_with_session(self.session_key)
        if user is None or user.session_expires <= timezone.now():
            return super().load()
        self.user_read = user
        return self.decode(user.session_data)

    def create_model_instance(self, data: dict[str, Any]) -> UserSession:
        row = cast(UserSession, super().create_model_instance(data))
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row
