"""Passwords that an account had before are refused (settings.AUTH_PASSWORD_VALIDATORS)."""

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from ..models import PastPassword, User

KEPT = 5  # before the one in use


class PastPasswordValidator:
    """Refuses the password in use and the five before it."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None or user.pk is None:
            return
        if user.password and check_password(password, user.password):
            raise ValidationError("지금과 다른 비밀번호를 정해 주세요.", code="same_password")
        past = user.past_passwords.order_by("-pk").values_list("password", flat=True)[: KEPT + 1]
        if any(check_password(password, old) for old in past if old != user.password):
            raise ValidationError(self.get_help_text(), code="past_password")

    def password_changed(self, password: str, user: User | None = None) -> None:
        """Called by Django once the user is saved: the newest hashes stay."""
        if user is None:
            return
        user.past_passwords.create(password=user.password)
        kept = user.past_passwords.order_by("-pk").values_list("pk", flat=True)[: KEPT + 1]
        PastPassword.objects.filter(user=user).exclude(pk__in=list(kept)).delete()

    def get_help_text(self) -> str:
        return f"최근에 쓴 비밀번호 {KEPT}개와 지금 쓰는 것은 다시 쓸 수 없습니다."
