"""The project pages in a real browser: accessible, whole on a phone, terms explained on hover, focus and tap."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import narrow, settle

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


def test_on_a_phone_an_indicators_value_stands_beside_its_name(phone):
    phone.goto("/projects/indicators/")
    settle(phone)
    row = phone.locator("#table-indicators tr:has-text('공공와이파이 운영현황')")
    name, value = (row.locator(cell).bounding_box() for cell in ("th", "td:nth-child(2)"))
    assert name["y"] <= value["y"] < name["y"] + name["height"]
    assert name["x"] + name["width"] <= value["x"]


def test_the_list_of_contents_leads_to_a_projects_indicators(phone):
    phone.goto("/projects/indicators/")
    phone.click(".contents a:has-text('메타버스')")
    heading = phone.locator("#table-indicators tr:target")
    expect(heading).to_contain_text("9. 메타버스를 활용한 차세대 행정서비스 제공")
    assert 0 <= heading.bounding_box()["y"] < 200


@pytest.mark.parametrize("path", ["/", "/projects/timeline/", "/projects/internet-of-things/"])
@pytest.mark.parametrize("width", [360, pytest.param(1440, marks=pytest.mark.thorough)])
def test_arrows_of_what_goes_on_are_whole(open_page, signed_in, path, width):
    page = open_page(storage_state=signed_in, viewport={"width": width, "height": 900})
    page.goto(path)
    settle(page)
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
    page.locator(AP).tap()
    expect(explanation(page)).to_be_visible()
    expect(page).not_to_have_url(re.compile("#term-access-point$"))
    page.locator(AP).tap()
    page.wait_for_url(re.compile("#term-access-point$"))


def test_a_definition_stays_on_the_screen(phone):
    phone.goto(WIFI)
    phone.locator(AP).focus()
    expect(explanation(phone)).to_be_visible()
    box = explanation(phone).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
