"""Ten tasks by what a screen reader hears (names, roles, order, values), and pages under the settings of who sees badly."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import settle, wait_until
from tests.samples import each

PAGES = ["/", "/budgets/expenditure/", "/departments/", "/projects/", "/projects/timeline/", "/projects/indicators/", "/projects/public-wifi/", "/glossary/", "/integrity/", "/history/", "/document/", "/document/one-page/"]  # fmt: skip
TABS = ["현황판", "주요 사업", "예산", "조직·인력", "용어집", "자료 점검", "업무보고"]
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }");
  document.adoptedStyleSheets = [sheet];
}"""
# Elements with a text of their own of which a part cannot be seen; what is for screen readers alone is meant so.
CUT = """() => [...document.querySelectorAll("main *")].filter((one) => {
  const style = getComputedStyle(one);
  const texts = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  return texts && one.checkVisibility() && /hidden|clip/.test(style.overflow) && !one.closest(".sr, svg")
    && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
}).map((one) => one.outerHTML.slice(0, 120))"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_sign_in_by_the_labels(open_page, site):
    page = open_page()
    page.goto("/accounts/login/")
    page.get_by_role("textbox", name="사용자 이름").fill(site.user)
    page.get_by_label("비밀번호").fill(site.password)
    page.get_by_role("button", name="로그인").click()
    expect(page.get_by_role("heading", level=1).first).to_be_visible()


def test_first_stop_leads_to_the_content(page):
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="본문 바로가기")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_menu_names_its_links_and_where_one_is(page):
    page.goto("/budgets/expenditure/")
    menu = page.get_by_role("navigation", name="주 메뉴")
    expect(menu.get_by_role("link")).to_have_text(TABS)
    expect(menu.locator("[aria-current=page]")).to_have_text("예산")


@pytest.mark.parametrize("path", each(6, PAGES))
def test_headings_are_an_outline(page, path):
    """One of the first level, and none skips a level."""
    page.goto(path)
    levels = (
        page.get_by_role("main")
        .locator("h1, h2, h3, h4, h5, h6")
        .evaluate_all(
            "found => found.filter(one => one.checkVisibility()).map(one => Number(one.tagName[1]))"
        )
    )
    assert [level for level in levels if level == 1] == levels[:1]
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False)), levels


def test_value_is_found_in_a_table(page):
    page.goto("/budgets/expenditure/")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="데이터센터")).first
    expect(row).to_contain_text("54.9")
    expect(page.get_by_role("columnheader", name=re.compile("집행률")).first).to_be_attached()


def test_negative_number_is_read_as_one(page):
    page.goto("/departments/")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="데이터센터")).first
    expect(row.get_by_role("img", name="마이너스").first).to_be_attached()
    expect(row).to_contain_text("△6")


def test_date_is_changed(page):
    page.goto("/?as_of=2020-01-31")
    expect(page.get_by_role("banner")).to_contain_text("2020. 1. 31.")


def test_search_answers_under_headings(page):
    page.goto("/")
    field = page.get_by_role("searchbox", name="찾기")
    field.fill("와이파이")
    field.press("Enter")
    page.wait_for_url("**/search/**")
    expect(
        page.get_by_role("main").get_by_role("link", name=re.compile("공공와이파이")).first
    ).to_be_visible()


def test_sheet_of_a_value_opens_and_gives_the_focus_back(page):
    page.goto("/budgets/expenditure/")
    settle(page)
    stop = page.locator("main table [tabindex='0']").first
    stop.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.evaluate("document.activeElement !== document.body")


def test_terms_and_contents_lead_on(page):
    page.goto("/glossary/")
    expect(page.get_by_role("main").get_by_role("heading", name="메타버스")).to_be_visible()
    page.goto("/document/")
    contents = page.get_by_role("navigation", name=re.compile(r"차례|목\s?차")).first
    first = contents.get_by_role("link").first
    target = first.get_attribute("href").rpartition("#")[2]
    first.press("Enter")
    expect(page.locator(f"[id='{target}']")).to_be_in_viewport()


@pytest.mark.parametrize("path", each(6, PAGES))
def test_small_and_spaced_text_is_not_lost(page, path):
    """320 pixels is 1,280 at 400 %, 640 is half of it at 200 %; and the spacing that WCAG 1.4.12 asks for."""
    page.goto(path)
    settle(page)
    for width in (320, 640):
        page.set_viewport_size({"width": width, "height": 800})
        wait_until(page, f"{WIDER} <= 0")
    page.evaluate(SPACED)
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("path", each(6, PAGES))
def test_forced_colours_leave_text_and_marks(open_page, signed_in, assert_accessible, path):
    page = open_page(storage_state=signed_in, viewport={"width": 1440, "height": 900}, forced_colors="active")
    page.goto(path)
    assert_accessible(page)


@pytest.mark.parametrize("path", [pytest.param(path, marks=pytest.mark.thorough) for path in PAGES])
def test_every_text_stands_out(page, assert_accessible, path):
    """Those, too, that look as one before them does."""
    page.goto(path)
    assert_accessible(page, every_text=True)


def test_one_pale_text_of_many_alike_is_found(page, assert_accessible):
    page.goto("/accessibility/")
    page.locator("main li:visible, main p:visible").last.evaluate("text => { text.style.color = '#ddd'; }")
    with pytest.raises(AssertionError, match="color-contrast"):
        assert_accessible(page)


def test_in_forced_colours_one_tab_alone_is_marked(open_page, signed_in):
    """A transparent border is drawn there, and each tab looked like the current one."""
    page = open_page(storage_state=signed_in, forced_colors="active")
    page.goto("/budgets/expenditure/")
    colour = "links => links.map(link => getComputedStyle(link).borderBottomColor)"
    for links in (".nav a", ".tabs a"):
        colours = page.locator(links).evaluate_all(colour)
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert sum(found != ground for found in colours) == 1, links
