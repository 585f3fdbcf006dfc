"""Departments, cross-tab, glossary and search in a browser: accessible, within a phone's width, silent."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import follow, narrow, settle, wait_until
from tests.samples import each

PAGES = [
    "/departments/",
    "/departments/ict-security/",
    "/departments/digital-policy-bureau/",
    "/departments/smart-city/",
    "/budgets/cross-tab/",
    "/budgets/cross-tab/?rows=account&columns=department&measure=rate&from=2020-01-31",
    "/glossary/",
    "/document/one-page/",
    "/document/numbers/?department=ict-security",
    "/document/numbers/?text=projects.brief.1.achievements",
    "/search/",
    "/search/?q=와이파이",
]


@pytest.mark.parametrize("path", PAGES)
def test_accessible_on_a_desk_and_fits_a_phone(page, assert_accessible, path):
    page.goto(path)
    assert_accessible(page)
    narrow(page)


def test_units_stand_side_by_side_on_a_desk_and_one_below_the_other_on_a_phone(page, phone):
    tops = "[...document.querySelectorAll('.tree > li')].map(unit => Math.round(unit.getBoundingClientRect().top))"
    for opened in (page, phone):
        opened.goto("/departments/")
        settle(opened)
    assert len(set(page.evaluate(tops))) == 1
    assert len(set(phone.evaluate(tops))) == len(phone.evaluate(tops)) == 8


def test_a_search_from_the_header_keeps_the_date(page):
    page.goto("/departments/?as_of=2022-09-01")
    page.fill("#search-words", "ㄱㄱㅇㅇㅍㅇ")
    follow(page.locator("#search-words"), "Enter")
    expect(page).to_have_url(re.compile("/search/"))
    follow(page.locator("text=1. 공공와이파이 확충"))
    expect(page).to_have_url(re.compile(r"/projects/public-wifi/\?as_of=2022-09-01$"))


def test_a_linked_term_leads_to_its_definition(page):
    page.goto("/glossary/")
    page.click("#term-s-map a[href='#term-digital-twin']")
    expect(page).to_have_url(re.compile("#term-digital-twin$"))


def test_the_admin_keeps_the_content_security_policy(page):
    for path in [
        "/admin/",
        "/admin/core/source/",
        "/admin/projects/milestone/",
        "/admin/budgets/budgetfigure/add/",
    ]:
        page.goto(path)
        settle(page)
    page.click(".field-line .select2-selection")
    page.wait_for_selector(".select2-results__option:has-text('데이터센터')")


STACKED = [
    "/departments/",
    "/departments/ict-security/",
    "/budgets/expenditure/",
    "/budgets/revenue/",
    "/budgets/cross-tab/?rows=account&columns=department&measure=rate&from=2020-01-31",
    "/compare/?from=2020-01-31&to=2022-08-29",
]
# Of each stacked table the right edges of its values (less the width of a column), what is wider than its cell, and pencils over values
UNEVEN = """
[...document.querySelectorAll("table.stack:not(.threes, .run)")].filter((table) => table.offsetParent).flatMap((table) => {
  const edge = table.getBoundingClientRect().right - (parseFloat(getComputedStyle(table.querySelector("tbody tr")).paddingRight) || 0);
  const cells = [...table.querySelectorAll("tbody td")].filter((cell) => cell.offsetParent);
  return cells.filter((cell) => {
    const box = cell.getBoundingClientRect();
    const range = document.createRange();
    range.selectNodeContents(cell);
    const words = [...cell.childNodes].filter((node) => node.nodeType === 3 && node.data.trim()).flatMap((node) => {
      range.selectNode(node);
      return [...range.getClientRects()];
    });
    const pencil = cell.querySelector(":scope > a.edit")?.getBoundingClientRect();
    const half = box.width < table.clientWidth / 2;
    const inner = Math.abs(box.right - edge) > 1 && !(half && box.right < edge - 24);
    return inner || words.some((word) => word.right > box.right + 1) || (pencil && pencil.left < box.right - 1);
  }).map((cell) => cell.innerText);
})
"""


@pytest.mark.parametrize("path", each(2, STACKED))
def test_values_of_stacked_tables_end_at_one_edge(phone, path):
    phone.goto(path)
    settle(phone)
    for width in (320, 390):
        phone.set_viewport_size({"width": width, "height": 740})
        wait_until(phone, f"document.documentElement.scrollWidth <= {width}")
        assert phone.evaluate(UNEVEN) == [], width


@pytest.mark.parametrize("width", [320, pytest.param(390, marks=pytest.mark.thorough)])
def test_on_a_phone_all_tabs_are_in_sight(page, width):
    page.set_viewport_size({"width": width, "height": 740})
    page.goto("/integrity/")
    settle(page)
    boxes = [tab.bounding_box() for tab in page.locator(".nav a").all()]
    assert len(boxes) == 7
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= width and box["height"] >= 40 for box in boxes)
    assert max(box["y"] for box in boxes) < 200


def test_contents_of_the_document_stay_and_say_where_the_reader_is(page):
    page.goto("/document/")
    page.evaluate("document.getElementById('duties').scrollIntoView()")
    current = page.locator(".document .contents [aria-current]")
    expect(current).to_have_text("부서별 주요업무")
    box = current.bounding_box()
    assert 0 <= box["y"] <= 900


def test_chapters_of_the_document_fold_on_a_phone(phone):
    phone.goto("/document/")
    settle(phone)
    chapters = phone.locator(".document .chapter > details")
    expect(chapters.nth(3)).to_be_attached()
    expect(phone.locator("#staffing")).to_be_hidden()
    phone.click(".document .contents a[href='#staffing']")
    expect(phone.locator("#staffing")).to_be_visible()


@pytest.mark.parametrize(("width", "is_open"), [(390, True), (1440, False)])
def test_the_one_page_sheet_is_seen_whole_and_read_in_words_on_a_phone(open_page, signed_in, width, is_open):
    page = open_page(storage_state=signed_in, viewport={"width": width, "height": 900})
    page.goto("/document/one-page/")
    picture = page.locator(".one-page img").bounding_box()
    assert picture["x"] > 0 and picture["x"] + picture["width"] < width
    words = page.get_by_role("heading", name="266자리 가운데 9자리가 비었고, 1명이 더 있습니다")
    expect(words).to_be_visible(visible=is_open)
