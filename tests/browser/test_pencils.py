"""Putting one figure right from its page, in a browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import follow, width_of

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


@pytest.mark.parametrize("path", PAGES)
def test_pages_with_pencils_are_accessible_and_fit_a_phone(phone, assert_accessible, path):
    phone.goto(path)
    expect(phone.locator("a.edit").first).to_be_attached()
    assert width_of(phone) == 360
    assert_accessible(phone)


def test_pencils_are_not_printed(page):
    page.goto("/budgets/expenditure/")
    expect(page.locator("a.edit").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("a.edit").first).to_be_hidden()


def test_a_pencil_is_large_enough_for_a_finger(phone):
    phone.goto("/departments/")
    box = phone.locator("a.edit").first.bounding_box()
    assert box["width"] >= 24 and box["height"] >= 24
