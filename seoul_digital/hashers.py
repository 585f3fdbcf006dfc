"""Passwords are checked a few at a time, for each check takes memory on purpose."""

from django.contrib.auth.hashers import Argon2PasswordHasher

from .gates import PASSWORDS


class QueuedArgon2PasswordHasher(Argon2PasswordHasher):
    """With what OWASP asks of Argon2id: 19 MiB, two passes, one lane."""

    time_cost, memory_cost, parallelism = 2, 19 << 10, 1  # memory in KiB

    def encode(self, password: str, salt: str) -> str:
        with PASSWORDS.entered():
            encoded: str = super().encode(password, salt)
        return encoded

    def verify(self, password: str, encoded: str) -> bool:
        with PASSWORDS.entered():
            return bool(super().verify(password, encoded))
