"""Sessions, which are rows of their users."""

import pytest

from departments.models import User, UserSession
from tests.departments.accounts.conftest import PASSWORD, signed_in


@pytest.fixture
def kim(seeded):
    return User.objects.create_user(username="kim", password=PASSWORD)


def test_sessions_go_with_their_user(kim):
    signed_in(kim)
    kim.delete()
    assert not UserSession.objects.exists()
