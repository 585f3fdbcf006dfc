from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.utils import timezone

from departments.accounts.session_store import SessionStore
from departments.models import User, UserSession
from tests.factories import make_member


@pytest.mark.parametrize(("data", "user"), [({"_auth_user_id": "7"}, 7), ({}, None)])
def test_session_knows_its_user(db, data, user):
    row = SessionStore().create_model_instance(data)
    assert (type(row), row.user_id) == (UserSession, user)


@pytest.fixture
def kim(seeded):
    client = Client()
    client.kim = make_member("간부", username="kim")
    client.force_login(client.kim)
    return client


def opened(client):
    return SessionStore(client.session.session_key)


@pytest.mark.engine
def test_one_query_brings_the_session_and_its_user_with_rights(kim, django_assert_num_queries):
    store, known = opened(kim), User.objects.with_access().get(pk=kim.kim.pk)
    with django_assert_num_queries(1):
        assert store["_auth_user_id"] == str(kim.kim.pk)
    found = store.user_read
    assert (found, found.date_joined, found.is_active) == (known, known.date_joined, True)
    assert (found.can_export, found.uses_admin, found.is_administrator) == (True, False, False)
    assert (found.second_factor_key, found.get_deferred_fields()) == (None, set())


@pytest.mark.engine
def test_session_that_is_over_or_gone_brings_nobody(kim):
    store, gone = opened(kim), SessionStore("gone")
    UserSession.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert (dict(store.items()), store.user_read, store.session_key) == ({}, None, None)
    assert (dict(gone.items()), gone.user_read) == ({}, None)


@pytest.mark.engine
def test_session_of_nobody_is_read(db):
    store = SessionStore()
    store["language"] = "en"
    store.create()
    read = SessionStore(store.session_key)
    assert (read["language"], read.user_read) == ("en", None)


@pytest.mark.engine
def test_session_whose_row_names_another_is_of_whom_its_sealed_data_names(kim):
    UserSession.objects.update(user=make_member("관리자", username="lee"))
    assert kim.get("/").wsgi_request.user.username == "kim"


@pytest.mark.engine
@pytest.mark.parametrize(
    "end",
    [
        lambda user: User.objects.filter(pk=user.pk).update(is_active=False),
        lambda user: User.objects.filter(pk=user.pk).update(password="another"),
        lambda user: UserSession.objects.filter(user=user).delete(),
    ],
    ids=["disabled", "password", "ended"],
)
def test_sign_in_that_has_ended_opens_no_page(kim, end):
    assert kim.get("/").status_code == 200
    end(kim.kim)
    assert kim.get("/").status_code == 302
    assert not get_user(kim).is_authenticated
