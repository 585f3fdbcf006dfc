"""Passwords of before are refused, and guesses of the one in use are counted."""

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import OperationalError

from departments.models import PastPassword, User
from tests.core.access.test_scope import text_of
from tests.departments.accounts.conftest import PASSWORD, signed_in

CHANGE = "/accounts/password/"


@pytest.fixture
def kim(seeded):
    return User.objects.create_user(username="kim", password=PASSWORD)


def set_password(user, password):
    user.set_password(password)
    user.save()


def change(client, old, new):
    return client.post(CHANGE, {"old_password": old, "new_password1": new, "new_password2": new})


def test_password_in_use_is_refused(kim):
    answer = change(signed_in(kim), PASSWORD, PASSWORD)
    assert "지금과 다른 비밀번호를 정해 주세요." in text_of(answer)


def test_five_passwords_before_are_refused(kim):
    for number in range(6):
        set_password(kim, f"horse-number-{number}")
    for number in range(1, 5):
        with pytest.raises(ValidationError, match="최근에 쓴 비밀번호 5개"):
            validate_password(f"horse-number-{number}", kim)
    with pytest.raises(ValidationError, match="최근에 쓴 비밀번호 5개"):
        validate_password("horse-number-0", kim)
    validate_password(PASSWORD, kim)  # the sixth before
    assert PastPassword.objects.filter(user=kim).count() == 6


def test_password_of_before_is_refused_in_the_form(kim):
    client = signed_in(kim)
    assert change(client, PASSWORD, "second-horse-9").status_code == 302
    answer = change(client, "second-horse-9", PASSWORD)
    assert "최근에 쓴 비밀번호 5개와 지금 쓰는 것은 다시 쓸 수 없습니다." in text_of(answer)
    kim.refresh_from_db()
    assert kim.check_password("second-horse-9")


def test_given_password_counts_as_one_of_before(admin_client, kim):
    fields = {"password1": "given-horse-9", "password2": "given-horse-9"}
    admin_client.post(f"/admin/departments/user/{kim.pk}/password/", fields)
    kim.refresh_from_db()
    with pytest.raises(ValidationError):
        validate_password(PASSWORD, kim)


def test_passwords_of_another_are_free(kim):
    validate_password(PASSWORD, User.objects.create_user(username="lee", password="lees-horse-9"))


def test_hashes_of_before_are_in_no_history(kim):
    from core.models import ChangeRecord

    set_password(kim, "second-horse-9")
    (hash_of_before, *_) = kim.past_passwords.values_list("password", flat=True)
    assert hash_of_before not in str([*ChangeRecord.objects.values()])


def test_failing_write_changes_no_password(kim, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError("database or disk is full")

    client = signed_in(kim)
    monkeypatch.setattr("departments.accounts.passwords.PastPassword.objects.filter", fail)
    with pytest.raises(OperationalError):
        change(client, PASSWORD, "second-horse-9")
    kim.refresh_from_db()
    assert kim.check_password(PASSWORD)


def test_guesses_of_the_old_password_lock_the_account(kim):
    client = signed_in(kim)
    for _ in range(4):
        assert "기존 비밀번호" in text_of(change(client, "guess", "second-horse-9"))
    assert AccessAttempt.objects.get().failures_since_start == 4
    answer = change(client, "guess", "second-horse-9")
    assert (answer.status_code, "계정이 잠겼습니다" in text_of(answer)) == (429, True)
    assert "_auth_user_id" not in client.session
    assert "_auth_user_id" not in signed_in(kim).session


def test_locked_account_changes_no_password(kim):
    client, guesser = signed_in(kim), signed_in(kim)
    for _ in range(5):
        change(guesser, "guess", "second-horse-9")
    assert change(client, PASSWORD, "second-horse-9").status_code == 429
    kim.refresh_from_db()
    assert kim.check_password(PASSWORD)


def test_right_old_password_with_a_bad_new_one_counts_nothing(kim):
    change(signed_in(kim), PASSWORD, "short")
    assert not AccessAttempt.objects.exists()


@pytest.mark.parametrize(
    "password", ["Seoul-Digital-2026!", "서울시업무보고2026", "admin1234567890", "REPORT_budget_99"]
)
def test_words_of_the_place_are_guessed(db, password):
    with pytest.raises(ValidationError, match="기관·업무의 이름"):
        validate_password(password)


@pytest.mark.parametrize("password", ["seoul-horse-battery", "pale blue 서울 teapot", "k7" * 32])
def test_words_of_the_place_among_others_are_fine(db, password):
    """64 characters are none too many."""
    validate_password(password)


def test_new_password_ends_every_other_session(kim):
    here, elsewhere = signed_in(kim), signed_in(kim)
    assert change(here, PASSWORD, "second-horse-9").status_code == 302
    assert here.get(CHANGE).status_code == 200
    assert elsewhere.get(CHANGE).status_code == 302


def test_password_that_another_gives_ends_the_sessions(admin_client, kim):
    at_work = signed_in(kim)
    fields = {"password1": "given-horse-9", "password2": "given-horse-9"}
    admin_client.post(f"/admin/departments/user/{kim.pk}/password/", fields)
    assert at_work.get(CHANGE).status_code == 302
