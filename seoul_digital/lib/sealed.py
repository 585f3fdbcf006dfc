"""Secrets that are encrypted before they are stored, with keys that are outside the database (Fernet: AES-128-CBC and HMAC-SHA256)."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from hashlib import sha256
from hmac import digest

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class UnreadableError(Exception):
    """What was sealed by none of the keys, was changed since, or is too old."""


class Seal:
    """Seals by the first of the server's keys and opens by any of them; what one purpose sealed no other opens."""

    def __init__(self, purpose: str, keys: Sequence[str]) -> None:
        derived = (digest(key.encode(), purpose.encode(), sha256) for key in keys)
        self._cipher = MultiFernet([Fernet(urlsafe_b64encode(key)) for key in derived])

    def seal(self, secret: str) -> str:
        return self._cipher.encrypt(secret.encode()).decode()

    def open(self, sealed: str, longest: int | None = None) -> str:
        """The secret; UnreadableError, also where it was sealed more than `longest` seconds ago."""
        try:
            return self._cipher.decrypt(sealed.encode("ascii", "replace"), longest).decode()
        except InvalidToken as error:
            raise UnreadableError from error
