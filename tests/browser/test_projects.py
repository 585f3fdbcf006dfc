"""The project pages in a real browser: accessible, whole on a phone, terms explained on hover, focus and tap."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import follow, narrow, open_folds, settle
from tests.samples import each

PAGES = [
    "/projects/",
    "/projects/timeline/",
    "/projects/indicators/",
    "/projects/public-wifi/",
    "/projects/metaverse-seoul/",
]
WIFI = "/projects/public-wifi/"
AP = "a.term[href='#term-access-point']"


def explanation(page):
    """The definition that is shown beside its term."""
    return page.locator("#term-pop")


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_accessible_and_fit_a_phone(page, path, assert_accessible):
    page.goto(path)
    assert_accessible(page)
    narrow(page)


def test_a_page_is_accessible_in_high_contrast(page, assert_accessible):
    page.goto(WIFI)
    page.get_by_role("button", name="고대비").click()
    assert_accessible(page)


# Ceilings of issue 13, with its 15 %
HEIGHTS = {
    "/projects/timeline/": (2990, 4370),
    "/projects/indicators/": (2760, 3910),
    "/projects/public-wifi/": (3105, 4485),  # the longest on a phone
    "/projects/internet-of-things/": (3105, 4485),  # the longest on a desk
}


@pytest.mark.parametrize("path", each(2, HEIGHTS))
def test_pages_that_layer_keep_their_heights(open_page, signed_in, path):
    heights = {}
    for place, width in enumerate((1440, 390)):
        page = open_page(storage_state=signed_in, viewport={"width": width, "height": 900})
        page.goto(path)
        settle(page)
        height = page.evaluate("document.documentElement.scrollHeight")
        if height > HEIGHTS[path][place]:
            heights[width] = height
    assert not heights


def test_the_axis_stays_over_the_rows_and_its_bars_stand_under_it(page):
    page.goto("/projects/timeline/")
    settle(page)
    row = page.locator("#milestone-9-first-test-opening")
    row.evaluate("(row) => scrollTo(0, row.getBoundingClientRect().top + scrollY - 400)")
    head = page.locator(".axis-head")
    expect(head).to_be_in_viewport()
    line = row.evaluate("(row) => row.querySelector('use[href$=now]').getBoundingClientRect().x")
    assert 0 <= head.locator("text.now").bounding_box()["x"] - line < 8


def test_on_a_phone_the_agenda_leads_to_a_row_however_deep_it_is_folded(phone):
    phone.goto("/projects/timeline/")
    settle(phone)
    phone.locator(".agenda summary:has-text('지난 일')").click()
    row = phone.locator("#milestone-9-plan-and-contract")
    expect(row).to_be_hidden()
    phone.locator(".agenda a[href='#milestone-9-plan-and-contract']").click()
    expect(row).to_be_in_viewport()


def test_without_a_script_and_on_paper_every_row_is_seen(open_page, signed_in):
    page = open_page(storage_state=signed_in, java_script_enabled=False)
    page.goto("/projects/timeline/")
    expect(page.locator("#milestone-9-plan-and-contract")).to_be_visible()
    expect(page.locator("#milestone-9-plan-and-contract").get_by_text("적힌 곳: 추진실적")).to_be_visible()


@pytest.mark.parametrize("path", each(3, ["/projects/indicators/", "/projects/timeline/", WIFI]))
def test_all_folds_open_are_accessible(page, assert_accessible, path):
    page.goto(path)
    open_folds(page)
    assert_accessible(page)


def test_on_a_phone_bars_of_indicators_share_the_axis_above_them(phone):
    phone.goto("/projects/indicators/")
    settle(phone)
    open_folds(phone)
    row = phone.locator("table.rows tr:has-text('공공와이파이 운영현황')")
    name, value = (row.locator(cell).bounding_box() for cell in ("th", "td:nth-child(2)"))
    assert name["x"] + name["width"] <= value["x"] or name["y"] + name["height"] <= value["y"]
    assert value["x"] + value["width"] <= 360
    bars = phone.locator(".indicators svg.bar:visible").evaluate_all(
        "bars => bars.map((bar) => bar.getBoundingClientRect()).map(({ x, width }) => `${x} ${width}`)"
    )
    assert len(bars) > 20 and len(set(bars)) == 1


def test_contents_that_stay_mark_the_section_that_is_read(page):
    page.goto(WIFI)
    settle(page)
    contents = page.get_by_role("navigation", name="이 쪽의 차례")
    expect(contents.locator("[aria-current]")).to_have_text("목적")
    contents.get_by_role("link", name="지표").click()
    expect(contents.locator("[aria-current]")).to_have_text("지표")
    expect(contents).to_be_in_viewport()
    assert page.locator("#indicators").bounding_box()["y"] >= contents.bounding_box()["height"]
    follow(contents.get_by_role("link", name="다음 사업: 2. 사물인터넷"))
    expect(page).to_have_url(re.compile("/projects/internet-of-things/$"))


@pytest.mark.parametrize("path", ["/", "/projects/timeline/"])
@pytest.mark.parametrize("width", [360, pytest.param(1440, marks=pytest.mark.thorough)])
def test_arrows_of_what_goes_on_are_whole(open_page, signed_in, path, width):
    page = open_page(storage_state=signed_in, viewport={"width": width, "height": 900})
    page.goto(path)
    open_folds(page)
    found = page.evaluate("""() => [...document.querySelectorAll(".plot .scatterlayer text")]
      .filter((text) => "←→".includes(text.textContent)).map((text) => {
        const arrow = text.getBoundingClientRect(), plot = text.closest(".plot").getBoundingClientRect();
        return arrow.left >= plot.left && arrow.right <= plot.right; })""")
    assert found and all(found)


def test_a_term_is_explained_on_hover_until_the_pointer_leaves(page):
    page.goto(WIFI)
    page.locator(AP).hover()
    expect(explanation(page)).to_contain_text("무선단말기가 무선을 통해 인터넷에 접속")
    explanation(page).hover()
    expect(explanation(page)).to_be_visible()
    page.mouse.move(5, 5)
    expect(explanation(page)).to_be_hidden()


def test_a_term_is_explained_on_focus_and_escape_puts_it_away(page):
    page.goto(WIFI)
    page.locator(AP).focus()
    expect(explanation(page)).to_be_visible()
    expect(page.locator(AP)).to_have_attribute("aria-describedby", "term-pop")
    page.keyboard.press("Escape")
    expect(explanation(page)).to_be_hidden()
    expect(page.locator(f"{AP}[aria-describedby]")).to_have_count(0)


def test_the_first_tap_explains_a_term_and_the_second_leads_to_it(open_page, signed_in):
    page = open_page(storage_state=signed_in, viewport={"width": 360, "height": 740}, has_touch=True)
    page.goto(WIFI)
    settle(page)
    open_folds(page)
    page.locator(AP).tap()
    expect(explanation(page)).to_be_visible()
    expect(page).not_to_have_url(re.compile("#term-access-point$"))
    page.locator(AP).tap()
    page.wait_for_url(re.compile("#term-access-point$"))


def test_a_definition_stays_on_the_screen(phone):
    phone.goto(WIFI)
    settle(phone)
    open_folds(phone)
    phone.locator(AP).focus()
    expect(explanation(phone)).to_be_visible()
    box = explanation(phone).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
