"""Accounts that guesses have locked, and unlocking them."""

import pytest
from django.test import Client

from departments.models import User
from tests.audit import newest, records_of
from tests.core.access.test_scope import OTHER, OWN, address, fields_of, member, own, staffing_of, text_of  # noqa: F401 (fixtures)
from tests.factories import make_member


@pytest.fixture
def keeper(client, seeded):
    client.force_login(make_member("관리자", username="keeper"))
    return client


def lock_out(username):
    for _ in range(5):
        Client().post("/accounts/login/", {"username": username, "password": "wrong"})


def test_unlock_button_opens_a_locked_account(keeper):
    user = User.objects.create_user(username="kim", last_name="김", password="correct-horse-9")
    lock_out("kim")
    page = text_of(keeper.get(address(user)))
    assert 'form="unlock">잠금 풀기</button>' in page
    assert "잠김" in text_of(keeper.get("/admin/departments/user/?state=locked"))
    response = keeper.post(f"/admin/departments/user/{user.pk}/unlock/", follow=True)
    assert "김(kim) 계정의 잠금을 풀었습니다." in text_of(response)
    assert "잠금 풀기" not in text_of(response)
    assert newest(user) == ("changed", User.objects.get(username="keeper"), "로그인 잠금을 풂")
    signed_in = Client().post("/accounts/login/", {"username": "kim", "password": "correct-horse-9"})
    assert signed_in.status_code == 302


def test_unlock_is_for_administrators(client, seeded):
    user = User.objects.create_user(username="kim", password="correct-horse-9")
    lock_out("kim")
    client.force_login(make_member("기획 담당"))
    assert client.post(f"/admin/departments/user/{user.pk}/unlock/").status_code == 403
    assert (
        Client().post("/accounts/login/", {"username": "kim", "password": "correct-horse-9"}).status_code
        == 429
    )


def test_unlock_of_what_is_not_locked_changes_nothing(keeper):
    user = User.objects.create(username="kim")
    response = keeper.post(f"/admin/departments/user/{user.pk}/unlock/", follow=True)
    assert "잠겨 있지 않습니다" in text_of(response)
    assert len(records_of(user)) == 1
