"""A session that ends while somebody writes: nothing typed is lost, nobody else sees it, and a warning comes before the end."""

import re
import secrets

import demo
import pytest
from django.contrib.auth.hashers import make_password
from playwright.sync_api import expect

from tests.browser.conftest import browser_path, follow, settle, wait_until

BRIEF = "/admin/projects/brief/1/change/"
BAR = ".unsaved[role=alert]"
ADMINISTRATOR = """
from departments.models import User
users = [User.objects.get(username="admin")]
"""
TEXT = "ㅇ (배경) 두 시간 쓴 글"


@pytest.fixture
def writer(open_page, signed_in):
    """A page of a sign-in of its own, which the test may end. Chromium writes refused requests to the console."""
    return open_page(refused=403, viewport={"width": 1440, "height": 900})


@pytest.fixture
def enter(writer, site, sign_in_users):
    state = sign_in_users(site, ADMINISTRATOR)[site.user]
    writer.context.add_cookies(state["cookies"])
    return writer


def end_session(page):
    page.context.clear_cookies(name="sessionid")


def write_brief(page):
    """Types into a text, a field, an existing row and a new one of the form of a project's part."""
    page.goto(BRIEF)
    settle(page)  # what keeps the text listens
    page.fill("#id_overview", TEXT)
    page.click("#milestones-0 .fold-row")
    page.fill("#id_milestones-0-title", "고쳐 쓴 일정")
    page.click("#contacts-group .add-row a")
    new = page.locator("#id_contacts-TOTAL_FORMS").input_value()
    page.fill(f"#id_contacts-{int(new) - 1}-names", "새로 쓴 이름")
    page.fill("[name=change_reason]", "의회 요청")
    return int(new) - 1


def assert_typed(page, row):
    """All of it is in the form again."""
    for field, text in (
        ("#id_overview", TEXT),
        ("#id_milestones-0-title", "고쳐 쓴 일정"),
        (f"#id_contacts-{row}-names", "새로 쓴 이름"),
        ("[name=change_reason]", "의회 요청"),
    ):
        expect(page.locator(field)).to_have_value(text)


def assert_nothing_typed(page):
    """Nothing of it is in the form nor kept; the form is looked at as soon as what was kept has been."""
    wait_until(page, "sessionStorage.length === 0")
    expect(page.locator("#id_overview")).not_to_have_value(TEXT)
    expect(page.locator(BAR)).to_have_count(0)


def test_saving_after_the_end_gives_every_text_back(enter, site, assert_accessible):
    row = write_brief(enter)
    end_session(enter)
    follow(enter.locator("input[name=_continue]").first)
    enter.wait_for_url("**/accounts/login/**")
    expect(enter.locator(BAR)).to_contain_text("적던 글은 이 창에 남아 있습니다.")
    demo.fill_sign_in(enter, site.user, site.password)
    expect(enter).to_have_url(f"{site.url}{BRIEF}")
    expect(enter.locator(BAR)).to_contain_text("저장하지 못한 내용을 되살렸습니다.")
    assert_typed(enter, row)
    assert_accessible(enter)


def test_what_is_dropped_or_saved_does_not_come_back(enter, site):
    row = write_brief(enter)
    end_session(enter)
    enter.goto(BRIEF)
    demo.fill_sign_in(enter, site.user, site.password)
    enter.wait_for_selector(BAR)
    assert_typed(enter, row)
    follow(enter.locator("text=되살린 내용 버리기"))
    assert_nothing_typed(enter)


def test_another_user_sees_nothing_of_it(enter, site, execute):
    name, password = f"u{secrets.token_hex(4)}", secrets.token_urlsafe(16)
    hashed = make_password(password, hasher="argon2")
    code = f"User.objects.create(username='{name}', password='{hashed}', is_superuser=True)"
    execute(site, f"from departments.models import User; {code}")
    write_brief(enter)
    end_session(enter)
    enter.goto(BRIEF)
    demo.fill_sign_in(enter, name, password)
    assert_nothing_typed(enter)


def test_a_sign_in_in_another_tab_loses_nothing(enter, site):
    """The token of the page is the one of the session that has ended."""
    row = write_brief(enter)
    end_session(enter)
    other = enter.context.new_page()
    demo.sign_in(other, site)
    follow(enter.locator("input[name=_continue]").first)
    expect(enter.locator("main")).to_contain_text("적던 화면을 다시 열어 주세요.")
    follow(enter.locator(f"{BAR} a"))
    enter.wait_for_selector(BAR)
    assert_typed(enter, row)


def test_a_form_that_takes_nothing_but_a_post_opens_on_its_page(enter, site):
    enter.goto("/integrity/?as_of=2022-08-29")
    settle(enter)
    finding = enter.locator(".findings details:has(textarea)").first
    finding.locator("summary").click()
    finding.locator("textarea").fill("어렵게 쓴 설명")
    end_session(enter)
    follow(finding.get_by_role("button", name="저장"))
    enter.wait_for_url("**/accounts/login/**")
    demo.fill_sign_in(enter, site.user, site.password)
    enter.wait_for_selector(BAR)
    expect(enter).to_have_url(f"{site.url}/integrity/?as_of=2022-08-29")
    expect(finding.locator("textarea")).to_have_value("어렵게 쓴 설명")
    expect(finding.locator("textarea")).to_be_visible()


# Once the page has answered: what another process takes up again may be there before the answer, which then counts as lost with its page.
BACK = "setTimeout(() => history.back())"


def test_nothing_is_shown_by_back_after_the_sign_out(browser, site):
    """In a Chromium that puts pages aside as they stand, as people's do and Playwright's does not."""
    chromium = browser.browser_type.launch(
        executable_path=browser_path(),
        args=demo.CHROMIUM_FLAGS,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    page = chromium.new_page()
    demo.sign_in(page, site)
    for address in ("/departments/", "/glossary/"):
        page.goto(f"{site.url}{address}")
    page.click("details.account summary")
    follow(page.get_by_role("button", name="로그아웃"))
    page.evaluate(BACK)
    expect(page).to_have_url(f"{site.url}/accounts/login/?next=/glossary/")
    expect(page.locator("main")).not_to_contain_text("용어")
    chromium.close()


CLOSED = """
from departments.models import User
users = [User.objects.create(username="closed")]
"""


def test_nothing_is_shown_by_back_once_the_account_is_closed(open_page, site, execute, sign_in_users):
    """The browser is told nothing, and asks for no page again on the way back, where its cookies are the same."""
    page = open_page(storage_state=sign_in_users(site, CLOSED)["closed"])
    for address in ("/glossary/", "/departments/", "/departments/", "/glossary/"):
        answer = page.goto(address)
    assert answer.headers["cache-control"] == "private, no-cache"
    execute(
        site,
        "from departments.models import User\nUser.objects.filter(username='closed').update(is_active=False)",
    )
    page.evaluate(BACK)
    expect(page).to_have_url(re.compile("/accounts/login/"))
    expect(page.locator("main")).not_to_contain_text("정원")


HASTEN = """left => {
  const user = document.querySelector("meta[name=session]").content;
  window.fetch = async (url, { method }) => new Response(JSON.stringify({ user, left: method === "POST" ? 7200 : left }));
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def hasten(page, left):
    """As if the sign-in had so many seconds left: the page believes the server, whose clock the test cannot turn."""
    page.evaluate(HASTEN, left)


def test_a_warning_comes_before_the_end_and_a_key_goes_on(enter, assert_accessible):
    enter.goto(BRIEF)
    settle(enter)
    hasten(enter, 120)
    dialog = enter.get_by_role("alertdialog", name="곧 로그인이 끝납니다")
    dialog.wait_for()
    assert_accessible(enter)
    enter.keyboard.press("Enter")
    dialog.wait_for(state="detached")


def test_the_end_is_told_over_the_text(enter):
    enter.goto(BRIEF)
    settle(enter)
    enter.fill("#id_overview", TEXT)
    hasten(enter, 0)
    dialog = enter.get_by_role("alertdialog", name="로그인이 끝났습니다")
    link = dialog.get_by_role("link", name="다시 로그인")
    expect(link).to_have_attribute("href", re.compile(r"^/accounts/login/\?next="))


@pytest.mark.thorough  # it waits for half a minute
def test_limit_of_seconds_warns_in_time_and_a_key_goes_on(site, browser, seeded_file):
    """A server of its own, by its own clock."""
    with demo.running(seeded_file, SESSION_IDLE_MINUTES="0.2") as hasty:
        context = browser.new_context()
        page = context.new_page()
        demo.sign_in(page, hasty)
        page.goto(f"{hasty.url}/accounts/password/")
        dialog = page.get_by_role("alertdialog", name="곧 로그인이 끝납니다")
        dialog.wait_for()
        expect(dialog).to_contain_text("초 뒤에 로그인이 끝납니다.")
        page.keyboard.press("Enter")
        dialog.wait_for(state="detached")
        page.wait_for_timeout(4_000)  # past the first end
        page.goto(f"{hasty.url}/accounts/password/")
        expect(page).to_have_url(f"{hasty.url}/accounts/password/")
        page.get_by_role("alertdialog", name="곧 로그인이 끝납니다").wait_for()
        page.get_by_role("alertdialog", name="로그인이 끝났습니다").wait_for()
        context.close()
