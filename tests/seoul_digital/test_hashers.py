"""Passwords wait for a place, for each takes memory."""

from contextlib import ExitStack

import pytest
from django.contrib.auth.hashers import get_hasher

from seoul_digital import gates
from seoul_digital.hashers import QueuedArgon2PasswordHasher
from seoul_digital.lib.gate import CrowdedError


@pytest.fixture
def crowd():
    with ExitStack() as places:
        for _ in range(gates.MOST_INSIDE):
            places.enter_context(gates.FILES.room.place())
        yield


def test_passwords_are_checked_where_there_is_room():
    hasher = get_hasher("argon2")
    assert isinstance(hasher, QueuedArgon2PasswordHasher)
    encoded = hasher.encode("correct horse", "saltsaltsalt")
    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert (hasher.verify("correct horse", encoded), hasher.verify("correct house", encoded)) == (True, False)


def test_a_password_waits_for_its_place(crowd):
    for check in (lambda: get_hasher("argon2").encode("a", "saltsaltsalt"), lambda: get_hasher("argon2").verify("a", "argon2$b")):  # fmt: skip
        with pytest.raises(CrowdedError):
            check()
