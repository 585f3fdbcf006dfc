"""The second factor of a sign-in: codes of an authenticator app by the clock (TOTP, RFC 6238), and recovery codes."""

import secrets
import time
from base64 import b32decode, b32encode
from collections.abc import Mapping

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import models
from django.utils import timezone
from django_otp.models import Device
from django_otp.oath import hotp

from seoul_digital.lib.sealed import Seal

STEP = 30  # seconds that a code holds for
TOLERANCE = (0, -1, 1)  # steps by which the clock of a telephone may be off
KEY_BYTES = 20
RECOVERY_CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
GROUPS, GROUP = 3, 4  # a recovery code is abcd-efgh-jkmn: 59 bits
RECOVERY_LENGTH = GROUPS * GROUP


def new_key() -> str:
    """A random key, as people type it into an app."""
    return b32encode(secrets.token_bytes(KEY_BYTES)).decode()


def key_seal() -> Seal:
    return Seal("departments.SecondFactor", [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS])


class SecondFactor(Device):
    """The app of one user. Its key is sealed by SECRET_KEY; a code is taken once, for no step comes back."""

    name = confirmed = None  # type: ignore[assignment]  # of Device: there is one a user, and it has been confirmed

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="second_factor", verbose_name="사용자"
    )
    sealed_key = models.CharField(max_length=200)
    last_step = models.BigIntegerField(default=-1)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "2단계 인증"
        verbose_name_plural = "2단계 인증"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user} 2단계 인증"

    def seal_key(self, key: str) -> None:
        self.sealed_key = key_seal().seal(key)

    def verify_token(self, token: str) -> bool:
        """Whether the code of the app or the recovery code is right; it never is a second time."""
        if is_app_code(token):
            return self.take_code(token)
        spare = self.find_recovery_code(token)
        return spare is not None and spare.take()

    def take_code(self, code: str) -> bool:
        """Whether the code is the app's and nobody has used it or a later one.

        Raises UnreadableError where the key was sealed by a SECRET_KEY that is gone.
        """
        key = key_seal().open(self.sealed_key)
        step = matching_step(key, without_spaces(code), after=self.last_step)
        if step is None:
            return False
        self.seal_key(key)  # by the newest SECRET_KEY
        unused = SecondFactor.objects.filter(pk=self.pk, last_step__lt=step)
        return unused.update(last_step=step, sealed_key=self.sealed_key) == 1

    def find_recovery_code(self, code: str) -> "RecoveryCode | None":
        """The unused code; its hash is dear to check, which nobody should do while the database is held."""
        plain = without_spaces(code).replace("-", "").lower()
        if len(plain) != RECOVERY_LENGTH or not set(plain) <= set(LETTERS):
            return None
        rows = self.recovery_codes.filter(prefix=plain[:GROUP])
        return next((row for row in rows if check_password(plain, row.code_hash)), None)

    def replace_recovery_codes(self, hashes: Mapping[str, str]) -> None:
        """Takes what `new_recovery_codes` made; those of before are void."""
        self.recovery_codes.all().delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(factor=self, prefix=code[:GROUP], code_hash=code_hash)
            for code, code_hash in hashes.items()
        )


class RecoveryCode(models.Model):
    """A code that is still to be used, as its hash; the first letters find it, so that one hash is checked and not ten."""

    factor = models.ForeignKey(SecondFactor, models.CASCADE, related_name="recovery_codes")
    prefix = models.CharField(max_length=GROUP)
    code_hash = models.CharField(max_length=128)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.factor} 복구 코드"

    def take(self) -> bool:
        return RecoveryCode.objects.filter(pk=self.pk).delete()[0] == 1


def without_spaces(text: str) -> str:
    return "".join(text.split())


def is_app_code(text: str) -> bool:
    code = without_spaces(text)
    return len(code) == 6 and code.isascii() and code.isdecimal()


def matching_step(key: str, code: str, after: int = -1) -> int | None:
    """The step of the clock whose code this is, later than `after`; None of any other code."""
    now = int(time.time()) // STEP
    steps = [now + offset for offset in TOLERANCE if now + offset > after]
    return next((step for step in steps if secrets.compare_digest(code_at(key, step), code)), None)


def code_at(key: str, step: int) -> str:
    """The six digits of a step."""
    return f"{hotp(b32decode(key), step):06d}"


def new_recovery_codes() -> dict[str, str]:
    """Ten codes, which nothing shows a second time, with their hashes."""
    codes = ["".join(secrets.choice(LETTERS) for _ in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES)]
    starts = range(0, RECOVERY_LENGTH, GROUP)
    return {"-".join(code[start : start + GROUP] for start in starts): make_password(code) for code in codes}
