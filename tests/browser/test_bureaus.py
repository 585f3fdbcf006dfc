"""Two bureaus in a browser: the switch, what units and planners find at home, and a whole report confirmed by nine presses."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import follow, narrow, served, settle

ROOT = Path(__file__).resolve().parent.parent.parent
CREATE = """
from datetime import date
from django.contrib.auth.models import Group
from django.utils import timezone
from core.models import Source
from departments.models import Department, Placement, User
from glossary.models import Definition, Term
from reports.editions import workflow
from reports.editions.collection import collection_of
from reports.editions.opening import open_edition
from reports.models import Edition

def make(name, last, first, role, unit):
    user = User.objects.create_user(username=name, last_name=last, first_name=first,
                                    department=Department.objects.get(slug=unit))
    user.groups.set([Group.objects.get(name=role)])
    return user

housing = Department.objects.create(slug="housing-bureau", name="주택정책관", kind="bureau")
def source(scope):
    return Source.objects.create(slug=f"housing/{scope}", bureau=housing, scope=scope, as_of=date(2022, 8, 29), state="in_force")
Placement.objects.create(source=source("organisation"), department=housing)
term = Term.objects.create(slug="sale", name="분양")
Definition.objects.create(source=source("glossary"), term=term, order=1, heading="분양", text="ㅇ 나누어 파는 것")
users = [make("plan", "박", "기획", "기획 담당", "digital-policy"), make("duri", "이", "두리", "부서 담당", "ict-security")]
home = Department.objects.get(slug="digital-policy-bureau")
edition, _ = open_edition(bureau=home, user=users[0], title="2022년 11월 업무보고", as_of=date(2022, 11, 1),
                          deadline=timezone.localdate())
workflow.change_state(edition, Edition.State.COLLECTING, user=users[0])
edition.refresh_from_db()
collection = collection_of(edition)
for cell in collection.cells:
    workflow.submit(edition, cell, user=users[0])
staffing = next(cell for cell in collection_of(edition).cells
                if (cell.place.department.slug, cell.place.part) == ("ict-security", "staffing"))
workflow.send_back(edition, staffing, user=users[0], note="현원을 다시 세어 주십시오.")
"""
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
WIDTH = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def site(seeded_file):
    with served(seeded_file) as running:
        yield running


@pytest.fixture(scope="module")
def people(site, sign_in_users):
    return sign_in_users(site, CREATE)


def shot(page, name):
    """Kept where the one who looks wants them."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.mark.parametrize(
    "viewport",
    [DESK, pytest.param(PHONE, marks=pytest.mark.thorough)],  # in every run the desk's page becomes a phone's
    ids=["desk", "phone"],
)
@pytest.mark.parametrize("who", ["plan", pytest.param("duri", marks=pytest.mark.thorough)])
def test_pages_of_two_bureaus(open_page, people, assert_accessible, viewport, who):
    page = open_page(storage_state=people[who], viewport=viewport)
    for name, address in (
        ("home", "/"),
        ("reports", "/reports/"),
        ("edition", "/reports/1/"),
        ("part", "/reports/1/parts/ict-security/staffing/"),
        ("past", "/reports/1/parts/ict-security/projects/public-wifi/"),
        ("search", "/search/?q=분양"),
    ):
        page.goto(address)
        assert_accessible(page)
        assert page.evaluate(WIDTH) <= 0, address  # settled, or it would not be accessible
        shot(page, f"{who}-{viewport['width']}-{name}")
        narrow(page)
        page.set_viewport_size(viewport)
    page.goto("/projects/?as_of=2022-09-01")
    settle(page)
    page.locator(".bureaus summary").focus()
    page.keyboard.press("Enter")
    shot(page, f"{who}-{viewport['width']}-switch")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/projects/?bureau=housing-bureau&as_of=2022-09-01")
    expect(page.locator(".bureaus summary")).to_have_text(re.compile(r"주택정책관\s*$"))


def test_a_unit_goes_from_home_to_the_form(open_page, people):
    page = open_page(storage_state=people["duri"], viewport=DESK)
    page.goto("/")
    expect(page.locator(".tasks")).to_contain_text("현원을 다시 세어 주십시오.")
    follow(page.locator(".returned-parts").get_by_role("link", name="고치기"))
    page.wait_for_url("**/admin/departments/staffing/?source__id__exact=*")
    expect(page.locator("#result_list tbody tr")).to_have_count(1)


@pytest.mark.thorough  # tests/reports/editions/test_unit_actions.py asks the server, test_cycle.py presses once
def test_a_whole_report_is_confirmed_by_nine_presses(open_page, people):
    page = open_page(storage_state=people["plan"], viewport=DESK)
    page.goto("/reports/1/")
    expect(page.locator('.collect input[type="checkbox"]')).to_have_count(43)  # one part was sent back
    buttons = page.locator(".confirm-unit button")
    for left in range(9, 0, -1):
        expect(buttons).to_have_count(left)
        follow(buttons.first)
        expect(page.locator(".messages")).to_contain_text("부분을 확인했습니다")
    expect(buttons).to_have_count(0)
    expect(page.locator(".kpis li").filter(has_text="확인").locator("b")).to_have_text("43개")


def test_the_boxes_of_a_row_are_reached_by_arrow_keys(open_page, people, site, execute):
    again = """
from reports.models import Submission
others = Submission.objects.filter(edition=1).exclude(department__slug="data-center").exclude(state="returned")
others.update(state="confirmed")
Submission.objects.filter(edition=1, department__slug="data-center").update(state="submitted")
"""
    execute(site, again)
    page = open_page(storage_state=people["plan"], viewport=DESK)
    page.goto("/reports/1/")
    settle(page)
    boxes = page.locator('.collect input[type="checkbox"]')
    names = [boxes.nth(number).get_attribute("aria-label") for number in range(boxes.count())]
    boxes.first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(page.locator("input:focus")).to_have_attribute("aria-label", names[1])
    page.keyboard.press("ArrowLeft")
    expect(page.locator("input:focus")).to_have_attribute("aria-label", names[0])
    expect(boxes.first).not_to_be_checked()
    follow(page.locator(".confirm-unit button"), "Enter")
    expect(boxes).to_have_count(1)
