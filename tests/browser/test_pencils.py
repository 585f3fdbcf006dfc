"""Putting one figure right from its page, in a browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import follow, settle, width_of
from tests.samples import each

PAGES = ["/departments/", "/budgets/expenditure/", "/projects/indicators/", "/projects/public-wifi/"]
NAME = "수정: 정원, 디지털정책담당관"
CELL = "#table-staffing tr:has(a[href*='digital-policy/']) td[data-l='정원']"


def put(page, value):
    follow(page.get_by_role("link", name=NAME))
    page.wait_for_selector("input[name=authorized]:focus")
    page.keyboard.press("Control+a")
    page.keyboard.type(value)
    page.fill("#change-reason", "브라우저에서 고침")
    follow(page.locator("input[name=_save]").first)
    page.wait_for_url("**/departments/#table-staffing")
    expect(page.locator(CELL)).to_have_text(re.compile(rf"^\s*{value}\b"))


def test_a_figure_is_put_right_and_one_is_back_at_the_table(page):
    page.goto("/departments/")
    was = page.locator(CELL).inner_text().split()[0]
    put(page, "36")
    expect(page.locator(".messages")).to_contain_text("바뀐 값이 보이는 화면")
    put(page, was)


@pytest.mark.parametrize("path", each(2, PAGES))
def test_pages_with_pencils_are_accessible_and_fit_a_phone(phone, assert_accessible, path):
    phone.goto(path)
    expect(phone.locator("a.edit").first).to_be_attached()
    assert width_of(phone) == 360
    assert_accessible(phone)


# How far each pencil is from the end of the number before it, in px, and whether both are of one line.
DISTANCES = """
[...document.querySelectorAll("td.num > a.edit")].filter((pencil) => pencil.offsetWidth).map((pencil) => {
  const number = document.createRange(), drawn = pencil.querySelector("svg").getBoundingClientRect();
  number.selectNodeContents(pencil.parentElement);
  number.setEndBefore(pencil);
  const text = [...number.getClientRects()].filter((rect) => rect.width > 1).at(-1);
  return [drawn.left - text.right, drawn.top < text.bottom && drawn.bottom > text.top];
})
"""


@pytest.mark.parametrize("width", each(2, [1440, 390]))
def test_a_pencil_stands_right_after_its_own_number(open_page, signed_in, width):
    page = open_page(storage_state=signed_in, viewport={"width": width, "height": 900})
    for path in PAGES[:3]:
        page.goto(path)
        distances = page.evaluate(DISTANCES)
        assert distances and all(0 <= far <= 12 and in_line for far, in_line in distances), distances


COVERED = """(id) => {
  const { left, top } = document.getElementById(id).getBoundingClientRect();
  return document.elementsFromPoint(left + 4, top + 4).some((each) => each.closest(".axis-head, .page-contents"));
}"""
TARGETS = [
    ("/projects/timeline/", "strategy-2"),
    ("/projects/indicators/", "indicators-4"),
    ("/projects/public-wifi/", "milestone-1-subway-5g"),
]


@pytest.mark.parametrize("width", each(2, [1440, 390]))
def test_what_stays_at_the_top_covers_no_target_of_a_link(open_page, signed_in, width):
    page = open_page(storage_state=signed_in, viewport={"width": width, "height": 900})
    for path, target in TARGETS:
        page.goto(f"{path}#{target}")
        settle(page)
        assert page.locator(f"#{target}").bounding_box()["y"] < 300
        assert not page.evaluate(COVERED, target), target


def test_pencils_are_not_printed(page):
    page.goto("/budgets/expenditure/")
    expect(page.locator("a.edit").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("a.edit").first).to_be_hidden()


def test_a_pencil_is_large_enough_for_a_finger(phone):
    phone.goto("/departments/")
    box = phone.locator("a.edit").first.bounding_box()
    assert box["width"] >= 24 and box["height"] >= 24
