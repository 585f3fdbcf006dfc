"""Forms of one's own account."""

import pytest
from axes.models import AccessAttempt

from departments.models import SecondFactor, User
from tests.core.access.test_scope import text_of
from tests.departments.accounts.conftest import NEW, PASSWORD, App, enrol, opens, signed_in

pytestmark = pytest.mark.usefixtures("administrators")


def test_wrong_first_code_enrols_nothing_and_keeps_the_key(chief, clock):
    client = signed_in(chief)
    page = client.get(NEW)
    app = App(clock, page.context["key"].replace(" ", ""))
    answer = client.post(NEW, {"sealed": page.context["sealed"], "code": app.wrong()})
    assert "숫자가 맞지 않습니다" in text_of(answer)
    assert answer.context["key"] == page.context["key"]
    assert not SecondFactor.objects.exists()
    assert not opens(client)


def test_key_of_another_users_page_is_refused(chief, clock):
    other = User.objects.create_superuser(username="other", password=PASSWORD)
    theirs = signed_in(other).get(NEW).context
    code = App(clock, theirs["key"].replace(" ", "")).code()
    answer = signed_in(chief).post(NEW, {"sealed": theirs["sealed"], "code": code})
    assert "QR 코드를 새로 만들었습니다" in text_of(answer)
    assert not SecondFactor.objects.exists()


def test_password_is_asked_again_a_while_after_the_sign_in(chief, clock, monkeypatch):
    client = signed_in(chief)
    monkeypatch.setattr("departments.accounts.second_factor.JUST_NOW", 0)
    _, answer = enrol(client, clock)
    assert "password" in answer.context["form"].errors
    _, answer = enrol(client, clock, password="wrong")
    assert "비밀번호가 맞지 않습니다." in text_of(answer)
    assert AccessAttempt.objects.get().failures_since_start == 1
    _, answer = enrol(client, clock, password=PASSWORD)
    assert len(answer.context["codes"]) == 10
