"""One cycle as its people live it: nine units and a budget keeper of one bureau, the keeper of another, a planner, and a real browser.

In every run one unit and one file go through it by hand, and what the others do is done without a browser; thoroughly all do. What is in force afterwards is what was confirmed, the files say the same, and nobody has pressed too often.
"""

import io
import os
import re
from pathlib import Path

import demo
import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.conftest import follow, served
from tests.browser.test_bureaus import shot
from tests.budgets.files import write_xlsx

ROOT = Path(__file__).resolve().parent.parent.parent
CREATE = """
from datetime import date
from django.contrib.auth.models import Group
from core.models import Source
from departments.models import Department, Placement, User

def make(name, last, first, role, unit):
    user = User.objects.create_user(username=name, last_name=last, first_name=first,
                                    department=Department.objects.get(slug=unit))
    user.groups.set([Group.objects.get(name=role)])
    return user

housing = Department.objects.create(slug="housing-bureau", name="주택정책관", kind="bureau")
tree = Source.objects.create(slug="housing/organisation", bureau=housing, scope="organisation",
                             as_of=date(2022, 8, 29), state="in_force")
top = Placement.objects.create(source=tree, department=housing)
for order, (slug, name) in enumerate((("housing-policy", "주택정책과"), ("apartments", "공동주택과"))):
    unit = Department.objects.create(slug=slug, name=name, kind="division")
    Placement.objects.create(source=tree, department=unit, parent=housing, order=order)
users = [make("plan", "박", "기획", "기획 담당", "digital-policy"), make("keeper", "최", "예산", "예산 담당", "digital-policy"),
         make("housing", "정", "주택", "예산 담당", "housing-policy")]
users += [make(slug, "이", slug[:5], "부서 담당", slug) for slug in UNITS]
"""
# In 원, two lines of each unit; the files are in 천원.
FIGURES = {
    "디지털정책담당관": ((10_000_000_000, 9_100_000_000), (8_400_000_000, 6_300_000_000)),
    "빅데이터담당관": ((14_000_000_000, 13_200_000_000), (900_000_000, 310_000_000)),
    "정보시스템담당관": ((7_000_000_000, 6_020_000_000), (5_250_000_000, 4_000_500_000)),
    "정보공개담당관": ((6_100_000_000, 5_551_000_000), (400_000_000, 0)),
    "공간정보담당관": ((9_000_000_000, 8_888_000_000), (1_700_000_000, 1_200_003_000)),
    "정보통신보안담당관": ((20_000_000_000, 15_400_000_000), (3_000_000_000, 2_111_000_000)),
    "데이터센터": ((31_000_000_000, 27_900_000_000), (2_500_000_000, 2_475_000_000)),
    "서울기록원": ((5_000_000_000, 4_404_000_000), (1_000_000_000, 1_000_000_000)),
}
UNITS = {
    "digital-policy": "디지털정책담당관",
    "big-data": "빅데이터담당관",
    "information-systems": "정보시스템담당관",
    "information-disclosure": "정보공개담당관",
    "spatial-information": "공간정보담당관",
    "ict-security": "정보통신보안담당관",
    "data-center": "데이터센터",
    "seoul-archives": "서울기록원",
}
CARRIED = "디지털정책관 세출 2022 (2022. 11. 1.)"  # lines that the file stands in for
CURRENT, EXECUTED = 125_250_000_000, 107_859_503_000
HOUSING = {
    "주택정책과": ((40_000_000_000, 11_000_000_000), (2_000_000_000, 1_500_000_000)),
    "공동주택과": ((3_000_000_000, 2_900_000_000), (600_000_000, 0)),
}
TRIAL = dict.fromkeys(FIGURES, ((1000000000, 999000000), (1000000000, 999000000)))
HEADER = ["회계연도", "회계구분", "부서명", "세부사업", "예산현액", "원인행위액"]
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
MOST_CLICKS = 60  # 51 today; the bar is 120
# Of every source: what it is, and how many facts with which sums it has.
FACTS = """
from django.db.models import Sum
from budgets.models import BudgetFigure
from core.copying import parts_of
from core.models import ControlTotal, Source

def rows(source):
    found, waiting = 0, [part for part, _ in parts_of(Source) if part is not ControlTotal]
    while waiting:
        model = waiting.pop()
        found += model._base_manager.filter(**{model.source_path(): source}).count()
        waiting += [part for part, _ in parts_of(model)]
    return found

sums = {"current": Sum("current"), "committed": Sum("committed")}
facts = {source.pk: (f"{source.bureau} {source}", source.state, source.document, rows(source),
                     *BudgetFigure.objects.filter(source=source).aggregate(**sums).values())
         for source in Source.objects.select_related("bureau")}
"""


# What those do who sit at no browser
ACT = """
from departments.models import User
from reports.editions import workflow
from reports.editions.collection import collection_of
from reports.models import Edition

edition, user = Edition.objects.get(), User.objects.get(username="plan")
cells = [cell for cell in collection_of(edition).cells if cell.stored == STATE]
refused = TRANSITION.of_all(edition, [(cell, cell.version_token) for cell in cells], user=user)
assert not refused
"""


@pytest.fixture
def site(seeded_file):
    """Of each test, for each opens and publishes the same edition."""
    with served(seeded_file) as running, demo.working(running):
        yield running


@pytest.fixture
def people(site, sign_in_users):
    return sign_in_users(site, f"UNITS = {list(UNITS)!r}\n{CREATE}")


class Hands:
    """Of whoever sits at the page: what they press is counted, and what they type is Korean or a date as screens print it."""

    def __init__(self, page, people):
        self.page, self.people, self.clicks = page, people, 0
        page.set_default_timeout(60_000)  # the report is put together, and two cores may be busy

    def sit(self, name):
        """Another one signs in, and starts from home."""
        self.page.context.clear_cookies()
        self.page.context.add_cookies(self.people[name]["cookies"])
        self.page.goto("/")

    def press(self, role, name, within="body", exact=False):
        words = r"[\s:]*".join(map(re.escape, re.split(r"[\s:]+", name)))  # what is for the ear stands apart
        pattern = re.compile(f"^{words}$" if exact else words)
        self.press_at(self.page.locator(within).get_by_role(role, name=pattern).first)

    def press_at(self, locator):
        follow(locator)
        self.clicks += 1

    def type(self, label, text):
        assert not re.search(r"[A-Za-z]{2}|\d{4}-\d", text), text
        self.field(label).fill(text)

    def field(self, label):
        return self.page.locator("main").get_by_label(re.compile(f"^{label}:?$")).first

    def hear(self, words):
        expect(self.page.locator(".messages")).to_contain_text(words)

    def see(self, name):
        for size in (PHONE, DESK) if os.environ.get("SHOTS") else ():
            self.page.set_viewport_size(size)
            shot(self.page, f"cycle-{name}-{size['width']}")


@pytest.fixture
def hands(open_page, people):
    return Hands(open_page(viewport=DESK), people)


@pytest.fixture
def facts(execute, site):
    """A function that gives them by the key of each source."""
    return lambda: execute(site, FACTS)["facts"]


def execution_file(folder, name, figures):
    rows = [
        [2022, "일반회계", unit, f"{unit} 사업 {number}", current // 1_000, executed // 1_000]
        for unit, lines in figures.items()
        for number, (current, executed) in enumerate(lines, 1)
    ]
    return write_xlsx(folder / name, rows, HEADER, unit="천원")


def bring_in(hands, path, as_of):
    """Uploads a file of the finance system; its preview is shown."""
    hands.press("link", "예산", within=".nav")
    hands.press("link", "예산 파일")
    hands.field("파일").set_input_files(path)
    hands.type("기준일", as_of)
    hands.press("button", "올려서 견주기")
    hands.page.get_by_role("heading", name="확정하기").wait_for()


def open_edition(hands):
    hands.sit("plan")
    hands.press("link", "업무보고", within=".nav")
    hands.press("link", "새 회차 열기")
    hands.type("제목", "2022년 11월 업무보고")
    hands.type("의회 회기", "제315회 정례회")
    hands.type("기준일", "22.11.1.")
    hands.type("제출 마감", "2022. 11. 8.")
    hands.press("button", "회차 열기")
    hands.hear("초안 9건을 만들었습니다")
    hands.press("button", "‘취합 중’ 단계로")


def bring_file(hands, folder):
    """The file of the bureau is confirmed."""
    hands.sit("keeper")
    bring_in(hands, execution_file(folder, "10월 집행현황.xlsx", FIGURES), "22.10.31.")
    expect(hands.page.locator(".lead")).to_contain_text("디지털정책관")
    hands.see("preview")
    hands.press("button", "확정", exact=True)


def bring_further_files(hands, folder):
    """A trial of the edition's day is left waiting; the other bureau brings its own."""
    bring_in(hands, execution_file(folder, "시험.xlsx", TRIAL), "2022. 11. 1.")
    hands.sit("housing")
    bring_in(hands, execution_file(folder, "주택 집행현황.xlsx", HOUSING), "2022.10.31")
    expect(hands.page.locator(".lead")).to_contain_text("주택정책관")
    hands.press("button", "확정", exact=True)


def hand_in(hands, slug):
    """A unit by one press from its home."""
    hands.sit(slug)
    hands.see(f"home-{slug}")
    hands.press("button", f"모두 제출: {UNITS[slug]}")
    hands.hear("부분을 제출했습니다")


def hand_in_own(hands):
    """The bureau's own parts by the planner."""
    hands.sit("plan")
    hands.see("home-planner")
    hands.press("link", "2022년 11월 업무보고")
    hands.press("button", "모두 제출: 디지털정책관")
    hands.see("edition")


def send_back(hands):
    """The staffing of a unit is sent back from the edition's page, corrected and handed in again; the planner is back there."""
    hands.press("link", "제출 정보통신보안담당관 인력")
    hands.type("무엇을 고쳐야 하는지", "정원을 조직개편 공문과 맞추어 주십시오.")
    hands.press("button", "반려", exact=True)
    hands.sit("ict-security")
    expect(hands.page.locator(".returned-parts")).to_contain_text("정원을 조직개편 공문과 맞추어 주십시오.")
    hands.press("link", "고치기: 인력", within=".returned-parts")
    hands.press("link", "정보통신보안담당관", within="#result_list")
    authorized = int(hands.field("정원").input_value())
    hands.type("정원", str(authorized + 1))
    hands.type("바꾼 까닭", "조직개편 공문")
    hands.press_at(hands.page.locator("input[name=_save]").first)
    hands.page.get_by_label(
        "확인했습니다. 그대로 저장합니다."
    ).check()  # the total was the same in the report before
    hands.press_at(hands.page.locator("input[name=_save]").first)
    hands.sit("ict-security")
    hands.press("link", "인력", within=".returned-parts", exact=True)
    hands.press("button", "다시 제출")
    hands.sit("plan")
    hands.press("link", "2022년 11월 업무보고")
    return authorized + 1


def confirm_unit(hands):
    """The first of those that have handed in."""
    hands.press_at(hands.page.locator(".confirm-unit button").first)
    hands.hear("부분을 확인했습니다")


def explain(hands):
    """What the checks found, on the way to publishing."""
    hands.press("button", "‘검토 중’ 단계로")
    hands.press("link", "발행 점검표")
    if hands.page.get_by_role("link", name="설명 달기").count():
        hands.press("link", "설명 달기")
        left = hands.page.locator(".findings details")
        for _ in range(left.count()):
            left.first.locator("summary").click()
            hands.clicks += 1
            left.first.locator("textarea").fill("보고서의 표기와 다른 까닭을 확인했습니다.")
            hands.press_at(left.first.get_by_role("button", name="저장"))
        hands.press("link", "2022년 11월 업무보고")
    hands.press("link", "발행하기")


def sign(hands):
    """The checklist, of which each line is seen before."""
    hands.press("link", "점검표 보고 서명하기")
    hands.see("checklist")
    hands.page.get_by_label("보았고, 이대로 발행해도 됩니다").check()
    hands.clicks += 1
    hands.press("button", "서명")


def listed_for_publishing(page):
    """(source, rows) as the publishing page lists what it brings into force."""
    rows = page.locator("section[aria-labelledby=drafts] tbody tr")
    return sorted(
        (row.locator("th").inner_text(), int(row.locator("td[data-l=줄]").inner_text().replace(",", "")))
        for row in rows.all()
    )


@pytest.fixture
def act(execute, site):
    """A function that moves on all parts of a state, by a transition of `reports.editions.workflow`."""

    def done(transition, state):
        execute(site, ACT.replace("TRANSITION", f"workflow.{transition}").replace("STATE", repr(state)))

    return done


def test_a_cycle_of_a_unit_and_a_file(hands, facts, act, tmp_path):
    open_edition(hands)
    bring_file(hands, tmp_path)
    hand_in(hands, "ict-security")
    act("submit", "not_begun")
    hands.sit("plan")
    hands.press("link", "2022년 11월 업무보고")
    authorized = send_back(hands)
    confirm_unit(hands)
    act("confirm", "submitted")
    hands.page.reload()
    explain(hands)
    by_file = publish(hands, facts, authorized)
    assert by_file.keys() & {"시험.xlsx", "주택 집행현황.xlsx"} == set()


@pytest.mark.thorough  # that of a unit has each step once
def test_a_cycle_of_nine_units_and_two_bureaus(hands, facts, tmp_path):
    open_edition(hands)
    bring_file(hands, tmp_path)
    bring_further_files(hands, tmp_path)
    for slug in UNITS:
        hand_in(hands, slug)
    hand_in_own(hands)
    authorized = send_back(hands)
    for _ in range(hands.page.locator(".confirm-unit button").count()):
        confirm_unit(hands)
    explain(hands)
    expect(hands.page.locator("section[aria-labelledby=outside]")).to_contain_text("시험.xlsx")
    by_file = publish(hands, facts, authorized)
    assert by_file["주택 집행현황.xlsx"] == ("in_force", 4, 45_600_000_000, 15_400_000_000)
    assert by_file["시험.xlsx"][0] == "draft"
    assert hands.clicks <= MOST_CLICKS


def publish(hands, facts, authorized):
    """What was shown is in force and printed; gives what is stored of each file."""
    hands.see("publish")
    listed = listed_for_publishing(hands.page)
    sign(hands)
    ready = hands.page.get_by_role("status").get_by_text("인쇄본 5개가 준비되어 있습니다.")
    expect(ready).to_be_visible(timeout=120_000)  # a worker makes them, beside whatever else runs
    before = facts()
    hands.press("button", "발행", exact=True)
    hands.hear("발행했습니다")
    hands.see("published")
    with hands.page.expect_download() as download:
        hands.page.locator(".handed a", has_text=".pdf").click()
        hands.clicks += 1
    after = facts()
    assert_in_force(before, after, listed)
    assert_printed(Path(download.value.path()).read_bytes(), authorized)
    by_file = {document: (state, *sums) for _, state, document, *sums in after.values()}
    assert by_file["10월 집행현황.xlsx"] == ("in_force", 16, CURRENT, EXECUTED)
    return by_file


def assert_in_force(before, after, listed):
    """By source and row what the planner was shown; the rest as it was, the trial waiting."""
    assert before.keys() == after.keys()
    changed = {key for key in before if before[key] != after[key]}
    assert (
        sorted((name, rows) for name, _, _, rows, *_ in map(after.get, changed) if name != CARRIED) == listed
    )
    for key in changed:
        was, now = before[key], after[key]
        assert (was[1], now[1]) == ("draft", "withdrawn" if was[0] == CARRIED else "in_force")
        assert (was[0], *was[2:]) == (now[0], *now[2:])


def assert_printed(pdf, authorized):
    """The table of expenditure is the confirmed file's, in 천원; what was corrected is printed."""
    text = "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
    sums = {
        unit: [sum(amounts) // 1_000 for amounts in zip(*lines, strict=True)]
        for unit, lines in FIGURES.items()
    }
    for unit, (current, executed) in {**sums, "계": (CURRENT // 1_000, EXECUTED // 1_000)}.items():
        assert re.search(rf"{unit}{current:,}[^가-힣]*?{executed:,}{executed * 100 / current:.1f}%", text), (
            unit
        )
    assert f"정보통신보안담당관{authorized}" in text
