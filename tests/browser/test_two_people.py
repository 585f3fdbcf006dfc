"""Two signed-in people, each in a browser of their own, over the same figure, the same text and the same row of a form."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import narrow

CREATE = """
from departments.models import User
users = [User.objects.create_superuser(username=name, last_name=last, first_name=first)
         for name, last, first in (("hana", "김", "하나"), ("duri", "이", "두리"))]
"""
BRIEFS = "/admin/projects/brief/?source__state__exact=in_force"
STAFFING = "/admin/departments/staffing/?q=데이터센터"


@pytest.fixture(scope="module")
def people(site, sign_in_users):
    """Storage states of 김하나 and 이두리."""
    return list(sign_in_users(site, CREATE).values())


@pytest.fixture
def both(open_page, people):
    return [
        open_page(refused=409, storage_state=state, viewport={"width": 1440, "height": 900})
        for state in people
    ]


def open_first(pages, address):
    """The change form of the first row of a list, in every browser."""
    pages[0].goto(address)
    form = pages[0].locator("#result_list tbody th a").first.get_attribute("href")
    for page in pages:
        page.goto(form)
        page.locator("#content-main form input[name=_save]").first.wait_for()


def save(page):
    with page.expect_navigation() as navigation:
        page.locator("input[name=_save]").first.click()
    return navigation.value.status


def save_choice(page):
    with page.expect_navigation() as navigation:
        page.get_by_role("button", name="고른 값으로 저장").click()
    return navigation.value.status


def side(page, field, name):
    return page.get_by_role("group", name=field, exact=True).get_by_role("radio", name=name)


def test_the_same_figure(both, assert_accessible):
    hana, duri = both
    open_first(both, STAFFING)
    before = hana.input_value("#id_authorized")
    hana.fill("#id_authorized", str(int(before) + 1))
    hana.fill("#change-reason", "정원 조정")
    assert save(hana) == 200
    duri.fill("#id_authorized", str(int(before) + 2))
    assert save(duri) == 409
    group = duri.get_by_role("group", name="정원", exact=True)
    for words in (before, str(int(before) + 1), str(int(before) + 2), "김하나"):
        expect(group).to_contain_text(words)
    expect(duri.locator(".made").first).to_contain_text("정원 조정")
    assert_accessible(duri)
    duri.get_by_role("button", name="고른 값으로 저장").click()
    expect(duri.get_by_role("radio").first).to_have_js_property("validity.valueMissing", True)
    side(duri, "정원", "내가 적은 값").check()
    assert save_choice(duri) == 200
    open_first([hana], STAFFING)
    expect(hana.locator("#id_authorized")).to_have_value(str(int(before) + 2))


def test_the_same_text_and_the_same_row(both):
    hana, duri = both
    open_first(both, BRIEFS)
    before = hana.input_value("#id_overview")
    phone = hana.locator("#id_contacts-1-phone").input_value()
    hana.fill("#id_overview", before + "\nㅇ 하나의 줄")
    hana.fill("#id_contacts-1-phone", "1351")
    assert save(hana) == 200
    duri.fill("#id_overview", before + "\nㅇ 두리의 줄")
    duri.fill("#id_contacts-1-phone", "1352")
    assert save(duri) == 409
    expect(duri.locator("legend")).to_have_text(["사업개요", "전화"])
    overview = duri.get_by_role("group", name="사업개요", exact=True)
    expect(overview.locator("ins")).to_have_text(["ㅇ 두리의 줄", "ㅇ 하나의 줄"])
    row = duri.get_by_role("group", name="전화", exact=True)
    expect(row).to_contain_text(phone)
    narrow(duri)
    side(duri, "사업개요", "지금 값").check()
    side(duri, "전화", "내가 적은 값").check()
    assert save_choice(duri) == 200
    open_first([hana], BRIEFS)
    expect(hana.locator("#id_overview")).to_have_value(re.compile(r"\nㅇ 하나의 줄$"))
    expect(hana.locator("#id_contacts-1-phone")).to_have_value("1352")


@pytest.mark.thorough  # tests/core/edit_conflicts/test_admin.py asks the server
def test_different_rows_of_a_list(both):
    hana, duri = both
    for page in both:
        page.goto("/admin/departments/staffing/?source__as_of=2022-08-29")
    cells = [page.locator("input[name$=-authorized]") for page in both]
    old = [cells[0].nth(row).input_value() for row in (0, 1)]
    cells[0].nth(0).fill(str(int(old[0]) + 1))
    assert save(hana) == 200
    cells[1].nth(1).fill(str(int(old[1]) + 1))
    assert save(duri) == 200
    expect(duri.locator(".messagelist")).to_contain_text("김하나 님이 수정한 것은 그대로 두었습니다")
    for row, value in enumerate(old):
        expect(cells[1].nth(row)).to_have_value(str(int(value) + 1))
