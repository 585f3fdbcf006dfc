"""Who is signed in, and in the same query what every page asks about that person (`get_with_access` of the users)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend

_read: ContextVar[Any] = ContextVar("backends.read", default=None)


@contextmanager
def already_read(user: Any) -> Iterator[None]:
    """Inside, the user (None: nobody) whom the query of the session has brought is asked for no second time."""
    token = _read.set(user)
    try:
        yield
    finally:
        _read.reset(token)


class StaffBackend(ModelBackend):
    def get_user(self, user_id: Any) -> Any:
        user = _read.get()
        if user is None or user.pk != user_id:
            user = get_user_model().objects.get_with_access(user_id)
        return user if user and self.user_can_authenticate(user) else None
