"""The second factor as an administrator meets it: enrolment at the first sign-in, the code, recovery codes, loss."""

import time

import demo
import pytest
from playwright.sync_api import expect

from departments.models.second_factors import STEP, code_at
from tests.browser.conftest import follow, served, width_of

NEW, CODE = "**/accounts/second-factor/new/**", "**/accounts/code/**"


@pytest.fixture(scope="module")
def site(seeded_file, site):
    """As `make run` serves it, with what an administrator meets there."""
    with served(seeded_file, SECOND_FACTOR="administrators") as running:
        yield running


def fresh_code(key, used):
    """A code of the app that has not been used: the next step's is taken too, so nobody waits half a minute."""
    step = max(int(time.time()) // STEP, used + 1)
    while step > int(time.time()) // STEP + 1:
        time.sleep(0.5)
    return step, code_at(key, step)


def give(page, code):
    page.fill("input[name=code]", code)
    follow(page.locator("input[name=code]"), "Enter")


@pytest.mark.thorough  # codes are of half a minute
def test_second_factor_from_enrolment_to_loss(open_page, site, assert_accessible):
    page = open_page(viewport={"width": 1440, "height": 900})
    demo.sign_in(page, site)
    page.wait_for_url(NEW)
    assert_accessible(page)
    expect(page.locator("nav")).to_have_count(0)
    assert page.locator(".qr svg").bounding_box()["width"] > 150
    page.goto("/budgets/expenditure/")
    page.wait_for_url(NEW)
    shown = page.inner_text(".key code")
    key = shown.replace(" ", "")
    give(page, "000000")
    expect(page.get_by_role("alert")).to_contain_text("숫자가 맞지 않습니다")
    assert page.evaluate("sessionStorage.length") == 0  # codes are no drafts
    expect(page.locator(".key code")).to_have_text(shown)
    step, code = fresh_code(key, 0)
    give(page, code)
    codes = page.input_value("#recovery-codes").split()
    assert len(codes) == 10
    assert_accessible(page)
    page.click("text=계속하기")
    page.wait_for_url("**/budgets/expenditure/")
    page.click("summary:has-text('admin')")
    page.click("text=2단계 인증")
    expect(page.locator("main")).to_contain_text("복구 코드가 10개 있습니다")
    assert_accessible(page)
    page.goto("/accounts/sessions/")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody")).to_contain_text("Chrome(Linux)")
    assert_accessible(page)

    other = open_page(viewport={"width": 390, "height": 844})
    demo.sign_in(other, site)
    other.wait_for_url(CODE)
    assert_accessible(other)
    give(other, code)  # the one of the enrolment
    expect(other.get_by_role("alert")).to_contain_text("한 번 쓴 코드는 다시 쓸 수 없습니다")
    give(other, fresh_code(key, step)[1])
    expect(other).to_have_url(f"{site.url}/")
    other.goto("/accounts/sessions/")
    assert width_of(other) == 390
    other.locator("tbody").get_by_role("button").first.click()
    expect(other.get_by_role("status")).to_contain_text("로그인 1개를 끝냈습니다")
    page.goto("/")
    page.wait_for_url("**/accounts/login/**")

    demo.sign_in(page, site)
    give(page, codes[0])
    expect(page.get_by_role("status")).to_contain_text("9개 남았습니다")
    site.manage("remove_second_factor", site.user, "--reason", "휴대전화 분실")
    page.goto("/")
    page.wait_for_url(NEW)


@pytest.mark.thorough  # tests/departments/accounts/test_second_factor.py asks the server
def test_enrolment_waits_where_only_this_machine_reaches_the_site(open_page, site):
    site.manage(
        "shell",
        "--no-imports",
        "-c",
        "from departments.models import SecondFactor; SecondFactor.objects.all().delete()",
    )
    page = open_page(viewport={"width": 390, "height": 844})
    demo.sign_in(page, site)
    page.wait_for_url(NEW)
    assert width_of(page) == 390
    page.click("text=나중에 하기")
    page.wait_for_url(f"{site.url}/")
    expect(page.locator("nav.nav")).to_be_visible()
