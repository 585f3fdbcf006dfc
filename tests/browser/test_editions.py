"""The cycle of an edition in a browser: opened, written, handed in, returned, handed in again, confirmed, published, downloaded, compared."""

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import follow, served, width_of

ROOT = Path(__file__).resolve().parent.parent.parent
CREATE = """
from django.contrib.auth.models import Group
from departments.models import Department, User
def make(name, last, first, role):
    user = User.objects.create_user(username=name, last_name=last, first_name=first, email=f"{name}@example.org",
                                    department=Department.objects.get(slug="ict-security"))
    user.groups.set([Group.objects.get(name=role)])
    return user
users = [make("plan", "박", "기획", "기획 담당"), make("duri", "이", "두리", "부서 담당")]
"""
WIFI = "공공와이파이 확충 및 시민 이용편의 제고"
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
FILES = ("pdf", "hwpx", "xlsx", "html", "json")


@pytest.fixture(scope="module")
def site(seeded_file):
    """A system of its own: what is published here must not move the dates of other tests."""
    with served(seeded_file) as running:
        yield running


@pytest.fixture(scope="module")
def people(site, sign_in_users):
    """Storage states of a planner and of a member of 정보통신보안담당관."""
    return sign_in_users(site, CREATE)


@pytest.fixture
def planner(open_page, people):
    return open_page(storage_state=people["plan"], viewport=DESK)


@pytest.fixture
def member(open_page, people):
    return open_page(storage_state=people["duri"], viewport=DESK)


def cell(page, part):
    """The cell of 정보통신보안담당관 in the grid."""
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="정보통신보안담당관"))
    return (
        row.locator(".part")
        .filter(has=page.get_by_role("link", name=f"정보통신보안담당관 {part}", exact=False))
        .first
    )


def assert_message(page, words):
    expect(page.locator(".messages")).to_contain_text(words)


def save(page):
    page.fill("#change-reason", "11월 보고")
    follow(page.locator("input[name=_save]").first)
    expect(page.locator(".errornote")).to_have_count(0)


def explain_all(page, address):
    """Every error that keeps the edition from being published."""
    while True:
        page.goto(f"{address}findings/")
        open_ones = page.locator(".findings details")
        if not open_ones.count():
            return
        open_ones.first.locator("summary").click()
        open_ones.first.locator("textarea").fill("보고서의 표기와 다른 까닭을 확인했습니다.")
        follow(open_ones.first.get_by_role("button", name="저장"))


def write(member, address):
    """A figure and a paragraph, from the cells of the grid."""
    member.goto(address)
    follow(cell(member, "인력").get_by_role("link", name="고치기"))
    follow(member.get_by_role("link", name="정보통신보안담당관").first)
    authorized = int(member.input_value("#id_authorized"))
    member.fill("#id_authorized", str(authorized + 1))
    follow(member.locator("input[name=_save]").first)
    member.get_by_label(
        "확인했습니다. 그대로 저장합니다."
    ).check()  # the total was the same in the report before
    save(member)
    member.goto(address)
    expect(cell(member, "인력")).to_contain_text("작성 중")
    follow(cell(member, WIFI).get_by_role("link", name="고치기"))
    member.fill("#id_overview", member.input_value("#id_overview") + "\nㅇ 11월에 새로 적은 줄")
    save(member)
    return authorized


@pytest.mark.thorough  # test_cycle.py has more users and two bureaus
def test_the_cycle(planner, member, assert_accessible):
    planner.goto("/reports/new/")
    assert_accessible(planner)
    planner.fill("#id_title", "2022년 11월 업무보고")
    planner.fill("#id_council_session", "제315회 정례회")
    planner.fill("#id_as_of", "2022-11-01")
    planner.fill("#id_deadline", "2022-11-08")
    follow(planner.get_by_role("button", name="회차 열기"))
    assert_message(planner, "초안 9건을 만들었습니다")
    address = planner.url
    follow(planner.get_by_role("button", name="‘취합 중’ 단계로"))
    assert_accessible(planner)

    authorized = write(member, address)
    member.goto(address)
    assert_accessible(member)
    follow(cell(member, "인력").get_by_role("button", name="제출"))
    assert_message(member, "제출했습니다")

    planner.goto(address)
    follow(cell(planner, "인력").locator("a.go"))
    expect(planner.locator(".held ins", has_text=str(authorized + 1))).to_be_visible()
    assert_accessible(planner)
    planner.fill("#return-note", "정원 조정의 근거를 남겨 주십시오.")
    follow(planner.get_by_role("button", name="반려"))

    member.goto(address)
    expect(cell(member, "인력")).to_contain_text("정원 조정의 근거를 남겨 주십시오.")
    follow(cell(member, "인력").locator("a.go"))
    member.fill("#submit-note", "조직개편 공문에 따름")
    follow(member.get_by_role("button", name="다시 제출"))
    member.goto(address)
    follow(cell(member, WIFI).get_by_role("button", name="제출"))

    planner.goto(address)
    follow(cell(planner, "인력").get_by_role("button", name="확인"))
    assert_message(planner, "확인했습니다")
    explain_all(planner, address)
    planner.goto(address)
    follow(planner.get_by_role("button", name="‘검토 중’ 단계로"))
    follow(planner.get_by_role("link", name="발행하기").first)
    expect(planner.locator("main")).to_contain_text("11월에 새로 적은 줄")
    assert_accessible(planner)
    follow(planner.get_by_role("link", name="점검표에서 고치기"))
    assert_accessible(planner)
    planner.locator("summary", has_text="확인하지 않은 부분").click()
    planner.fill("#rest-reason", "지난 보고와 같음을 전화로 확인함")
    planner.set_default_timeout(120_000)  # forty parts, then the report put together, on a busy machine
    follow(planner.get_by_role("button", name="고른 것 확인"))
    planner.get_by_label("보았고, 이대로 발행해도 됩니다").check()
    follow(planner.get_by_role("button", name="서명"))
    follow(planner.get_by_role("button", name="발행", exact=True))
    expect(planner).to_have_url(address)
    assert_message(planner, "발행했습니다")
    assert_accessible(planner)

    for extension in FILES:
        row = planner.locator(".handed li").filter(has_text=f".{extension}")
        with planner.expect_download() as download:
            row.get_by_role("link").click()
        assert download.value.suggested_filename == f"업무보고_디지털정책관_2022-11-01.{extension}"
        expect(row).to_contain_text(hashlib.sha256(Path(download.value.path()).read_bytes()).hexdigest())

    member.goto(f"{address}changes/")
    assert_accessible(member)
    expect(member.locator("main")).to_contain_text("11월에 새로 적은 줄")
    expect(member.locator("main")).to_contain_text(str(authorized + 1))
    member.goto(f"{address}document/")
    expect(member.locator(".document")).to_contain_text("11월에 새로 적은 줄")
    assert_accessible(member)


@pytest.mark.thorough  # test_bureaus.py has two of them on a phone
def test_the_pages_fit_a_phone(open_page, people, site, assert_accessible):
    site.manage("open_edition", "2022년 12월 업무보고", "--as-of", "2022-12-01", "--deadline", "2022-12-08")
    phone = open_page(storage_state=people["plan"], viewport=PHONE)
    phone.goto("/reports/")
    follow(phone.get_by_role("link", name="2022년 12월 업무보고"))
    address = phone.url
    for page in ("findings/", "publish/", "document/", "changes/", "parts/ict-security/staffing/", ""):
        phone.goto(f"{address}{page}")
        assert width_of(phone) <= PHONE["width"], page
    assert_accessible(phone)
