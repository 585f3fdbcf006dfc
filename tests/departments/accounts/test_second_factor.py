"""The second factor: who needs one, its enrolment, the sign-in with it, its loss."""

import logging

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth.models import Group
from django.db import OperationalError

from departments.models import User, UserSession
from tests.audit import newest, records_of
from tests.core.access.test_scope import text_of
from tests.departments.accounts.conftest import CODE, NEW, PASSWORD, enrol, opens, signed_in
from tests.factories import make_member

pytestmark = pytest.mark.usefixtures("administrators")


# Who needs one


@pytest.mark.parametrize(
    ("setting", "needing"),
    [
        ("none", []),
        ("administrators", ["관리자"]),
        ("editors", ["부서 담당", "예산 담당", "기획 담당", "관리자"]),
    ],
)
def test_setting_says_who_needs_one(seeded, settings, setting, needing):
    settings.SECOND_FACTOR = setting
    roles = ["열람", "간부", "부서 담당", "예산 담당", "기획 담당", "관리자"]
    made = {role: make_member(role, username=role) for role in roles}
    assert [role for role in roles if made[role].needs_second_factor] == needing
    annotated = User.objects.with_access()
    assert [role for role in roles if annotated.get(pk=made[role].pk).needs_second_factor] == needing


def test_group_of_ones_own_that_gives_rights_is_an_administrators(seeded):
    from django.contrib.auth.models import Permission

    group = Group.objects.create(name="모임")
    group.permissions.add(Permission.objects.get(codename="change_user"))
    user = make_member("모임")
    assert user.needs_second_factor


# Enrolment


# Signing in


def test_code_ends_the_sign_in(chief, enrolled):
    client = signed_in(chief, next="/integrity/")
    before = client.cookies["sessionid"].value
    asked = client.get("/integrity/")
    assert asked["Location"] == f"{CODE}?next=%2Fintegrity%2F"
    page = client.get(asked["Location"])
    assert "디지털정책관" not in page.content.decode()
    answer = client.post(CODE, {"code": enrolled.code(), "next": "/integrity/"})
    assert answer["Location"] == "/integrity/"
    assert opens(client)
    assert client.cookies["sessionid"].value != before
    client.post("/accounts/logout/")
    assert AccessLog.objects.filter(username="chief").latest("pk").logout_time is not None


@pytest.mark.engine
def test_code_works_once(chief, enrolled):
    first, second = signed_in(chief), signed_in(chief)
    assert first.post(CODE, {"code": enrolled.code()}).status_code == 302
    answer = second.post(CODE, {"code": enrolled.code()})
    assert "한 번 쓴 코드는 다시 쓸 수 없습니다" in text_of(answer)
    assert opens(first) and not opens(second)


def test_code_of_the_enrolment_does_not_sign_in(chief, clock):
    app, _ = enrol(signed_in(chief), clock)
    client = signed_in(chief)
    client.post(CODE, {"code": app.code()})
    assert not opens(client)


def test_five_wrong_codes_lock_the_account_though_the_password_is_right(chief, enrolled):
    """A right password between the guesses forgets none of them."""
    for _ in range(4):
        client = signed_in(chief)
        assert client.post(CODE, {"code": enrolled.wrong()}).status_code == 200
    client = signed_in(chief)
    waiting = signed_in(chief)
    answer = client.post(CODE, {"code": enrolled.wrong()})
    assert (answer.status_code, "계정이 잠겼습니다" in text_of(answer)) == (429, True)
    assert "_auth_user_id" not in client.session
    answer = waiting.post(CODE, {"code": enrolled.code()})
    assert (answer.status_code, "_auth_user_id" in waiting.session) == (429, False)
    assert "_auth_user_id" not in signed_in(chief).session


def test_right_code_forgets_the_wrong_ones(chief, enrolled):
    client = signed_in(chief)
    for _ in range(4):
        client.post(CODE, {"code": enrolled.wrong()})
    client.post(CODE, {"code": enrolled.code()})
    assert not AccessAttempt.objects.exists()


def test_no_code_and_no_password_is_kept_of_a_failure(chief, enrolled, caplog):
    caplog.set_level(logging.DEBUG)
    client, wrong = signed_in(chief), enrolled.wrong()
    client.post(CODE, {"code": wrong})
    client.post(CODE, {"code": enrolled.recovery_codes[0]})
    client.post(
        "/accounts/password/", {"old_password": "guessed-it", "new_password1": "y", "new_password2": "y"}
    )
    attempts = str([*AccessAttempt.objects.values()])
    history = str([*records_of(User).values("before", "after", "reason")])
    log = "\n".join(f"{record.getMessage()}" for record in caplog.records)
    for secret in (
        wrong,
        enrolled.recovery_codes[0],
        enrolled.key,
        "guessed-it",
        PASSWORD,
        client.session.session_key,
    ):
        for place in (attempts, history, log):
            assert secret not in place


def test_code_of_one_user_opens_nothing_of_another(chief, enrolled, clock):
    other = User.objects.create_superuser(username="other", password=PASSWORD)
    enrol(signed_in(other), clock)
    client = signed_in(other)
    client.post(CODE, {"code": enrolled.code()})
    assert not opens(client)


# Loss and change


@pytest.mark.engine
def test_recovery_code_ends_the_sign_in_once(chief, enrolled):
    (code, *_) = enrolled.recovery_codes
    answer = signed_in(chief).post(CODE, {"code": code}, follow=True)
    assert "복구 코드 하나를 썼습니다. 9개 남았습니다." in text_of(answer)
    assert newest(chief) == ("changed", chief, "2단계 인증의 복구 코드를 씀(9개 남음)")
    again = signed_in(chief)
    again.post(CODE, {"code": code})
    assert not opens(again)


def verified(chief, app):
    client = signed_in(chief)
    client.post(CODE, {"code": app.code()})
    app.clock.now += 60
    return client


def test_new_device_replaces_the_old_and_other_sessions_give_a_code_again(chief, enrolled, clock):
    other, client = verified(chief, enrolled), verified(chief, enrolled)
    app, answer = enrol(client, clock)
    assert len(answer.context["codes"]) == 10
    assert opens(client) and not opens(other)
    clock.now += 60
    for code, works in ((enrolled.code(), False), (enrolled.recovery_codes[0], False), (app.code(), True)):
        other.post(CODE, {"code": code})
        assert opens(other) is works
    assert newest(chief) == ("changed", chief, "2단계 인증의 기기를 바꿈")


def test_who_needs_none_may_have_one_and_take_it_off(seeded, clock):
    user = User.objects.create_user(username="kim", password=PASSWORD)
    client = signed_in(user)
    assert opens(client)
    assert client.get("/accounts/second-factor/")["Location"] == NEW
    app, _ = enrol(client, clock)
    clock.now += 60
    assert signed_in(user).get("/")["Location"].startswith(CODE)
    assert opens(client, "/accounts/second-factor/remove/")
    client.post("/accounts/second-factor/remove/")
    assert opens(signed_in(user))
    assert newest(user) == ("changed", user, "2단계 인증을 해제함: 본인")


def test_changed_secret_key_is_told_and_a_recovery_code_helps(chief, enrolled, settings):
    settings.SECRET_KEY = "another"
    client = signed_in(chief)
    assert "서버의 비밀 키가 바뀌어" in text_of(client.post(CODE, {"code": enrolled.code()}))
    client.post(CODE, {"code": enrolled.recovery_codes[0]})
    assert opens(client)


def test_second_factor_costs_no_query(chief, enrolled, django_assert_num_queries):
    client = verified(chief, enrolled)
    opens(client)
    with django_assert_num_queries(1):  # session and user
        client.get("/admin/jsi18n/")


def test_session_key_is_in_no_row_of_another(chief, enrolled):
    verified(chief, enrolled)
    assert set(UserSession.objects.values_list("user", flat=True)) <= {chief.pk}


@pytest.mark.engine
def test_code_on_a_full_disk_is_not_used_up(chief, enrolled, monkeypatch):
    """The code, its session and the failures before go together or not at all."""
    client = signed_in(chief)
    client.post(CODE, {"code": enrolled.wrong()})

    def fail(*args, **kwargs):
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("departments.models.UserSession.save", fail)
        with pytest.raises(OperationalError):
            client.post(CODE, {"code": enrolled.code()})
    assert AccessAttempt.objects.get().failures_since_start == 1
    assert not opens(client)
    assert client.post(CODE, {"code": enrolled.code()}).status_code == 302
    assert opens(client)
