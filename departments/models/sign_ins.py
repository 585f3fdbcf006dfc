"""What is kept of sign-ins: sessions by user, and the hashes of passwords that may not come again."""

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone


class UserSession(AbstractBaseSession):
    """A session that knows whose it is, so that people see and end their own."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessions", verbose_name="사용자"
    )

    class Meta(AbstractBaseSession.Meta):
        verbose_name = "로그인"
        verbose_name_plural = "로그인"
        default_permissions = ()

    @classmethod
    def get_session_store_class(cls):  # type: ignore[no-untyped-def]  # Django's own
        from ..accounts.session_store import SessionStore

        return SessionStore


class PastPassword(models.Model):
    """The hash of a password that an account has, or had before."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="past_passwords")
    password = models.CharField(max_length=128)
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user} 지난 비밀번호"
