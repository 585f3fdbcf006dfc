"""Admin in a browser: accessible, within a phone's width, silent; the preview beside a text follows what is typed."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import follow, narrow, wait_until

FORM = "/admin/projects/brief/1/change/"
PAGES = [
    "/admin/",
    "/admin/core/source/",
    "/admin/budgets/budgetfigure/",
    "/admin/departments/staffing/3/change/",
    FORM,
]


@pytest.mark.parametrize("path", PAGES)
def test_accessible_on_a_desk_and_fits_a_phone(page, assert_accessible, path):
    page.goto(path)
    assert_accessible(page)
    narrow(page)


def test_accessible_in_high_contrast(page, assert_accessible):
    page.goto("/admin/core/source/")
    page.click("[data-contrast]")
    expect(page.locator("body")).to_have_css("background-color", "rgb(0, 0, 0)")
    assert_accessible(page)


def test_the_preview_follows_the_typing_and_names_a_line_that_cannot_be_read(page):
    page.goto(FORM)
    source, shown = page.locator("#id_overview"), page.locator(".field-overview .outline-preview")
    source.fill("ㅇ (배경) 새로 쓴 글")
    page.wait_for_selector(".field-overview .outline-preview li:has-text('새로 쓴 글')")
    source.fill("ㅇ 하나\n-\nㅇ 셋")
    expect(shown).to_contain_text("2번째 줄: ‘-’ 뒤에 내용을 적어 주세요.")
    page.click(".field-overview .outline-error button")
    wait_until(page, "getSelection().toString() === '-' && document.activeElement.id === 'id_overview'")
    expect(source).to_have_attribute("aria-invalid", "true")


def test_numbers_typed_into_a_new_row_are_lit(page):
    page.goto(FORM)
    page.click("#milestones-group .add-row a")
    row = page.locator("#milestones-group .inline-related:not(.empty-form)").last
    row.locator("textarea.outline-source").fill("ㅇ 안내판 77개")
    expect(row.locator(".outline-preview li .number.n-unbound")).to_have_text("77개 (확인 안 됨)")
    expect(row.locator(".numbers-under")).to_contain_text("확인 안 됨 1개")


def test_an_unknown_mark_is_replaced_by_the_level_that_is_chosen(page):
    page.goto(FORM)
    source, choices = page.locator("#id_overview"), page.locator(".field-overview .outline-choices")
    source.fill("□ 배경\nㅇ 하나\n  ♥ 둘\n  ♥ 셋\n→ 넷\n구분\t2021\t2022\n계\t1\t2")
    choices.locator("text=2층").click()
    page.wait_for_selector(".field-overview .outline-choices[data-mark='→']")
    choices.locator("text=윗줄에 잇기").click()
    page.wait_for_selector(".field-overview .outline-preview li:has-text('셋 → 넷') table")
    expect(source).to_have_value("□ 배경\nㅇ 하나\n  - 둘\n  - 셋 → 넷\n구분\t2021\t2022\n계\t1\t2")


def test_the_length_of_a_text_is_counted_and_told_near_its_limit(page):
    page.goto(FORM)
    count = page.locator(".field-overview .text-limit")
    page.fill("#id_overview", "ㅇ " + "가" * 18_000)
    page.wait_for_selector(".field-overview [aria-live]:has-text('1,998자 더 적을 수 있습니다.')")
    expect(count).to_have_text(re.compile(r"^\s*18,002 / 20,000자"))
    page.fill("#id_overview", "ㅇ " + "가" * 20_000)
    page.wait_for_selector(".field-overview .text-limit.over:has-text('2자를 줄여 주세요.')")
    page.wait_for_selector(".field-overview .outline-error:has-text('글이 20,002자입니다.')")


def test_without_scripts_a_button_shows_the_preview(open_page, signed_in):
    page = open_page(storage_state=signed_in, java_script_enabled=False)
    page.goto(FORM)
    page.fill("#id_overview", "ㅇ 스크립트 없이")
    with page.expect_popup() as opened:
        page.click(".field-overview button[name=preview]")
    opened.value.wait_for_selector(".outline-preview li:has-text('스크립트 없이')")


def test_a_source_is_copied_and_confirmed_by_its_buttons(page):
    page.goto("/admin/core/source/?scope__exact=glossary")
    follow(page.locator("#result_list tbody th a"))
    follow(page.locator("text=새 기준일로 복사"))
    page.fill("#id_as_of", "2022-09-30")
    follow(page.locator("input[type=submit].default"))
    follow(page.locator(".object-tools >> text=확정"))
    expect(page.locator("main")).to_contain_text("보이는 값은 달라지지 않습니다.")
    follow(page.locator("text=그만두기"))
    page.wait_for_selector("#result_list >> text=용어 (2022. 9. 30.)")


@pytest.mark.parametrize("width", [390, pytest.param(1440, marks=pytest.mark.thorough)])
def test_the_save_bar_stays(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(FORM)
    box = page.locator(".submit-row").bounding_box()
    assert box["y"] + box["height"] <= 900 and box["height"] <= 110
    rows = page.locator(".inline-related.has_original")
    expect(rows).to_have_count(6)
    assert max(row.bounding_box()["height"] for row in rows.all()) <= (
        84 if width == 390 else 48
    )  # a name of two lines


def test_a_row_of_a_form_opens_for_its_fields_and_stays_open_where_it_is_wrong(page):
    page.goto(FORM)
    row, title = page.locator("#milestones-0"), page.locator("#id_milestones-0-title")
    line = row.get_by_role(
        "button", name="디지털뉴딜(1차사업) 연계 공공와이파이 4,530대 설치 · 추진실적 · ’21.11.~’22.4."
    )
    expect(line).to_have_attribute("aria-expanded", "false")
    expect(title).to_be_hidden()
    line.click()
    expect(title).to_be_visible()
    title.fill("")
    page.fill("#change-reason", "제목을 비워 봄")
    follow(page.locator("input[name=_save]").first)
    expect(title).to_be_visible()
    expect(page.locator("#id_milestones-1-title")).to_be_hidden()


def test_on_a_phone_rows_of_tables_fold_too(phone):
    phone.goto(FORM)
    names = phone.locator("#id_contacts-0-names")
    expect(names).to_be_hidden()
    phone.get_by_role("button", name="1 · 정보통신보안담당관 · 김완집 · 2133-2860").click()
    expect(names).to_be_visible()
    assert names.bounding_box()["width"] >= 120


def test_without_a_script_all_rows_of_a_form_are_open(open_page, signed_in):
    page = open_page(storage_state=signed_in, java_script_enabled=False)
    page.goto(FORM)
    expect(page.locator("#id_milestones-5-title")).to_be_visible()
