from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command


@pytest.fixture(autouse=True)
def no_password_in_environment(monkeypatch):
    monkeypatch.delenv("ADMIN_PASSWORD", raising=False)


def created():
    output = StringIO()
    call_command("createadmin", stdout=output)
    return output.getvalue()


def test_first_time_prints_a_password_that_works(db):
    printed = created()
    assert printed.startswith("관리자 계정을 만들었습니다. 이름: admin  비밀번호: ")
    admin = get_user_model().objects.get(username="admin")
    assert admin.is_superuser
    assert admin.check_password(printed.split()[-1])


def test_passwords_are_random(db):
    first = created()
    get_user_model().objects.all().delete()
    assert created() != first


def test_chosen_password_is_used_and_not_printed(db, monkeypatch):
    monkeypatch.setenv("ADMIN_PASSWORD", "chosen-by-the-bureau")
    assert "chosen-by-the-bureau" not in created()
    assert get_user_model().objects.get(username="admin").check_password("chosen-by-the-bureau")


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("short-2022", None),
        ("short", "10"),
        ("8201938475", "숫자"),
        ("password123", "흔히"),
    ],
)
def test_a_chosen_password_passes_the_validators(db, monkeypatch, password, sentence):
    monkeypatch.setenv("ADMIN_PASSWORD", password)
    if sentence is None:
        created()
    else:
        with pytest.raises(CommandError, match=f"비밀번호를 쓸 수 없습니다. .*{sentence}"):
            created()
    assert get_user_model().objects.count() == (sentence is None)


def test_an_administrator_is_never_touched(db, monkeypatch):
    created()
    before = get_user_model().objects.values().get()
    monkeypatch.setenv("ADMIN_PASSWORD", "another")
    assert created() == ""
    assert get_user_model().objects.values().get() == before


def test_none_is_made_beside_another_administrator(db):
    get_user_model().objects.create_superuser(username="chief", password="x")
    assert created() == ""
    assert get_user_model().objects.count() == 1
