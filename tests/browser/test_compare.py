"""The comparison of two dates in a browser: accessible, within a phone's width, its marks told without colour."""

import pytest

ADDRESS = "/compare/?from=2020-01-31&to=2022-08-29"
LATER = "/compare/?from=2022-08-29&to=2022-12-31"


@pytest.mark.parametrize("address", [ADDRESS, LATER, "/compare/?from=2022-08-29&to=2022-08-29"])
def test_it_is_accessible(page, assert_accessible, address):
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert_accessible(page)


@pytest.mark.parametrize("address", [ADDRESS, LATER])
def test_it_fits_a_narrow_phone(phone, assert_accessible, address):
    phone.goto(address)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    assert_accessible(phone)


def test_on_a_phone_old_new_and_difference_stand_in_one_line(phone):
    phone.goto(ADDRESS)
    tops = phone.evaluate(
        "[...document.querySelectorAll('#table-staffing tbody tr:first-child td')].map(cell => Math.round(cell.getBoundingClientRect().top))"
    )
    assert [len(set(tops[start : start + 3])) for start in (0, 3, 6)] == [1, 1, 1]
    assert tops[0] < tops[3] < tops[6]


def test_the_way_there_is_in_the_panel_of_dates(page, site):
    page.goto("/")
    page.click(".choose > summary")
    page.click("text=두 날 비교")
    assert page.url == f"{site.url}/compare/"
    assert page.locator("#table-staffing tbody tr").count() == 10


def test_two_other_days_are_asked_for_by_the_form(page, site):
    page.goto("/compare/")
    page.fill("#compare-from", "2022-08-29")
    page.fill("#compare-to", "2022-09-30")
    page.click("text=견주기")
    assert page.url == f"{site.url}/compare/?from=2022-08-29&to=2022-09-30"
    assert page.locator("#table-milestones").is_visible()


def test_days_are_typed_as_people_write_them_or_picked(page):
    page.goto("/compare/")
    page.fill("#compare-from", "20. 1. 31.")
    picker = page.locator("#compare-to + .day-picker")
    picker.fill("2022-08-29")
    assert page.input_value("#compare-to") == "2022-08-29"
    with page.expect_navigation():
        page.press("#compare-from", "Enter")
    assert page.input_value("#compare-from") == "2020-01-31"
