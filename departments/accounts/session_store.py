"""Django's sessions in the database, in rows that know their user (settings.SESSION_ENGINE)."""

from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from core.remembered.queries import RememberedQuery

from ..models import UserSession

_session = RememberedQuery(lambda key: UserSession.objects.filter(session_key=key))


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[UserSession]:
        return UserSession

    def _get_session_from_db(self) -> UserSession | None:
        """As Django's, which answers of what is not there."""
        for row in UserSession.objects.raw(*_session.compile(self.session_key)):
            if row.expire_date > timezone.now():
                return row
        return super()._get_session_from_db()

    def create_model_instance(self, data: dict[str, Any]) -> UserSession:
        row = cast(UserSession, super().create_model_instance(data))
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row
