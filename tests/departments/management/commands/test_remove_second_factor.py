import pytest
from django.core.management import CommandError, call_command

from departments.models import SecondFactor, User
from tests.audit import records_of


def test_factor_of_the_last_administrator_is_removed(db, capsys):
    user = User.objects.create_superuser(username="chief")
    SecondFactor.objects.create(user=user, sealed_key="x")
    call_command("remove_second_factor", "chief", reason="휴대전화 분실")
    assert not SecondFactor.objects.exists()
    record = records_of(user).first()
    assert (record.user, record.reason) == (None, "2단계 인증을 해제함: 휴대전화 분실")
    assert "해제했습니다" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("username", "sentence"),
    [("nobody", "사용자 ‘nobody’가 없습니다."), ("kim", "등록된 2단계 인증이 없습니다.")],
)
def test_who_has_none_is_named(db, username, sentence):
    User.objects.create_user(username="kim")
    with pytest.raises(CommandError, match=sentence):
        call_command("remove_second_factor", username, reason="분실")


def test_reason_that_no_record_holds_is_refused(db):
    user = User.objects.create_superuser(username="chief")
    SecondFactor.objects.create(user=user, sealed_key="x")
    with pytest.raises(CommandError, match="까닭이 201자입니다. 200자까지"):
        call_command("remove_second_factor", "chief", reason="가" * 201)
    assert SecondFactor.objects.exists()
