"""Admin in a browser: accessible, within a phone's width, silent; the preview beside a text follows what is typed."""

import pytest

# Django's style sheets import others; axe would copy them into the page, which the content security policy forbids.
AS_IT_IS = {"preload": False}
FORM = "/admin/projects/brief/1/change/"
PAGES = [
    "/admin/",
    "/admin/core/source/",
    "/admin/budgets/budgetfigure/",
    "/admin/departments/staffing/3/change/",
    FORM,
]


@pytest.mark.parametrize("path", PAGES)
def test_accessible_on_a_desk(page, assert_accessible, path):
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert_accessible(page, **AS_IT_IS)


def test_accessible_in_high_contrast(page, assert_accessible):
    page.goto("/admin/core/source/")
    page.click("[data-contrast]")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"
    assert_accessible(page, **AS_IT_IS)


def test_they_fit_a_narrow_phone(phone):
    widths = {}
    for path in PAGES:
        phone.goto(path)
        widths[path] = phone.evaluate("document.documentElement.scrollWidth")
    assert widths == dict.fromkeys(PAGES, 360)


def test_the_preview_follows_the_typing_and_names_a_line_that_cannot_be_read(page):
    page.goto(FORM)
    source, shown = page.locator("#id_overview"), page.locator(".field-overview .outline-preview")
    source.fill("ㅇ (배경) 새로 쓴 글")
    page.wait_for_selector(".field-overview .outline-preview li:has-text('새로 쓴 글')")
    source.fill("ㅇ 하나\n-\nㅇ 셋")
    page.wait_for_selector(".field-overview .outline-error")
    assert "2번째 줄: ‘-’ 뒤에 내용을 적어 주세요." in shown.inner_text()
    page.click(".field-overview .outline-error button")
    assert source.evaluate("area => area.value.slice(area.selectionStart, area.selectionEnd)") == "-"
    assert source.get_attribute("aria-invalid") == "true"


def test_without_scripts_a_button_shows_the_preview(open_page, signed_in):
    page = open_page(storage_state=signed_in, java_script_enabled=False)
    page.goto(FORM)
    page.fill("#id_overview", "ㅇ 스크립트 없이")
    with page.expect_popup() as opened:
        page.click(".field-overview button[name=preview]")
    opened.value.wait_for_selector(".outline-preview li:has-text('스크립트 없이')")


def test_a_source_is_copied_and_confirmed_by_its_buttons(page):
    page.goto("/admin/core/source/?scope__exact=glossary")
    page.click("#result_list tbody th a")
    page.click("text=새 기준일로 복사")
    page.fill("#id_as_of", "2022-09-30")
    page.click("input[type=submit].default")
    page.click(".object-tools >> text=확정")
    assert "보이는 값은 달라지지 않습니다." in page.inner_text("main")
    page.click("text=그만두기")
    page.wait_for_selector("#result_list >> text=용어 (2022-09-30)")
