"""Putting one figure right from its page, in a browser."""

import pytest

PAGES = ["/departments/", "/budgets/expenditure/", "/projects/indicators/", "/projects/public-wifi/"]
NAME = "수정: 정원, 디지털정책담당관"
CELL = "#table-staffing tr:has(a[href*='digital-policy/']) td[data-l='정원']"


def put(page, value):
    page.get_by_role("link", name=NAME).click()
    page.wait_for_selector("input[name=authorized]:focus")
    page.keyboard.press("Control+a")
    page.keyboard.type(value)
    page.fill("#change-reason", "브라우저에서 고침")
    page.click("input[name=_save]")
    page.wait_for_url("**/departments/#table-staffing")


def test_a_figure_is_put_right_and_one_is_back_at_the_table(page):
    page.goto("/departments/")
    was = page.locator(CELL).inner_text().split()[0]
    put(page, "36")
    assert page.locator(CELL).inner_text().split()[0] == "36"
    assert "바뀐 값이 보이는 화면" in page.locator(".messages").inner_text()
    put(page, was)
    assert page.locator(CELL).inner_text().split()[0] == was


@pytest.mark.parametrize("path", PAGES)
def test_pages_with_pencils_are_accessible_and_fit_a_phone(phone, assert_accessible, path):
    phone.goto(path)
    phone.wait_for_load_state("networkidle")
    assert phone.locator("a.edit").count()
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    assert_accessible(phone)


def test_pencils_are_not_printed(page):
    page.goto("/budgets/expenditure/")
    assert page.locator("a.edit").first.is_visible()
    page.emulate_media(media="print")
    assert not page.locator("a.edit").first.is_visible()


def test_a_pencil_is_large_enough_for_a_finger(phone):
    phone.goto("/departments/")
    box = phone.locator("a.edit").first.bounding_box()
    assert box["width"] >= 24 and box["height"] >= 24
