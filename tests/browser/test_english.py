"""Readers' pages in English: accessible, and nothing runs out of a desk's or a phone's page, for English is longer."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import wait_until
from tests.samples import each

USERS = """
from departments.models import User
users = [User.objects.create(username="english", language="en")]
"""
PAGES = [
    "/",
    "/budgets/expenditure/",
    "/departments/",
    "/projects/public-wifi/",
    "/projects/timeline/",
    "/budgets/revenue/",
    "/budgets/cross-tab/",
    "/projects/",
    "/projects/indicators/",
    "/glossary/",
    "/document/",
    "/compare/?from=2020-01-31&to=2022-08-29",
    "/search/?q=와이파이",
    "/integrity/",
    "/accessibility/",
]


@pytest.fixture(scope="module")
def english(site, sign_in_users):
    return sign_in_users(site, USERS)["english"]


@pytest.mark.parametrize("path", each(5, PAGES))
def test_a_page_in_english_is_accessible_and_fits(open_page, english, assert_accessible, path):
    page = open_page(storage_state=english, viewport={"width": 1440, "height": 900})
    page.goto(path)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert_accessible(page)
    for width in (1440, 1280, 1024, 768, 390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        wait_until(page, f"document.documentElement.scrollWidth <= {width}")


def test_a_fact_in_an_english_lead_stays_in_its_line(open_page, english):
    page = open_page(storage_state=english, viewport={"width": 1440, "height": 900})
    page.goto("/search/?q=와이파이")
    lead = page.locator(".lead")
    expect(lead).to_contain_text("12 matches for ‘와이파이’")
    assert lead.bounding_box()["height"] < 48


def test_a_figure_that_disagrees_fits_a_phone(open_page, english):
    page = open_page(storage_state=english, viewport={"width": 320, "height": 844})
    page.goto("/")
    page.locator(".worries b").evaluate_all(
        "figures => figures.forEach((b) => { b.textContent = '−6 people(◆ computed: −8 people)'; })"
    )
    wait_until(page, "document.documentElement.scrollWidth <= 320")
