"""The sheet of a number over a page: by click, by keyboard, on a phone, and back where one was."""

import re
from collections import Counter

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import width_of

TOTAL = "td[data-fact='staffing:/headcount']"
SHEET = "dialog.fact-sheet"


def focused(page):
    return page.evaluate("document.activeElement.closest('[data-fact]').dataset.fact")


def open_sheet(page, label):
    expect(page.locator(f"{SHEET} h2")).to_have_text(label)
    return page.locator(SHEET)


def test_click_opens_the_sheet_and_escape_gives_the_focus_back(page, assert_accessible):
    page.goto("/departments/")
    page.locator(TOTAL).first.click()
    sheet = open_sheet(page, "디지털정책관 현원")
    assert page.evaluate("document.activeElement.id") == "fact-title"
    expect(sheet.locator(".fact-terms .total")).to_contain_text("258명")
    assert_accessible(page, SHEET)
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    assert focused(page) == "staffing:/headcount"


def test_keyboard_has_one_stop_for_a_table_and_arrows_within(page):
    page.goto("/departments/")
    stops = page.locator("#table-staffing .fact-stop[tabindex='0']")
    expect(stops).to_have_count(1)
    stops.focus()
    assert focused(page) == "staffing:/authorized"
    for key, identity in (
        ("ArrowRight", "staffing:/headcount"),
        ("ArrowDown", "staffing:digital-policy/headcount"),
        ("End", "staffing:seoul-archives/관리운영직"),
        ("ArrowRight", "staffing:seoul-archives/관리운영직"),
        ("ArrowUp", "staffing:data-center/관리운영직"),
        ("Home", "staffing:/authorized"),
    ):
        page.keyboard.press(key)
        assert focused(page) == identity, key
    expect(stops).to_have_count(1)
    page.keyboard.press("Enter")
    open_sheet(page, "디지털정책관 정원")


def test_sheet_leads_on_to_the_terms_and_back(page):
    page.goto("/departments/")
    page.locator(TOTAL).first.click()
    open_sheet(page, "디지털정책관 현원").get_by_role("link", name="데이터센터 현원").click()
    sheet = open_sheet(page, "데이터센터 현원")
    sheet.get_by_role("button", name="앞의 값").click()
    open_sheet(page, "디지털정책관 현원")
    sheet.get_by_role("link", name=re.compile("2020. 1. 31. 기준")).click()
    expect(sheet.locator(".fact-value")).to_contain_text("199명")
    sheet.get_by_role("button", name="닫기").click()
    expect(sheet).to_be_hidden()
    expect(page).to_have_url(re.compile("/departments/$"))


STOPS = """
[...document.querySelectorAll("[data-fact]")].map((mark) => {
  const stop = mark.querySelector(".fact-stop") || mark;
  return [stop.getAttribute("role"), stop.getAttribute("aria-haspopup"), stop.tabIndex].join(" ");
})
"""


def test_every_number_of_the_document_is_a_stop_or_an_arrow_s_way_from_one(page):
    page.goto("/document/")
    stops = Counter(page.evaluate(STOPS))
    assert {*stops} == {"button dialog 0", "button dialog -1"}
    assert stops.total() > 600


def test_number_in_a_sentence_of_the_document(page, assert_accessible):
    page.goto("/document/")
    number = page.locator("p.line [data-fact='measurement:public-wifi-city-bus-5g']")
    number.focus()
    page.keyboard.press("ArrowRight")
    assert focused(page) == "due:public-wifi-city-bus-5g"
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    sheet = open_sheet(page, "시내버스 와이파이 5G 교체")
    sheet.get_by_role("link", name=re.compile("주요 현안 업무 › 1. 공공와이파이")).click()
    expect(sheet).to_be_hidden()
    expect(page).to_have_url(re.compile("/document/#project-public-wifi-16$"))
    assert_accessible(page)


def test_number_of_a_lead_opens_by_keyboard_and_leads_to_its_parts(page, assert_accessible):
    page.goto("/")
    lead = page.locator("p.lead [data-fact]")
    expect(lead.first).to_have_text("1,432.0억 원")
    lead.first.focus()
    page.keyboard.press("End")
    share = focused(page)
    assert share.startswith("computed:%=({expenditure:data-center/unexecuted}")
    page.keyboard.press("Enter")
    sheet = open_sheet(page, "계산한 값")
    expect(sheet.locator(".fact-value")).to_have_text("75.4%")
    assert_accessible(page)
    sheet.get_by_role("link", name="데이터센터 집행잔액").click()
    open_sheet(page, "데이터센터 집행잔액")


def test_number_of_a_lead_on_a_phone(phone):
    phone.goto("/projects/public-wifi/")
    phone.locator("p.lead [data-fact]").first.click()
    open_sheet(phone, "공공와이파이 확충 및 시민 이용편의 제고 실적·일정 수")


def test_number_of_a_comparison_opens_that_of_its_day(page):
    page.goto("/compare/")
    page.locator("#table-staffing [data-fact='staffing:/authorized#2020-01-31']").click()
    expect(open_sheet(page, re.compile("정원$")).locator(".fact-value")).to_have_text("208명")


def test_pencil_and_copied_text_open_no_sheet(page):
    page.goto("/departments/")
    expect(page.locator("td[data-fact] a.edit").first).to_be_visible()
    page.locator(TOTAL).first.dblclick(position={"x": 2, "y": 2})
    page.goto("/departments/")
    page.evaluate(f"""getSelection().selectAllChildren(document.querySelector("{TOTAL}"))""")
    page.locator(TOTAL).first.dispatch_event("click")
    expect(page.locator(SHEET)).to_have_count(0)


def test_sheet_that_cannot_be_loaded_says_so(open_page, signed_in):
    page = open_page(refused=503, storage_state=signed_in)
    page.goto("/departments/")
    page.route("**/facts/**", lambda route: route.fulfill(status=503, body="busy"))
    page.locator(TOTAL).first.click()
    expect(page.locator(f"{SHEET} #fact-title")).to_contain_text("불러오지 못했습니다")


@pytest.mark.parametrize("path", ["/facts/", "/facts/staffing:/headcount/", "/facts/revenue:/current/"])
def test_pages_of_values_are_accessible_and_fit_a_phone(phone, assert_accessible, path):
    phone.goto(path)
    assert width_of(phone) == 360
    assert_accessible(phone)


def test_sheet_on_a_phone(phone, assert_accessible):
    phone.goto("/document/#staffing")
    phone.locator("td[data-fact='/headcount']").first.click()
    box = open_sheet(phone, "디지털정책관 현원").bounding_box()
    assert (box["x"], box["width"]) == (0, 360)
    assert box["y"] > 90
    assert_accessible(phone, SHEET)


def test_sheet_is_not_printed(page):
    page.goto("/departments/")
    page.locator(TOTAL).first.click()
    sheet = open_sheet(page, "디지털정책관 현원")
    page.emulate_media(media="print")
    expect(sheet).to_be_hidden()
