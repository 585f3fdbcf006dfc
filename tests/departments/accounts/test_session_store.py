import pytest

from departments.accounts.session_store import SessionStore
from departments.models import UserSession


@pytest.mark.parametrize(("data", "user"), [({"_auth_user_id": "7"}, 7), ({}, None)])
def test_session_knows_its_user(db, data, user):
    row = SessionStore().create_model_instance(data)
    assert (type(row), row.user_id) == (UserSession, user)
