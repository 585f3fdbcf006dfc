"""What administrators do to the sign-in of another."""

import pytest
from django.test import Client

from departments.models import SecondFactor, User
from tests.audit import newest, records_of
from tests.core.access.test_scope import text_of
from tests.factories import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(client, seeded):
    client.force_login(make_member("관리자", username="keeper"))
    return client


@pytest.fixture
def kim(seeded):
    user = User.objects.create_user(username="kim", last_name="김")
    SecondFactor.objects.create(user=user, sealed_key="x")
    return user


def page_of(user):
    return f"/admin/departments/user/{user.pk}/second-factor/"


def test_second_factor_of_another_is_taken_off_with_a_reason(keeper, kim):
    form = text_of(keeper.get(f"/admin/departments/user/{kim.pk}/change/"))
    assert page_of(kim) in form and "남은 복구 코드 0개" in form
    assert "본인인지 먼저 확인해 주세요" in text_of(keeper.get(page_of(kim)))
    assert "까닭을 적어 주세요" in text_of(keeper.post(page_of(kim), {"change_reason": " "}))
    assert SecondFactor.objects.exists()
    answer = keeper.post(page_of(kim), {"change_reason": "전화로 본인 확인"}, follow=True)
    assert "김(kim) 계정의 2단계 인증을 해제했습니다." in text_of(answer)
    assert not SecondFactor.objects.exists()
    keeper_user = User.objects.get(username="keeper")
    assert newest(kim) == ("changed", keeper_user, "2단계 인증을 해제함: 전화로 본인 확인")
    answer = keeper.post(page_of(kim), {"change_reason": "다시"}, follow=True)
    assert "등록된 2단계 인증이 없습니다" in text_of(answer)


def test_superusers_factor_is_for_superusers(keeper, kim):
    User.objects.filter(pk=kim.pk).update(is_superuser=True)
    assert keeper.post(page_of(kim), {"change_reason": "x"}).status_code == 403
    assert keeper.post(f"/admin/departments/user/{kim.pk}/sessions/").status_code == 403
    assert SecondFactor.objects.exists()


def test_ones_own_factor_is_changed_where_the_password_is_asked(keeper):
    own = User.objects.get(username="keeper")
    SecondFactor.objects.create(user=own, sealed_key="x")
    own_page = Client()
    own_page.force_login(own)
    session = own_page.session
    session["otp_device_id"] = own.second_factor.persistent_id
    session.save()
    assert own_page.post(page_of(own), {"change_reason": "x"})["Location"] == "/accounts/second-factor/"
    assert SecondFactor.objects.filter(user=own).exists()


def test_ones_own_sessions_are_ended_on_ones_own_page(keeper):
    own = User.objects.get(username="keeper")
    assert "개 끝내기" not in text_of(keeper.get(f"/admin/departments/user/{own.pk}/change/"))
    answer = keeper.post(f"/admin/departments/user/{own.pk}/sessions/")
    assert answer["Location"] == "/accounts/sessions/"
    assert keeper.get("/").status_code == 200


def test_sessions_of_another_are_ended(keeper, kim):
    SecondFactor.objects.all().delete()
    theirs = Client(
        headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0"}
    )
    theirs.force_login(kim)
    assert theirs.get("/").status_code == 200
    assert "로그인 1개 끝내기" in text_of(keeper.get(f"/admin/departments/user/{kim.pk}/change/"))
    answer = keeper.post(f"/admin/departments/user/{kim.pk}/sessions/", follow=True)
    assert "로그인 1개를 끝냈습니다." in text_of(answer)
    assert theirs.get("/").status_code == 302
    assert records_of(kim).first().reason == "로그인을 끝냄: -, 알 수 없는 브라우저"
    assert keeper.get("/").status_code == 200
