"""A cycle on another real edition: the bureau of 2020 with its six units, beside the city's performance plan of that year.

What is in force afterwards is what was confirmed, the plan displaces no table of the bureau's own, and each bureau of the plan can be read.
"""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import demo
import pytest
from django.conf import settings
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.conftest import follow, served
from tests.browser.test_cycle import DESK, FACTS, HEADER, Hands
from tests.budgets.files import write_xlsx

ROOT = Path(__file__).resolve().parent.parent.parent
SEED = """
import django
django.setup()
from pathlib import Path
from django.core.management import call_command
from core.seeding import fixture_files, seed
call_command("migrate", verbosity=0)
folder = Path("fixtures")
seed([folder / "00-departments.yaml", folder / "01-job-series.yaml", *fixture_files(folder / "2020-01-31")])
"""
CREATE = """
from django.contrib.auth.models import Group
from departments.models import Department, User

def make(name, role, unit=""):
    user = User.objects.create_user(username=name, last_name="이", first_name="주무",
                                    department=Department.objects.get(slug=unit) if unit else None)
    user.groups.set([Group.objects.get(name=role)])
    return user

users = [make("plan", "기획 담당", "smart-city"), make("keeper", "예산 담당", "smart-city"), make("city", "관리자")]
users += [make(slug, "부서 담당", slug) for slug in UNITS]
"""
# In 천원, two lines of each unit, as of a month and a half into the year.
FIGURES = {
    "스마트도시담당관": ((9_100_000, 1_000_000), (400_000, 380_000)),
    "빅데이터담당관": ((14_000_000, 3_200_000), (900_000, 31_000)),
    "정보시스템담당관": ((7_000_000, 602_000), (5_250_000, 400_050)),
    "공간정보담당관": ((9_000_000, 888_800), (1_700_000, 120_003)),
    "정보통신보안담당관": ((20_000_000, 5_400_000), (3_000_000, 211_100)),
    "데이터센터": ((31_000_000, 7_900_000), (2_500_000, 247_500)),
}
UNITS = [
    "smart-city",
    "big-data",
    "information-systems",
    "spatial-information",
    "ict-security",
    "data-center",
]
# The plan as the city prints it, in 백만원: four of its rows.
PLAN = """구분,전략목표,정책사업목표,지표,2020년,2019년,증감
계(43개 실·본부·국),213,434,505,"37,796,179","36,973,898","822,281"
대변인,,,,"1,736","1,844",△108
여성가족정책실,,,,"2,911,353","2,761,960","149,392"
스마트도시정책관,6,12,17,"131,720","121,313","10,407"
남북협력추진단,2,2,4,"15,647","25,454","△9,807"
"""
MOST_CLICKS = 60  # the bar is 120


@pytest.fixture
def site(browser, tmp_path):
    file = tmp_path / "db.sqlite3"
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{file}", "AUDIT_KEY": settings.AUDIT_KEYS[0]}
    environment |= {"DJANGO_SETTINGS_MODULE": "seoul_digital.settings"}
    subprocess.run([sys.executable, "-c", SEED], cwd=ROOT, check=True, env=environment)
    with served(file) as running, demo.working(running):
        yield running


@pytest.fixture
def hands(open_page, site, sign_in_users):
    return Hands(
        open_page(refused=422, viewport=DESK),  # as the page that asks is answered
        sign_in_users(site, f"UNITS = {UNITS!r}\n{CREATE}"),
    )


def upload(hands, path, as_of):
    hands.press("link", "예산", within=".nav")
    hands.press("link", "예산 파일")
    hands.field("파일").set_input_files(path)
    hands.type("기준일", as_of)
    hands.press("button", "올려서 견주기")


def bring_plan(hands, folder):
    """The unit is asked, then the bureaus that nobody knows, who are made; each has a source of its own."""
    path = folder / "성과계획서.csv"
    path.write_text(PLAN, encoding="utf-8")
    hands.sit("city")
    upload(hands, path, "20. 1. 1.")
    hands.page.get_by_label(re.compile("금액 단위")).select_option("백만원")
    hands.press("button", "정하고 다시 읽기")
    expect(hands.page.locator(".lead")).to_contain_text("모르는 실·국 이름이 3개 있습니다.")
    hands.press("button", "정하고 다시 읽기")
    expect(hands.page.locator(".lead")).to_contain_text("4개 실·국의 자료가 하나씩 됩니다.")
    hands.press("button", "확정", exact=True)
    hands.hear("국의 총괄 자료가 되었고, 국이 스스로 낸 자료는 그대로입니다.")


def open_edition(hands):
    hands.sit("plan")
    hands.press("link", "업무보고", within=".nav")
    hands.press("link", "새 회차 열기")
    for label, text in (
        ("제목", "2020년 3월 업무보고"),
        ("의회 회기", "제291회 임시회"),
        ("기준일", "20.3.2."),
        ("제출 마감", "2020. 3. 6."),
    ):
        hands.type(label, text)
    hands.press("button", "회차 열기")
    hands.press("button", "‘취합 중’ 단계로")


def bring_execution(hands, folder):
    rows = [
        [2020, "일반회계", unit, f"{unit} 사업 {number}", *amounts]
        for unit, lines in FIGURES.items()
        for number, amounts in enumerate(lines, 1)
    ]
    hands.sit("keeper")
    upload(hands, write_xlsx(folder / "2월 집행현황.xlsx", rows, HEADER, unit="천원"), "’20. 2. 29.")
    hands.page.get_by_role("heading", name="확정하기").wait_for()
    hands.press("button", "확정", exact=True)


def collect(hands):
    """All hand in from home; the staffing of one unit goes back and comes again; the planner confirms by one press a unit."""
    for slug in UNITS:
        hands.sit(slug)
        hands.press("button", "모두 제출")
    hands.sit("plan")
    hands.press("link", "2020년 3월 업무보고")
    hands.press("link", "제출 정보통신보안담당관 인력")
    hands.type("무엇을 고쳐야 하는지", "현원을 다시 세어 주십시오.")
    hands.press("button", "반려", exact=True)
    hands.sit("ict-security")
    expect(hands.page.locator(".returned-parts")).to_contain_text("현원을 다시 세어 주십시오.")
    hands.press("link", "인력", within=".returned-parts", exact=True)
    hands.press("button", "다시 제출")
    hands.sit("plan")
    hands.press("link", "2020년 3월 업무보고")
    hands.press("button", "모두 제출: 스마트도시정책관")
    for _ in range(hands.page.locator(".confirm-unit button").count()):
        hands.press_at(hands.page.locator(".confirm-unit button").first)
    expect(hands.page.locator(".lead")).to_contain_text("23개 부분을 모두 확인했습니다.")


def explain(hands):
    """That the plan has more for the bureau than its own table, and whatever else the checks found."""
    hands.press("button", "‘검토 중’ 단계로")
    hands.press("link", "발행 점검표")
    hands.press("link", "설명 달기")
    left = hands.page.locator(".findings details")
    for _ in range(left.count()):
        left.first.locator("summary").click()
        hands.clicks += 1
        left.first.locator("textarea").fill("성과계획서에는 아직 내려오지 않은 예산이 들어 있다.")
        hands.press_at(left.first.get_by_role("button", name="저장"))
    hands.press("link", "2020년 3월 업무보고")
    hands.press("link", "발행하기")


def publish(hands):
    """The text of the published PDF, without blanks."""
    explain(hands)
    expect(hands.page.locator("main")).to_contain_text(
        "이미 확정되어 이 회차에 실리는 자료: 스마트도시정책관 세출 2020 (2020. 2. 29.)"
    )
    hands.press("link", "점검표 보고 서명하기")
    hands.page.get_by_label("보았고, 이대로 발행해도 됩니다").check()
    hands.clicks += 1
    hands.press("button", "서명")
    hands.press("button", "발행", exact=True)
    hands.hear("발행했습니다")
    with hands.page.expect_download() as download:
        hands.page.locator(".handed a", has_text=".pdf").click()
        hands.clicks += 1
    pages = PdfReader(io.BytesIO(Path(download.value.path()).read_bytes())).pages
    return "".join("".join(page.extract_text() for page in pages).split())


@pytest.mark.thorough  # the cycle of every run is test_cycle.py's
def test_a_cycle_of_the_bureau_of_2020_beside_the_plan_of_the_city(hands, execute, site, tmp_path):
    bring_plan(hands, tmp_path)
    open_edition(hands)
    bring_execution(hands, tmp_path)
    collect(hands)
    printed = publish(hands)
    assert hands.clicks <= MOST_CLICKS
    facts = execute(site, FACTS)["facts"].values()
    assert {(name, state) for name, state, *_ in facts if "2020. 3. 2." in name and state == "in_force"} == {
        ("스마트도시정책관 조직 (2020. 3. 2.)", "in_force"),
        ("스마트도시정책관 인력 (2020. 3. 2.)", "in_force"),
    }
    by_file = {(document, name.split()[0]): sums for name, _, document, *sums in facts if document}
    assert by_file["2월 집행현황.xlsx", "스마트도시정책관"] == [12, 103_850_000_000, 20_380_453_000]
    assert by_file["성과계획서.csv", "여성가족정책실"][1] == 2_911_353_000_000
    for unit, (current, executed, rate) in {
        "계": ("103,850,000", "20,380,453", "19.6%"),
        "정보통신보안담당관": ("23,000,000", "5,611,100", "24.4%"),
    }.items():
        assert re.search(rf"{unit}{current}[^가-힣]*?{executed}{rate}", printed), unit
    page = hands.page
    page.goto("/budgets/expenditure/")
    expect(page.locator(".lead")).to_contain_text("예산현액 1,038.5억 원 가운데 19.6%를")
    page.locator(".bureaus summary").click()
    follow(page.get_by_role("link", name="여성가족정책실"))
    expect(page.locator("main")).to_contain_text("2,911,353")
