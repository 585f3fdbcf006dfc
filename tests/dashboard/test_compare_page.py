"""`/compare/`: every number of 2020-01-31 → 2022-08-29 by hand, from the staffing tables of the two reports."""

import io
import re
from datetime import date
from html.parser import HTMLParser

import openpyxl
import pytest

from core.snapshot import Snapshot
from dashboard.compare_page import AskedDates, Pair, asked_dates, known_pairs
from departments.models import Department, Duty
from glossary.models import Definition, Term
from projects.models import Brief, Project
from reports import assembly
from tests.factories import (
    NOBODY,
    earn,
    make_bureau,
    make_expenditure,
    make_source,
    make_staffing,
    make_unit,
    place,
    print_total,
    snapshot_of,
    spend,
)

ADDRESS = "/compare/?from=2020-01-31&to=2022-08-29"
NONE, NEW = "없음", "새로 생김"

SUMMARY = [
    ["조직", "2", "-", "2", "5", "2020. 1. 31.", "2022. 8. 29."],
    ["인력", "2", "-", "6", "-", "2020. 1. 31.", "2022. 8. 29."],
]
UNITS = [
    ["스마트도시정책관 → 디지털정책관", "이름 바꿈", "국·정책관", "", "이름과 소속 부서에서 읽음"],
    [
        "스마트도시담당관 → 디지털정책담당관",
        "이름 바꿈",
        "담당관",
        "스마트도시정책관 → 디지털정책관",
        "이름에서 읽음",
    ],
    ["정보공개담당관", NEW, "담당관", "디지털정책관", ""],
    ["서울기록원", NEW, "사업소", "디지털정책관", ""],
]
NUMBERS = [
    ["담당관", "5", "6", "+1"],
    ["팀", "23", "27", "+4"],
    ["사업소", "1", "2", "+1"],
    ["과", "4", "적히지 않음", "-"],
]
WORDS = [["기구", "1정책관 5담당관 23팀, 1사업소 4과", "1정책관 6담당관 27팀, 2사업소"]]
# Unit, then old, new and difference of authorised, headcount, variance.
STAFF = [
    ["계", "208", "266", "+58", "199", "258", "+59", "△9", "△8", "+1"],
    ["두 날에 모두 있는 부서", "208", "217", "+9", "199", "211", "+12", "△9", "△6", "+3"],
    ["스마트도시담당관 → 디지털정책담당관", "33", "35", "+2", "31", "35", "+4", "△2", "-", "+2"],
    ["빅데이터담당관", "30", "28", "△2", "28", "29", "+1", "△2", "+1", "+3"],
    ["정보시스템담당관", "24", "24", "-", "23", "24", "+1", "△1", "-", "+1"],
    ["정보공개담당관", NONE, "25", NEW, NONE, "24", NEW, NONE, "△1", NEW],
    ["공간정보담당관", "23", "25", "+2", "24", "24", "-", "+1", "△1", "△2"],
    ["정보통신보안담당관", "34", "36", "+2", "37", "36", "△1", "+3", "-", "△3"],
    ["데이터센터", "64", "69", "+5", "56", "63", "+7", "△8", "△6", "+2"],
    ["서울기록원", NONE, "24", NEW, NONE, "23", NEW, NONE, "△1", NEW],
]
# The same of general, fixed-term and management staff.
SERIES = [
    ["계", "166", "224", "+58", "24", "26", "+2", "9", "8", "△1"],
    ["두 날에 모두 있는 부서", "166", "182", "+16", "24", "23", "△1", "9", "6", "△3"],
    ["스마트도시담당관 → 디지털정책담당관", "27", "31", "+4", "3", "3", "-", "1", "1", "-"],
    ["빅데이터담당관", "22", "23", "+1", "5", "5", "-", "1", "1", "-"],
    ["정보시스템담당관", "20", "21", "+1", "3", "3", "-", "-", "-", "-"],
    ["정보공개담당관", NONE, "22", NEW, NONE, "-", NEW, NONE, "2", NEW],
    ["공간정보담당관", "22", "23", "+1", "1", "1", "-", "1", "-", "△1"],
    ["정보통신보안담당관", "33", "33", "-", "3", "2", "△1", "1", "1", "-"],
    ["데이터센터", "42", "51", "+9", "9", "9", "-", "5", "3", "△2"],
    ["서울기록원", NONE, "20", NEW, NONE, "3", NEW, NONE, "-", NEW],
]
# What stands outside of the tables and has a number in it, without the dates of the page.
SENTENCES = [
    "정원은 208명에서 266명으로 58명 늘고, 현원은 199명에서 258명으로 59명 늘었습니다.",
    "새로 생긴 부서 2곳, 이름을 바꾼 부서 2곳이 있습니다.",
    "그대로인 부서 5곳은 뺐습니다.",
    "※ 팀 10개(사물인터넷팀, 메타버스서울팀, 디지털협력팀, 빅데이터기획팀, 빅데이터분석팀, 업무혁신팀, 정보공개팀, 공간정보기획팀, 공공와이파이팀, 스마트CCTV팀)는"
    " 2022. 8. 29. 자료에만 이름이 나옵니다. 2020. 1. 31. 자료는 팀의 수(23개)만 적고 이름을 다 적지 않아 새로 생겼는지 알 수 없습니다.",
    "※ 과 8개(기획관리과, 정보자원운영과, 인터넷통신과, 클라우드센터운영과, 에스플렉스센터운영과, 기록정책과, 보존서비스과, 운영지원과)는"
    " 2022. 8. 29. 자료에만 이름이 나옵니다. 2020. 1. 31. 자료는 과의 수(4개)만 적고 이름을 다 적지 않아 새로 생겼는지 알 수 없습니다.",
    "※ 재단 1개(서울디지털재단)는 2022. 8. 29. 자료에만 이름이 나옵니다. 2020. 1. 31. 자료는 재단의 이름을 적지 않아 새로 생겼는지 알 수 없습니다.",
    "현원이 가장 많이 늘어난 곳은 데이터센터(+7명)이고, 현원이 가장 많이 줄어든 곳은 정보통신보안담당관(△1명)입니다."
    " 뒤 날의 계에는 앞 날에 없던 정보공개담당관(정원 25, 현원 24), 서울기록원(정원 24, 현원 23)이 들어 있습니다."
    " 두 날에 모두 있는 부서만 더하면 정원 208 → 217(+9), 현원 199 → 211(+12)입니다.",
]


class Seen(HTMLParser):
    """The main part of a page: rows of cells by table id, and the text outside of tables."""

    def __init__(self, html):
        super().__init__()
        self.tables, self.outside, self.table, self.in_body, self.in_main, self.hidden = (
            {},
            [],
            None,
            False,
            False,
            0,
        )
        self.feed(html)
        self.text = " ".join("".join(self.outside).split())

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.in_main = self.in_main or tag == "main"
        if tag == "table":
            self.table = self.tables.setdefault(attrs.get("id", "").removeprefix("table-"), [])
        elif tag == "tbody":
            self.in_body = True
        elif tag == "tr" and self.in_body:
            self.table.append([])
        elif tag in ("td", "th") and self.in_body:
            self.table[-1].append("")
        elif tag not in ("span", "b", "a", "small", "ins", "del"):
            self.outside.append(" ")

    def handle_endtag(self, tag):
        if tag == "table":
            self.table = None
        elif tag == "tbody":
            self.in_body = False
        elif tag == "main":
            self.in_main = False

    def handle_data(self, data):
        if self.table is None and self.in_main:
            self.outside.append(data)
        elif self.in_body and self.table and self.table[-1]:
            self.table[-1][-1] = f"{self.table[-1][-1]}{data}".strip()


def seen(response):
    return Seen(response.content.decode())


@pytest.fixture
def page(staff_client):
    return seen(staff_client.get(ADDRESS))


def test_every_number_in_the_tables(page):
    assert page.tables == {
        "summary": SUMMARY,
        "units": UNITS,
        "unit-numbers": NUMBERS,
        "unit-words": WORDS,
        "staffing": STAFF,
        "series": SERIES,
    }


def test_every_number_in_the_sentences(page):
    rest = page.text
    for sentence in SENTENCES:
        assert sentence in rest
        rest = rest.replace(sentence, "")
    rest = re.sub(r"20(20|22)\. [0-9]+\. [0-9]+\.", "", rest)
    assert not re.search(r"[0-9]", rest), rest


def test_what_is_read_and_what_is_missing_is_said(page):
    assert (
        "‘스마트도시담당관 → 디지털정책담당관’은 이어진 부서로 보고 한 줄로 견주었습니다(이름에서 읽음)."
        in page.text
    )
    assert (
        "2020. 1. 31. 기준으로는 주요업무, 세입, 세출, 비전·전략, 주요 사업, 지표, 용어 자료가 없어 견주지 않았습니다."
        in page.text
    )
    assert "2020. 1. 31. 스마트도시정책관 → 2022. 8. 29. 디지털정책관" in page.text


def test_the_two_newest_base_dates_are_compared_unless_asked(staff_client, page):
    assert seen(staff_client.get("/compare/")).tables == page.tables


def test_two_dates_the_other_way_round_are_turned(staff_client, page):
    turned = seen(staff_client.get("/compare/?from=2022-08-29&to=2020-01-31"))
    assert turned.tables == page.tables
    assert "뒤의 날을 먼저 골라, 앞선 날부터 견주도록 차례를 바꾸었습니다." in turned.text


def test_a_fixed_number_of_queries(staff_client, django_assert_num_queries):
    staff_client.get(ADDRESS)
    assembly._remembered.kept.clear()
    # The reader's four, six for the report of 2020, which has two sources, and 20 for that of 2022; of each its version.
    with django_assert_num_queries(7):
        staff_client.get(ADDRESS)
    with django_assert_num_queries(5):  # nothing has changed since
        staff_client.get(ADDRESS)


def test_on_one_source_only_what_time_changes_differs(staff_client):
    """The facts are those of 2022-08-29; schedules went on."""
    page = seen(staff_client.get("/compare/?from=2022-08-29&to=2022-09-30"))
    assert set(page.tables) == {"summary", "projects", "milestones"}
    assert "두 날 모두 2022. 8. 29. 자료" in page.text
    assert "조직, 인력, 주요업무, 세입, 세출, 비전·전략, 지표, 용어는 그대로입니다." in page.text
    (opening,) = [row for row in page.tables["milestones"] if "1차 테스트 오픈" in row[1]]
    assert opening[3:] == ["’22.8.31.", "’22.8.31.", "예정, 확인 필요", "완료"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=2022-08-29&to=2022-08-29", "같은 날을 골랐습니다. 서로 다른 두 날을 고르십시오."),
        ("from=2019-12-31", "2019. 12. 31. 기준으로는 자료가 없어 견줄 수 없습니다."),
        (
            "to=2020-01-31",
            "기준일이 2020. 1. 31.보다 앞선 자료가 없습니다. 뒤의 날을 더 늦은 날로 고르십시오.",
        ),
        ("as_of=2020-01-31", "기준일이 2020. 1. 31.보다 앞선 자료가 없습니다."),
        ("from=2022-08-29", "기준일이 2022. 8. 29.보다 늦은 자료가 없습니다. 뒤의 날을 고르십시오."),
        ("from=2020-01-31&to=1900-01-01", "1900. 1. 1. 기준으로는 자료가 없어 견줄 수 없습니다."),
    ],
)
def test_where_there_is_nothing_to_compare_it_is_said(staff_client, query, sentence):
    response = staff_client.get(f"/compare/?{query}")
    assert response.status_code == 200
    assert sentence in seen(response).text
    assert not seen(response).tables


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=어제", "앞의 날 ‘어제’를 읽을 수 없습니다. 2022. 8. 29.처럼 연, 월, 일을 적어 주세요."),
        ("to=2022-02-30", "뒤의 날 ‘2022-02-30’을 읽을 수 없습니다. 달력에 없는 날짜입니다."),
        ("to=9999-12-31", "1900년부터 2999년까지의 날짜를 적어 주세요."),
        ("from=2020-01-31&to=<script>", "읽을 수 없습니다."),
    ],
)
def test_a_malformed_date_is_a_clear_error(staff_client, query, sentence):
    response = staff_client.get(f"/compare/?{query}")
    assert response.status_code == 400
    assert sentence in seen(response).text
    assert "<script>을" not in response.content.decode()


def test_an_unknown_bureau_is_not_found(staff_client):
    assert staff_client.get("/compare/?bureau=nowhere").status_code == 404


def test_a_stranger_has_to_sign_in(client):
    assert client.get(ADDRESS).status_code == 302


# Downloads


def test_all_of_it_as_one_workbook(manager_client):
    response = manager_client.get(f"{ADDRESS}&download=all")
    assert response["Content-Disposition"].endswith("%EB%B9%84%EA%B5%90_2020-01-31_2022-08-29.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == [
        "요약",
        "부서의 변화",
        "원문에 적힌 부서 수",
        "원문에 적힌 말",
        "정원과 현원의 변화",
        "직종별 현원의 변화",
    ]
    sheet = book["정원과 현원의 변화"]
    rows = {row[0]: row[1:] for row in sheet.iter_rows(min_row=5, values_only=True) if row[0]}
    assert rows["계"] == (208, 266, 58, 199, 258, 59, -9, -8, 1)
    assert rows["정보공개담당관"] == (NONE, 25, NEW, NONE, 24, NEW, NONE, -1, NEW)
    assert sheet["A2"].value == "2020. 1. 31. → 2022. 8. 29. · (단위: 명)"


def test_one_table_as_csv(manager_client):
    response = manager_client.get(f"{ADDRESS}&download=unit-numbers&format=csv")
    lines = response.content.decode("utf-8-sig").split("\r\n")
    assert lines[:3] == ["종류,’20. 1. 31.,’22. 8. 29.,차이", "담당관,5,6,1", "팀,23,27,4"]


@pytest.mark.parametrize(
    "query", ["download=all&format=csv", "download=none", "from=2022-08-29&to=2022-08-29&download=all"]
)
def test_what_is_not_there_cannot_be_downloaded(manager_client, query):
    assert manager_client.get(f"/compare/?{query}").status_code == 404


# Dates


def snapshot():
    return Snapshot.from_query(NOBODY, {})


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, AskedDates(date(2020, 1, 31), date(2022, 8, 29))),
        ({"to": "2021-05-05"}, AskedDates(date(2020, 1, 31), date(2021, 5, 5))),
        ({"from": "2021-05-05"}, AskedDates(date(2021, 5, 5), date(2022, 8, 29))),
        (
            {"from": "2023-01-01", "to": "2022-01-01"},
            AskedDates(date(2022, 1, 1), date(2023, 1, 1), is_turned=True),
        ),
        ({"to": "2020-01-31"}, AskedDates(None, date(2020, 1, 31))),
        ({"from": "2022-08-29"}, AskedDates(date(2022, 8, 29), None)),
        ({"from": "", "to": " "}, AskedDates(date(2020, 1, 31), date(2022, 8, 29))),
        ({"from": "2020-01-31", "as_of": "2020-01-31"}, AskedDates(date(2020, 1, 31), date(2022, 8, 29))),
    ],
)
def test_asked_dates(seeded, query, expected):
    assert asked_dates(query, Snapshot.from_query(NOBODY, query)) == expected


def test_pairs_to_choose_from(seeded):
    names = ("스마트도시정책관", "디지털정책관")
    assert known_pairs(snapshot()) == [Pair(date(2020, 1, 31), date(2022, 8, 29), names)]


def test_of_a_bureau_without_data_nothing_is_asked(db):
    bureau = make_bureau()
    make_source(bureau, "glossary", "2022-03-31")
    assert asked_dates({}, snapshot_of(bureau)) == AskedDates(None, date(2022, 3, 31))
    assert known_pairs(snapshot_of(bureau)) == []


# Two deliveries of another bureau


HOUSING = "/compare/?bureau=housing-bureau"


@pytest.fixture
def housing(seeded):
    """Two base dates of a bureau with one of everything, changed."""
    bureau, parks = make_bureau(), make_unit("parks", "공원담당관")
    roofs, cctv = (
        Project.objects.create(slug="roofs", name="옥상 정원"),
        Term.objects.create(slug="cctv-x", name="폐쇄회로"),
    )
    for as_of, step in (("2022-03-31", 0), ("2022-09-30", 1)):
        tree, staff = make_source(bureau, "organisation", as_of), make_source(bureau, "staffing", as_of)
        place(tree, bureau)
        place(tree, parks, bureau)
        make_staffing(staff, parks, 10, 10 - step)
        Duty.objects.create(
            source=make_source(bureau, "duties", as_of),
            department=parks,
            order=1,
            text=f"공원 {step + 1}곳 관리",
        )
        spend(make_expenditure(bureau, as_of), parks, 1000, 100 + 250 * step)
        money = make_source(bureau, "revenue", as_of)
        earn(money, "park-fees", {2022: 300 + step, 2021: 300})
        print_total(money, "current_budget", 310_000, "310", year=2022)
        words = make_source(bureau, "glossary", as_of)
        Definition.objects.create(
            source=words, term=cctv, order=1, heading="폐쇄회로", text=f"▪ <b>화면</b> {step + 1}대"
        )
        brief = make_source(bureau, "projects", as_of)
        Brief.objects.create(
            source=brief, project=roofs, number=1, title="옥상 정원", lead_department=parks, purpose="더위를 덜기 위함",
            achievements=f"ㅇ <script>alert({step})</script> 정원 조성", budget=(5 + step) * 1_000_000,
        )  # fmt: skip
    return bureau


def test_every_section_of_two_deliveries(staff_client, housing):
    page = seen(staff_client.get(HOUSING))
    assert page.tables["staffing"] == [
        ["계", "10", "10", "-", "10", "9", "△1", "-", "△1", "△1"],
        ["공원담당관", "10", "10", "-", "10", "9", "△1", "-", "△1", "△1"],
    ]
    assert page.tables["expenditure"] == [
        ["계", "1,000", "1,000", "-", "100", "350", "+250", "10.0%", "35.0%", "+25.0"],
        ["공원담당관", "1,000", "1,000", "-", "100", "350", "+250", "10.0%", "35.0%", "+25.0"],
    ]
    assert page.tables["projects"] == [["1. 옥상 정원", "달라짐", "5", "6", "+1", "-", "1", "-"]]
    assert "정원은 10명으로 같고, 현원은 10명에서 9명으로 1명 줄었습니다." in page.text
    assert "세출 예산현액은 100만 원으로 같고, 집행률은 10.0%에서 35.0%가 되었습니다." in page.text
    assert "주요 사업 1건 가운데 1건이 달라졌습니다." in page.text


def test_a_printed_total_is_shown_with_what_it_adds_up_to(staff_client, housing):
    total, fees = seen(staff_client.get(HOUSING)).tables["revenue"]
    assert [" ".join(cell.split()) for cell in total] == [
        "계",
        "310◆자료 불일치. 계산 300",
        "310◆자료 불일치. 계산 301",
        "-",
        "0.0%",
    ]
    assert fees == ["park-fees", "300", "301", "+1", "+0.3%"]


def test_words_are_marked_and_nothing_in_them_is_markup(staff_client, housing):
    html = staff_client.get(HOUSING).content.decode()
    assert "공원 <del>1</del><ins>2</ins>곳 관리" in html
    assert "&lt;b&gt;화면&lt;/b&gt; <del>1</del><ins>2</ins>대" in html
    assert "&lt;script&gt;alert(<del>0</del><ins>1</ins>)&lt;/script&gt; 정원 조성" in html
    assert "<script>alert" not in html


def test_what_is_marked_on_the_page_can_be_downloaded(manager_client, housing):
    lines = (
        manager_client.get(f"{HOUSING}&download=duties&format=csv").content.decode("utf-8-sig").split("\r\n")
    )
    assert lines[1] == "공원담당관,공원담당관,고침,공원 1곳 관리,공원 2곳 관리"


def test_links_keep_the_bureau_and_lead_to_the_later_date(staff_client, housing):
    html = staff_client.get(HOUSING).content.decode()
    assert 'href="/projects/roofs/?bureau=housing-bureau&amp;as_of=2022-09-30"' in html


def test_another_bureau_stays_out(staff_client, housing, page):
    assert Department.objects.filter(slug="digital-policy-bureau").exists()
    assert page.tables["staffing"] == STAFF


# The way there


def test_every_page_leads_to_it_from_the_date(staff_client):
    assert '<a href="/compare/">두 날 비교</a>' in staff_client.get("/").content.decode()
    assert (
        '<a href="/compare/?as_of=2022-08-30">두 날 비교</a>'
        in staff_client.get("/?as_of=2022-08-30").content.decode()
    )


def test_another_as_of_date_chooses_the_dates_anew(staff_client):
    html = staff_client.get(ADDRESS).content.decode()
    assert '<a href="/compare/?as_of=2020-01-31">' in html
    assert 'name="from" value="2020-01-31">' not in html
