"""Pages of the second factor."""

import pytest

from departments.models import SecondFactor
from tests.audit import newest
from tests.core.access.test_scope import text_of
from tests.departments.accounts.conftest import CODE, NEW, App, opens, signed_in

pytestmark = pytest.mark.usefixtures("administrators")


def test_first_administrator_enrols_before_anything_else(chief, clock):
    client = signed_in(chief)
    asked = client.get("/departments/?as_of=2022-08-29")
    assert asked["Location"] == f"{NEW}?next=%2Fdepartments%2F%3Fas_of%3D2022-08-29"
    page = client.get(asked["Location"])
    content = page.content.decode()
    assert page.context["qr"].startswith("<svg ")
    assert "주 메뉴" not in content and "디지털정책관" not in content  # nothing of the bureau
    assert "나중에 하기" not in content
    app = App(clock, page.context["key"].replace(" ", ""))
    fields = {"sealed": page.context["sealed"], "code": app.code(), "next": page.context["next"]}
    codes = client.post(NEW, fields)
    assert len(codes.context["codes"]) == 10
    assert 'href="/departments/?as_of=2022-08-29"' in codes.content.decode()
    assert opens(client)
    assert newest(chief) == ("changed", chief, "2단계 인증을 등록함")


@pytest.mark.parametrize(("is_local", "status"), [(True, 302), (False, 403)])
def test_enrolment_waits_on_a_machine_of_ones_own_alone(chief, settings, is_local, status):
    settings.IS_LOCAL = is_local
    client = signed_in(chief)
    assert ("나중에 하기" in text_of(client.get(NEW))) is is_local
    assert client.post("/accounts/second-factor/later/", {"next": "/integrity/"}).status_code == status
    assert opens(client) is is_local
    assert not opens(signed_in(chief))  # the next sign-in asks again
    settings.IS_LOCAL = False
    assert not opens(client)


def test_code_leads_to_no_other_site(chief, enrolled):
    client = signed_in(chief)
    answer = client.post(CODE, {"code": enrolled.code(), "next": "https://evil.example/"})
    assert answer["Location"] == "/"


def verified(chief, app):
    client = signed_in(chief)
    client.post(CODE, {"code": app.code()})
    app.clock.now += 60
    return client


def test_page_tells_the_state_and_makes_new_recovery_codes(chief, enrolled):
    client = verified(chief, enrolled)
    assert "복구 코드가 10개 있습니다" in text_of(client.get("/accounts/second-factor/"))
    assert text_of(client.get("/accounts/second-factor/codes/"))
    answer = client.post("/accounts/second-factor/codes/")
    assert set(answer.context["codes"]).isdisjoint(enrolled.recovery_codes)
    assert newest(chief) == ("changed", chief, "2단계 인증의 복구 코드를 새로 만듦")


def test_who_needs_one_does_not_take_it_off(chief, enrolled):
    client = verified(chief, enrolled)
    assert client.post("/accounts/second-factor/remove/").status_code == 403
    assert SecondFactor.objects.exists()
