"""A session that ends while somebody writes: nothing typed is lost, nobody else sees it, and a warning comes before the end."""

import secrets

import demo
import pytest

BRIEF = "/admin/projects/brief/1/change/"
AS_IT_IS = {"preload": False}
BAR = ".unsaved[role=alert]"


@pytest.fixture
def writer(open_page, signed_in):
    """A page of a sign-in of its own, which the test may end. Chromium writes refused requests to the console."""
    return open_page(refused=403, viewport={"width": 1440, "height": 900})


@pytest.fixture
def enter(writer, site):
    demo.sign_in(writer, site)
    return writer


def end_session(page):
    page.context.clear_cookies(name="sessionid")


def sign_in_here(page, user, password):
    page.fill("input[name=username]", user)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state("networkidle")


def write_brief(page):
    """Types into a text, a field, an existing row and a new one of the form of a project's part."""
    page.goto(BRIEF)
    page.fill("#id_overview", "ㅇ (배경) 두 시간 쓴 글")
    page.fill("#id_milestones-0-title", "고쳐 쓴 일정")
    page.click("#contacts-group .add-row a")
    new = page.locator("#id_contacts-TOTAL_FORMS").input_value()
    page.fill(f"#id_contacts-{int(new) - 1}-names", "새로 쓴 이름")
    page.fill("[name=change_reason]", "의회 요청")
    return int(new) - 1


def typed(page, row):
    return [
        page.input_value("#id_overview"),
        page.input_value("#id_milestones-0-title"),
        page.input_value(f"#id_contacts-{row}-names"),
        page.input_value("[name=change_reason]"),
    ]


TYPED = ["ㅇ (배경) 두 시간 쓴 글", "고쳐 쓴 일정", "새로 쓴 이름", "의회 요청"]


def test_saving_after_the_end_gives_every_text_back(enter, site, assert_accessible):
    row = write_brief(enter)
    end_session(enter)
    enter.click("input[name=_continue]")
    enter.wait_for_url("**/accounts/login/**")
    assert "적던 글은 이 창에 남아 있습니다." in enter.inner_text(BAR)
    sign_in_here(enter, site.user, site.password)
    assert enter.url.endswith(BRIEF)
    enter.wait_for_selector(BAR)
    assert typed(enter, row) == TYPED
    assert "저장하지 못한 내용을 되살렸습니다." in enter.inner_text(BAR)
    assert_accessible(enter, **AS_IT_IS)


def test_what_is_dropped_or_saved_does_not_come_back(enter, site):
    row = write_brief(enter)
    end_session(enter)
    enter.goto(BRIEF)
    sign_in_here(enter, site.user, site.password)
    enter.wait_for_selector(BAR)
    assert typed(enter, row) == TYPED
    with enter.expect_navigation():
        enter.click("text=되살린 내용 버리기")
    enter.wait_for_load_state("networkidle")
    assert enter.input_value("#id_overview") != TYPED[0]
    assert enter.locator(BAR).count() == 0
    assert enter.evaluate("sessionStorage.length") == 0


def test_another_user_sees_nothing_of_it(enter, site):
    name, password = f"u{secrets.token_hex(4)}", secrets.token_urlsafe(16)
    code = f"from departments.models import User; User.objects.create_superuser(username='{name}', password='{password}')"
    site.manage("shell", "--no-imports", "-c", code)
    write_brief(enter)
    end_session(enter)
    enter.goto(BRIEF)
    sign_in_here(enter, name, password)
    assert enter.input_value("#id_overview") != TYPED[0]
    assert enter.locator(BAR).count() == 0
    assert enter.evaluate("sessionStorage.length") == 0


def test_a_sign_in_in_another_tab_loses_nothing(enter, site):
    """The token of the page is the one of the session that has ended."""
    row = write_brief(enter)
    end_session(enter)
    other = enter.context.new_page()
    demo.sign_in(other, site)
    enter.click("input[name=_continue]")
    assert "적던 화면을 다시 열어 주세요." in enter.inner_text("main")
    enter.click(f"{BAR} a")
    enter.wait_for_load_state("networkidle")
    enter.wait_for_selector(BAR)
    assert typed(enter, row) == TYPED


def test_a_form_that_takes_nothing_but_a_post_opens_on_its_page(enter, site):
    enter.goto("/integrity/?as_of=2022-08-29")
    finding = enter.locator(".findings details:has(textarea)").first
    finding.locator("summary").click()
    finding.locator("textarea").fill("어렵게 쓴 설명")
    end_session(enter)
    finding.get_by_role("button", name="저장").click()
    enter.wait_for_url("**/accounts/login/**")
    sign_in_here(enter, site.user, site.password)
    enter.wait_for_selector(BAR)
    assert enter.url.endswith("/integrity/?as_of=2022-08-29")
    assert finding.locator("textarea").input_value() == "어렵게 쓴 설명"
    assert finding.locator("textarea").is_visible()


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
    hasten(enter, 120)
    dialog = enter.get_by_role("alertdialog", name="곧 로그인이 끝납니다")
    dialog.wait_for()
    assert_accessible(enter, **AS_IT_IS)
    enter.keyboard.press("Enter")
    dialog.wait_for(state="detached")


def test_the_end_is_told_over_the_text(enter):
    enter.goto(BRIEF)
    enter.fill("#id_overview", TYPED[0])
    hasten(enter, 0)
    dialog = enter.get_by_role("alertdialog", name="로그인이 끝났습니다")
    assert (
        dialog.get_by_role("link", name="다시 로그인")
        .get_attribute("href")
        .startswith("/accounts/login/?next=")
    )
