"""The system comes up as it is served: sign-in, the first page, its files."""

import gzip
import urllib.request

import demo
from playwright.sync_api import expect

from tests.browser.conftest import settle, width_of

HOME = "/"


def test_a_stranger_is_asked_to_sign_in(open_page, site, assert_accessible):
    page = open_page()
    page.goto(HOME)
    expect(page).to_have_url(f"{site.url}/accounts/login/?next=/")
    assert_accessible(page)


def test_signing_in_by_the_form_leads_home(open_page, site):
    page = open_page()
    demo.sign_in(page, site)
    expect(page).to_have_url(f"{site.url}/")


def test_wrong_password_is_told_accessibly(open_page, site, assert_accessible):
    page = open_page()
    page.goto("/accounts/login/")
    demo.fill_sign_in(page, "nobody", "wrong")
    page.wait_for_selector("[role=alert]")
    assert_accessible(page)


def test_home_is_accessible(page, assert_accessible):
    page.goto(HOME)
    assert_accessible(page)


def test_home_fits_a_narrow_phone(phone, assert_accessible):
    phone.goto(HOME)
    assert width_of(phone) == 360
    assert_accessible(phone)


def test_home_on_a_phone_is_short_and_says_its_worries_first(phone):
    phone.set_viewport_size({"width": 390, "height": 844})
    phone.goto(HOME)
    settle(phone)
    assert phone.locator(".worries li").nth(2).bounding_box()["y"] <= 900
    assert phone.evaluate("document.documentElement.scrollHeight") <= 3_680
    expect(phone.locator(".days .when")).to_have_count(14)
    expect(phone.locator("main details.fold[open]")).to_have_count(0)


def test_folds_are_open_on_paper_and_where_a_link_leads_in(phone):
    phone.goto(HOME)
    fold = phone.locator("details.fold:has(#plot-schedule)")
    expect(fold).to_have_js_property("open", False)
    phone.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(fold).to_have_js_property("open", True)
    phone.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(fold).to_have_js_property("open", False)
    phone.evaluate("location.hash = 'plot-schedule'")
    expect(fold).to_have_js_property("open", True)


def test_without_a_script_all_folds_are_open(open_page, signed_in):
    page = open_page(
        storage_state=signed_in, viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    page.goto(HOME)
    expect(page.locator("details.fold[open]").nth(4)).to_be_attached()
    expect(page.locator("details.fold:not([open])")).to_have_count(0)


def test_what_needs_attention_stands_beside_the_next_days_on_a_desk(open_page, signed_in):
    page = open_page(storage_state=signed_in, viewport={"width": 1440, "height": 900})
    page.goto(HOME)
    settle(page)
    coming, worries, schedule = (
        page.locator(each).bounding_box()
        for each in ("[aria-labelledby=upcoming]", "[aria-labelledby=attention]", "section.long")
    )
    assert coming["x"] + coming["width"] <= worries["x"]
    assert worries["y"] < coming["y"] < worries["y"] + worries["height"] < schedule["y"]


def test_home_needs_one_font_file_only(open_page, signed_in):
    page = open_page(
        storage_state=signed_in, accept_downloads=False
    )  # shared with nobody: it has loaded nothing yet
    page.set_viewport_size({"width": 1440, "height": 900})
    fonts = []
    page.on(
        "response", lambda response: response.url.endswith(".woff2") and fonts.append(len(response.body()))
    )
    page.goto(HOME)
    settle(page)
    assert len(fonts) == 1
    assert fonts[0] <= 200_000


def test_static_files_are_compressed_and_immutable(page):
    page.goto(HOME)
    style = page.evaluate("document.querySelector('link[rel=stylesheet][href*=\"/static/bundles/\"]').href")
    for encoding in ("br", "gzip"):
        request = urllib.request.Request(style, headers={"Accept-Encoding": encoding})
        with urllib.request.urlopen(request, timeout=10) as response:
            body = response.read()
            assert response.headers["Content-Encoding"] == encoding
            assert "immutable" in response.headers["Cache-Control"]
    assert b"{" in gzip.decompress(body)
