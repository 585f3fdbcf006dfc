"""Passwords of before and those made of what everybody here would guess are refused (settings.AUTH_PASSWORD_VALIDATORS)."""

import re

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from ..models import PastPassword, User

KEPT = 5  # before the one in use
# What the place, the product and the work are called; docs/security.md names the list.
CONTEXT_WORDS = [
    "seoul",
    "digital",
    "report",
    "smart",
    "city",
    "metropolitan",
    "government",
    "bureau",
    "division",
    "policy",
    "budget",
    "admin",
    "password",
    "서울시",
    "서울특별시",
    "서울",
    "디지털",
    "정책관",
    "업무보고",
    "현황판",
    "예산",
    "관리자",
    "비밀번호",
]
LEAST_OWN = 6  # characters that are left without those words, digits and marks
_GUESSED = re.compile("|".join(sorted(CONTEXT_WORDS, key=len, reverse=True)) + r"|[\W\d_]", re.IGNORECASE)


class ContextWordValidator:
    """Refuses `Seoul-Digital-2026!`: words of the place with digits and marks around them."""

    def validate(self, password: str, user: User | None = None) -> None:
        has_word = any(word in password.lower() for word in CONTEXT_WORDS)
        if has_word and len(_GUESSED.sub("", password)) < LEAST_OWN:
            raise ValidationError(self.get_help_text(), code="context_word")

    def get_help_text(self) -> str:
        return "기관·업무의 이름(서울, 디지털, 업무보고, report …)에 숫자와 기호만 붙인 비밀번호는 쓸 수 없습니다."


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
