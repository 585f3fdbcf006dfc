"""Two signed-in people, each in a browser of their own, over the same figure, the same text and the same row of a form."""

import pytest

from tests.browser.conftest import sign_in_users

CREATE = """
from departments.models import User
users = [User.objects.create_superuser(username=name, last_name=last, first_name=first)
         for name, last, first in (("hana", "김", "하나"), ("duri", "이", "두리"))]
"""
BRIEFS = "/admin/projects/brief/?source__state__exact=in_force"
STAFFING = "/admin/departments/staffing/?q=데이터센터"


@pytest.fixture(scope="module")
def people(site):
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
    for page in pages:
        page.goto(address)
        page.locator("#result_list tbody th a").first.click()
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
    assert before in group.inner_text()
    assert str(int(before) + 1) in group.inner_text()
    assert str(int(before) + 2) in group.inner_text()
    assert "김하나" in group.inner_text()
    assert "정원 조정" in duri.locator(".made").first.inner_text()
    assert_accessible(duri, preload=False)
    duri.get_by_role("button", name="고른 값으로 저장").click()
    assert "고른 값으로 저장" in duri.content()  # the browser asks for a choice
    side(duri, "정원", "내가 적은 값").check()
    assert save_choice(duri) == 200
    open_first([hana], STAFFING)
    assert hana.input_value("#id_authorized") == str(int(before) + 2)


def test_the_same_text_and_the_same_row(both):
    hana, duri = both
    open_first(both, BRIEFS)
    before = hana.input_value("#id_overview")
    phone = hana.locator("#id_contacts-0-phone").input_value()
    hana.fill("#id_overview", before + "\nㅇ 하나의 줄")
    hana.fill("#id_contacts-0-phone", "2133-0001")
    assert save(hana) == 200
    duri.fill("#id_overview", before + "\nㅇ 두리의 줄")
    duri.fill("#id_contacts-0-phone", "2133-0002")
    assert save(duri) == 409
    assert [legend.inner_text() for legend in duri.locator("legend").all()] == ["사업개요", "전화"]
    overview = duri.get_by_role("group", name="사업개요", exact=True)
    assert [line.inner_text() for line in overview.locator("ins").all()] == ["ㅇ 두리의 줄", "ㅇ 하나의 줄"]
    row = duri.get_by_role("group", name="전화", exact=True)
    assert phone in row.inner_text()
    side(duri, "사업개요", "지금 값").check()
    side(duri, "전화", "내가 적은 값").check()
    assert save_choice(duri) == 200
    open_first([hana], BRIEFS)
    assert hana.input_value("#id_overview").splitlines()[-1] == "ㅇ 하나의 줄"
    assert hana.input_value("#id_contacts-0-phone") == "2133-0002"


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
    assert "김하나 님이 수정한 것은 그대로 두었습니다" in duri.locator(".messagelist").inner_text()
    assert [cells[1].nth(row).input_value() for row in (0, 1)] == [str(int(value) + 1) for value in old]


def test_the_refusal_fits_a_phone(both, open_page, people):
    hana = both[0]
    phone = open_page(refused=409, storage_state=people[1], viewport={"width": 390, "height": 844})
    open_first([hana, phone], BRIEFS)
    purpose = hana.input_value("#id_purpose")
    hana.fill("#id_purpose", purpose + " 하나")
    assert save(hana) == 200
    phone.fill("#id_purpose", purpose + " 두리")
    assert save(phone) == 409
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
