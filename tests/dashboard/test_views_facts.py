"""The sheet of a number as a page and as a part of others, and the list of all values."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from core.snapshot import snapshots_at
from core.stated_facts import stated_fact, stated_facts
from departments.models import Department, Staffing
from seoul_digital.lib.query_params import asked_date
from tests.factories import make_member, make_source
from tests.test_pages import PAGES

pytestmark = pytest.mark.django_db
SHEET = "/facts/staffing:data-center/authorized/"
WORKED_OUT = {"computed", "pace", "vacancies"}
FRAGMENT = {"X-Fragment": "sheet"}


def identities(page):
    """Those of all numbers of a page, whole: a row may carry what its cells share."""
    rows = re.findall(r'<tr data-facts="([^"]*)">(.*?)</tr>', page, re.S)
    shared = [
        subject + measure for subject, row in rows for measure in re.findall(r'data-fact="?(/[^">]*)', row)
    ]
    return [unescape(found) for found in [*shared, *re.findall(r'data-fact="?([^"/>][^">]*)', page)]]


def test_sheet_is_a_page_of_its_own(staff_client):
    page = staff_client.get(SHEET).content.decode()
    assert "<title>데이터센터 정원 | " in page
    assert '<h2 id="fact-title" tabindex="-1">데이터센터 정원</h2>' in page
    assert "<b>69명</b>" in page
    assert "디지털정책관 업무보고, Ⅰ. 일반현황" in page
    assert "바뀐 내역" not in page  # of readers


def test_sheet_alone_for_a_page_that_shows_it(staff_client):
    response = staff_client.get(SHEET, headers=FRAGMENT)
    page = response.content.decode()
    assert page.lstrip().startswith('<article class="fact"')
    assert "<b>69명</b>" in page and "<html" not in page
    assert "X-Fragment" in response["Vary"]


def test_sheet_of_the_date_that_is_asked_for(staff_client):
    assert "<b>199명</b>" in staff_client.get("/facts/staffing:/headcount/?as_of=2020-01-31").content.decode()


@pytest.mark.parametrize("headers", [{}, FRAGMENT])
@pytest.mark.parametrize("identity", ["staffing:nobody/authorized", "nothing:1", "<script>"])
def test_unknown_value_is_not_found_and_says_so(staff_client, identity, headers):
    response = staff_client.get(reverse("fact", args=[identity]), headers=headers)
    assert response.status_code == 404
    assert "이 기준일의 자료에는" in response.content.decode()
    assert "<script>’" not in response.content.decode()


def test_sheet_of_a_date_without_data(staff_client):
    response = staff_client.get(f"{SHEET}?as_of=2019-12-31")
    assert response.status_code == 200
    assert "2019. 12. 31. 기준으로는 자료가 없습니다" in response.content.decode()


@pytest.mark.parametrize("headers", [{}, FRAGMENT])
def test_sheet_of_a_date_that_cannot_be_read(staff_client, headers):
    assert staff_client.get(f"{SHEET}?as_of=x", headers=headers).status_code == 400


def test_draft_is_in_no_sheet(staff_client):
    unit = Department.objects.get(slug="data-center")
    bureau = Department.objects.get(slug="digital-policy-bureau")
    draft = make_source(bureau, "staffing", "2022-12-31", "draft")
    Staffing.objects.create(source=draft, department=unit, authorized=99)
    assert "<b>69명</b>" in staff_client.get(SHEET).content.decode()


def test_pencil_for_those_who_may_change_it(client):
    client.force_login(make_member("부서 담당", unit="data-center"))
    assert 'class="edit"' in client.get(SHEET).content.decode()
    assert 'class="edit"' not in client.get("/facts/staffing:ict-security/authorized/").content.decode()


@pytest.mark.parametrize(
    ("identity", "queries"),
    [("staffing:/headcount", 10), ("expenditure:/current", 10), ("revenue:/current", 10)],
)
def test_sheet_has_a_fixed_number_of_queries(staff_client, django_assert_num_queries, identity, queries):
    """Once the document is remembered, in which it stands."""
    staff_client.get(reverse("fact", args=[identity]), headers=FRAGMENT)
    with django_assert_num_queries(queries):
        assert staff_client.get(reverse("fact", args=[identity]), headers=FRAGMENT).status_code == 200


def test_list_of_all_values(staff_client):
    page = staff_client.get("/facts/").content.decode()
    assert "업무보고의 숫자와 날짜" in page
    assert len(re.findall(r'<a href="/facts/[^"]+/">', page)) == 100
    assert 'href="?page=2">뒤쪽</a>' in page


def test_list_narrowed_to_what_is_looked_for(staff_client):
    page = staff_client.get("/facts/?q=데이터센터 정원&scope=staffing").content.decode()
    assert re.findall(r'<a href="/facts/([^"]+)/">', page) == ["staffing:data-center/authorized"]
    page = staff_client.get("/facts/?kind=units").content.decode()
    assert len(re.findall(r'<a href="/facts/units:[^"]+/">', page)) == 5


def test_table_leads_to_its_values_without_a_script(staff_client):
    page = staff_client.get("/departments/?as_of=2022-08-29").content.decode()
    assert 'href="/facts/?as_of=2022-08-29&kind=staffing"' in unescape(page)


def test_lines_have_no_list(staff_client):
    page = staff_client.get("/budgets/expenditure/data-center/?as_of=2022-08-29").content.decode()
    assert 'data-fact="line:' in page
    assert "kind=line" not in page


def test_every_number_of_a_page_has_a_sheet(staff_client):
    """And so without a script: the list has them all but what texts alone say or pages work out, and lines, of which a file
    has thousands."""
    snapshot = snapshots_at(asked_date("2022-08-29"))[0]
    known = stated_facts(snapshot)
    found = [
        identity
        for page in [*PAGES, "/document/"]
        for identity in identities(staff_client.get(page).content.decode())
    ]
    assert len(found) > 1_000
    others = {identity for identity in found if "#" not in identity} - known.keys()
    assert {identity.partition(":")[0] for identity in others} <= {"text", "line", *WORKED_OUT}
    assert [identity for identity in others if stated_fact(snapshot, identity) is None] == []


def test_numbers_of_a_comparison_lead_to_the_sheet_of_their_day(staff_client):
    days = {day: stated_facts(snapshots_at(asked_date(day))[0]) for day in ("2020-01-31", "2022-08-29")}
    found = [identity.split("#") for identity in identities(staff_client.get("/compare/").content.decode())]
    assert len(found) == 178
    others = {(identity, day) for identity, day, *_ in found if identity not in days[day]}
    assert {identity.partition(":")[0] for identity, _ in others} == {"computed"}
    snapshots = {day: snapshots_at(asked_date(day))[0] for day in days}
    assert [each for each in others if stated_fact(snapshots[each[1]], each[0]) is None] == []


class UnmarkedNumbers(HTMLParser):
    """The words with digits of a page's sentences, notes and tiles that lead to no sheet."""

    def __init__(self, page):
        super().__init__()
        self.open, self.found = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        if tag not in EMPTY:
            is_told = not TOLD.isdisjoint((names.get("class") or "").split())
            self.open.append((tag, is_told, "data-fact" in names))

    def handle_endtag(self, tag):
        if tag not in EMPTY:
            while self.open and self.open.pop()[0] != tag:
                pass

    def handle_data(self, data):
        if any(is_told for _, is_told, _ in self.open) and not any(is_marked for *_, is_marked in self.open):
            self.found += re.findall(r"[^\s(]*[0-9][^\s(]*", data)


EMPTY = {"br", "img", "input", "link", "meta", "hr", "wbr", "col", "use", "path"}
TOLD = {"lead", "so", "note", "kpis"}
# Dates, counts of what the page itself lists, names.
ON_BOTH_DAYS = ["2022.", "8.", "29.", "2020.", "1.", "31."]
NO_SHEET = {
    "/compare/": [
        *["2곳", "2곳", *ON_BOTH_DAYS[3:]],
        *["5곳은", "10개", *ON_BOTH_DAYS, "8개", *ON_BOTH_DAYS, "1개", *ON_BOTH_DAYS],
    ],
    "/budgets/expenditure/data-center/": ["2021"],
    "/projects/indicators/": ["11건과", "2개입니다.", "100으로", "100으로"],
    "/document/one-page/": ["A3"],
    "/": ["4개", "2022년도", "2021", "2022년도", "53건을"],
}


@pytest.mark.parametrize("page", NO_SHEET)
def test_numbers_of_sentences_and_tiles_open_their_sheets(staff_client, page):
    assert UnmarkedNumbers(staff_client.get(page).content.decode()).found == NO_SHEET[page]


def test_sheet_of_a_number_that_a_text_alone_says(staff_client):
    page = staff_client.get("/document/").content.decode()
    identity = re.search(r"data-fact=(text:[\w-]+)>30미터<", page)[1]
    sheet = staff_client.get(reverse("fact", args=[identity])).content.decode()
    assert "<b>30m</b>" in sheet and "<dt>원문 표기</dt><dd>30미터</dd>" in sheet
    assert "이 글에만 적힌 값입니다." in sheet
    assert "이 값을 적은 글 <small" in sheet and "20~30미터 이내" in sheet
    assert "업무보고 문서" in sheet
    assert "지난 보고의 값" not in sheet


def test_sheet_opens_at_once_after_a_change_and_the_places_follow(staff_client):
    Staffing.objects.filter(department__slug="data-center").update(authorized=70)
    opened = staff_client.get(SHEET, headers={"X-Fragment": "at-once"}).content.decode()
    assert "<b>70명</b>" in opened
    assert "data-later" in opened and "업무보고 문서 <small" not in opened
    whole = staff_client.get(SHEET, headers=FRAGMENT).content.decode()
    assert "data-later" not in whole
    assert '<div class="fact-where">' in whole and "업무보고 문서 <small" in whole
    again = staff_client.get(SHEET, headers={"X-Fragment": "at-once"}).content.decode()
    assert "data-later" not in again and "업무보고 문서 <small" in again
