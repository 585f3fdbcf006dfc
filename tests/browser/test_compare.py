"""The comparison of two dates in a browser: accessible, within a phone's width, its marks told without colour."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import follow, narrow, width_of

ADDRESS = "/compare/?from=2020-01-31&to=2022-08-29"
LATER = "/compare/?from=2022-08-29&to=2022-12-31"


@pytest.mark.parametrize("address", [LATER, "/compare/?from=2022-08-29&to=2022-08-29"])
def test_it_is_accessible_and_fits_a_phone(page, assert_accessible, address):
    page.goto(address)
    assert_accessible(page)
    narrow(page)


def test_it_is_accessible_on_a_desk(page, assert_accessible):
    page.goto(ADDRESS)
    assert_accessible(page)


def test_on_a_phone_old_new_and_difference_stand_in_one_line(phone, assert_accessible):
    phone.goto(ADDRESS)
    assert width_of(phone) == 360
    assert_accessible(phone)
    tops = phone.evaluate(
        "[...document.querySelectorAll('#table-staffing tbody tr:first-child td')].map(cell => Math.round(cell.getBoundingClientRect().top))"
    )
    assert [len(set(tops[start : start + 3])) for start in (0, 3, 6)] == [1, 1, 1]
    assert tops[0] < tops[3] < tops[6]


def test_the_first_table_of_a_chapter_is_seen_and_the_others_fold(page):
    page.goto(ADDRESS)
    expect(page.locator("#table-staffing")).to_be_visible()
    further = page.locator("main details.fold")
    expect(further.nth(1)).to_be_attached()
    expect(further.first.locator("table")).to_be_hidden()
    further.first.locator("summary").click()
    expect(further.first.locator("table")).to_be_visible()


def test_the_way_there_is_in_the_panel_of_dates(page, site):
    page.goto("/")
    page.click(".choose > summary")
    follow(page.locator("text=두 날 비교"))
    expect(page).to_have_url(f"{site.url}/compare/")
    expect(page.locator("#table-staffing tbody tr")).to_have_count(10)


def test_two_other_days_are_asked_for_by_the_form(page, site):
    page.goto("/compare/")
    page.fill("#compare-from", "2022-08-29")
    page.fill("#compare-to", "2022-09-30")
    follow(page.locator("text=견주기"))
    expect(page).to_have_url(f"{site.url}/compare/?from=2022-08-29&to=2022-09-30")
    expect(page.locator("#table-milestones")).to_be_visible()


def test_days_are_typed_as_people_write_them_or_picked(page):
    page.goto("/compare/")
    page.fill("#compare-from", "20. 1. 31.")
    picker = page.locator("#compare-to + .day-picker")
    picker.fill("2022-08-29")
    expect(page.locator("#compare-to")).to_have_value("2022. 8. 29.")
    follow(page.locator("#compare-from"), "Enter")
    expect(page.locator("#compare-from")).to_have_value("2020. 1. 31.")
    expect(page).to_have_url(re.compile("from=2020-01-31&to=2022-08-29"))
