"""Codes of the second factor. Expected codes are those of RFC 6238, appendix B (SHA-1, the last six digits)."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from departments.models import SecondFactor, second_factors
from departments.models.second_factors import code_at, is_app_code, matching_step, new_recovery_codes
from seoul_digital.lib.sealed import UnreadableError

RFC_KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # "12345678901234567890"


@pytest.fixture
def at(monkeypatch):
    """A function that sets the clock."""

    def set_clock(seconds):
        monkeypatch.setattr(second_factors.time, "time", lambda: seconds)

    set_clock(1_111_111_109)
    return set_clock


@pytest.fixture
def factor(db, at):
    made = SecondFactor(user=get_user_model().objects.create_user(username="kim"))
    made.seal_key(RFC_KEY)
    made.save()
    return made


def given(factor):
    """New recovery codes."""
    codes = new_recovery_codes()
    factor.replace_recovery_codes(codes)
    return list(codes)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ],
)
def test_codes_are_those_of_the_standard(seconds, code):
    assert code_at(RFC_KEY, seconds // 30) == code


@pytest.mark.parametrize(("late", "found"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_clock_of_the_telephone_may_be_a_step_off(at, late, found):
    at(1_111_111_109 + late)
    assert (matching_step(RFC_KEY, "081804") is not None) is found


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("081804", True),
        ("81804", False),
        ("0818040", False),
        ("08180a", False),
        ("٠٨١٨٠٤", False),
        ("", False),
    ],
)
def test_code_of_an_app_is_six_digits(code, expected):
    assert is_app_code(code) is expected


def test_code_works_once(factor):
    assert factor.verify_token("081 804")
    assert not SecondFactor.objects.get().verify_token("081804")


def test_code_of_two_requests_at_once_works_for_one(factor):
    """Both have read the factor before either has taken the code."""
    first, second = SecondFactor.objects.get(), SecondFactor.objects.get()
    assert [first.verify_token("081804"), second.verify_token("081804")] == [True, False]


def test_earlier_code_is_void_after_a_later_one(factor):
    later = code_at(RFC_KEY, 1_111_111_109 // 30 + 1)
    assert factor.verify_token(later)
    assert not SecondFactor.objects.get().verify_token("081804")


def test_wrong_code_is_refused(factor):
    assert not factor.verify_token("081805")
    assert factor.verify_token("081804")


def test_recovery_codes_are_ten_and_each_works_once(factor):
    codes = given(factor)
    assert len(set(codes)) == 10
    assert factor.verify_token(codes[3])
    assert not factor.verify_token(codes[3])
    assert factor.verify_token(codes[4].upper().replace("-", " "))
    assert factor.recovery_codes.count() == 8


def test_new_recovery_codes_void_the_old(factor):
    old = given(factor)
    given(factor)
    assert not factor.verify_token(old[0])


@pytest.mark.parametrize("code", ["", "-", "abcd", "abcd-efgh-jkmn", "\x00", "가" * 20, "1" * 5000])
def test_no_other_text_is_a_recovery_code(factor, code):
    given(factor)
    assert not factor.verify_token(code)


@pytest.mark.engine
def test_nothing_readable_is_stored(factor):
    codes = given(factor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM departments_secondfactor")
        stored = str(cursor.fetchall())
        cursor.execute("SELECT * FROM departments_recoverycode")
        stored += str(cursor.fetchall())
    assert RFC_KEY not in stored
    assert not [code for code in codes if code in stored or code.replace("-", "") in stored]


def test_new_secret_key_cannot_open_the_app_but_takes_recovery_codes(factor, settings):
    (code, *_) = given(factor)
    settings.SECRET_KEY = "another"
    with pytest.raises(UnreadableError):
        factor.verify_token("081804")
    assert factor.verify_token(code)


def test_key_of_before_still_opens_and_the_app_is_sealed_anew(factor, settings):
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another"
    settings.SECRET_KEY_FALLBACKS = [old]
    assert factor.verify_token("081804")
    settings.SECRET_KEY_FALLBACKS = []
    assert SecondFactor.objects.get().verify_token(code_at(RFC_KEY, 1_111_111_109 // 30 + 1))
