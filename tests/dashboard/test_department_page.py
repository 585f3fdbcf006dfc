import csv
import io
import re

import pytest

from departments.models import Department

STAFF, BUDGET = "정원 36명, 현원 36명으로 정원과 현원이 같습니다.", "예산현액 337.2억 원 가운데"


def text_of(response):
    """Without the marks of what numbers state."""
    page = re.sub(r'<span data-fact="[^"]*">([^<]*)</span>', r"\1", response.content.decode())
    return " ".join(page.split())


def page_of(client, slug, query=""):
    response = client.get(f"/departments/{slug}/{query}")
    assert response.status_code == 200
    return text_of(response)


def test_a_division_with_staff_budget_projects_and_people(staff_client):
    page = page_of(staff_client, "ict-security")
    assert STAFF in page and BUDGET in page
    assert "<b>56.5%</b>를</span> 집행(원인행위)해 진도선보다 <b>9.5%p</b> 뒤처집니다." in page
    assert '주요 사업 <span class="nb"><b>2건</b>을</span> 주관합니다.' in page
    for shown in (
        "33,716,436",
        "33,106,529",
        "18.3%",
        "74.5%",
        "서울사이버안전센터 및 서울시 침해사고대응팀 운영",
    ):
        assert shown in page
    assert 'href="/projects/public-wifi/"' in page and 'href="/projects/intelligent-cctv/"' in page
    assert 'href="/departments/public-wifi-team/"' in page


def test_people_stand_once_with_their_projects(manager_client):
    response = manager_client.get("/departments/digital-policy/?download=people&format=csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row for row in rows if row[1:2] == ["오경희"]] == [
        ["디지털정책담당관", "오경희", "2133-2910", "2번, 9번, 10번, 11번"]
    ]
    assert ["디지털협력팀장", "박미희", "2933", "10번, 11번"] in rows


def test_phones_of_people_are_dialled_whole(staff_client):
    link = '<a href="tel:02-2133-1350">1350</a>'
    assert link in page_of(staff_client, "ict-security")
    Department.objects.filter(kind="bureau").update(area_code="")
    assert "tel:" not in page_of(staff_client, "ict-security")


def test_the_bureau_has_the_printed_totals(staff_client):
    page = page_of(staff_client, "digital-policy-bureau")
    for shown in (
        "정원 266명, 현원 258명으로",
        'aria-label="마이너스">△</span>8',
        "143,204,842",
        "95,839,632",
        "66.9%",
        "11건",
    ):
        assert shown in page


@pytest.mark.parametrize(
    ("slug", "sentence"),
    [
        ("digital-policy-bureau", "디지털정책관에 속한 부서가 주관하거나 담당자 줄에 적힌 사업입니다."),
        ("ict-security", "정보통신보안담당관과 소속 부서가 주관하거나 담당자 줄에 적힌 사업입니다."),
        ("public-wifi-team", "공공와이파이팀이 주관하거나 담당자 줄에 적힌 사업입니다."),
    ],
)
def test_why_these_projects(staff_client, slug, sentence):
    assert sentence in page_of(staff_client, slug)


def test_a_bureau_leads_no_project_itself(staff_client):
    assert "<b>11건</b>을</span> 맡고 있습니다." in page_of(staff_client, "digital-policy-bureau")


def test_a_team_leads_to_where_its_budget_is(staff_client):
    page = page_of(staff_client, "public-wifi-team")
    assert "공공와이파이팀은 정보통신보안담당관에 속한 팀입니다." in page
    assert '<a href="/departments/ict-security/">정보통신보안담당관</a>의 자료를 보십시오.' in page
    assert "임승철" in page and "1350" in page


def test_a_section_whose_head_is_named_in_a_project(staff_client):
    page = page_of(staff_client, "archives-policy-section")
    assert "기록정책과는 서울기록원에 속한 과입니다." in page
    assert "김은실" in page and "5611" in page


def test_a_section_without_projects(staff_client):
    page = page_of(staff_client, "cloud-center-section")
    assert "클라우드센터운영과는 데이터센터에 속한 과입니다." in page
    assert "사업 담당자" not in page


def test_the_foundation_stands_beside_the_totals(staff_client):
    page = page_of(staff_client, "seoul-digital-foundation")
    assert (
        "서울디지털재단은 디지털정책관이 지도·감독하는 재단으로, 정원과 현원의 합계에 넣지 않습니다." in page
    )
    assert "※ 서울디지털재단 : 2016년 설립 / 1실 1본부 7팀(정원 45명, 市 파견직원 1명)" in page


def test_a_division_without_projects(staff_client):
    page = page_of(staff_client, "information-systems")
    assert "주요 사업 <" not in page and "91.0%" in page


def test_a_unit_of_an_earlier_tree_leads_there(staff_client):
    page = page_of(staff_client, "smart-city-bureau")
    assert "이 기준일의 조직에는 이 부서가 없습니다." in page
    assert '<a href="/departments/smart-city-bureau/?as_of=2020-01-31">2020. 1. 31.(금)</a>' in page
    assert '스마트도시정책관 → <a href="/departments/digital-policy-bureau/">디지털정책관</a>' in page
    assert "스마트도시정책관은 정원" in page_of(staff_client, "smart-city-bureau", "?as_of=2020-01-31")


def test_a_date_with_staff_but_no_budget(staff_client):
    page = page_of(staff_client, "big-data", "?as_of=2020-01-31")
    assert "빅데이터담당관은 정원 30명, 현원 28명으로" in page
    assert "이 기준일에는 예산 자료가 없습니다." in page
    assert "나뉘어 있지 않습니다" not in page


def test_a_unit_says_what_it_came_from(staff_client):
    page = page_of(staff_client, "digital-policy")
    assert (
        '<a href="/departments/smart-city/">스마트도시담당관</a> → 디지털정책담당관 <small>이름 바꿈 · 이름에서 읽음</small>'
        in page
    )


def test_a_unit_that_stands_in_no_tree(staff_client):
    Department.objects.create(slug="new-unit", name="새담당관", kind="division")
    page = page_of(staff_client, "new-unit")
    assert "이 기준일의 조직에는 이 부서가 없습니다." in page and "이 부서가 조직에 있는 기준일" not in page


def test_an_unknown_unit(staff_client):
    assert staff_client.get("/departments/nowhere/").status_code == 404


def test_before_all_data_the_page_says_so(staff_client):
    assert "2020. 1. 1. 기준으로는 자료가 없습니다" in page_of(
        staff_client, "ict-security", "?as_of=2020-01-01"
    )


def test_links_keep_the_date_asked_for(staff_client):
    page = page_of(staff_client, "ict-security", "?as_of=2022-09-01")
    for address in (
        "/departments/public-wifi-team/",
        "/projects/public-wifi/",
        "/budgets/expenditure/ict-security/",
    ):
        assert f'href="{address}?as_of=2022-09-01"' in page


@pytest.mark.parametrize(
    ("slug", "queries"),
    [
        ("digital-policy-bureau", 6),
        ("ict-security", 6),
        ("data-center", 6),
        ("public-wifi-team", 6),
        ("seoul-digital-foundation", 6),
    ],
)
def test_a_fixed_number_of_queries(staff_client, django_assert_num_queries, slug, queries):
    staff_client.get("/departments/")
    with django_assert_num_queries(queries):
        staff_client.get(f"/departments/{slug}/")
