import re
from html import unescape
from io import BytesIO

import openpyxl
import pytest

from core.models import Source
from departments.models import Department
from projects.models import Brief, Project, Strategy
from tests.factories import make_source
from tests.report.seen import Page

SLUGS = [
    "public-wifi", "internet-of-things", "intelligent-cctv", "big-data-administration", "work-management-system",
    "spatial-information-service", "information-disclosure-system", "public-archive", "metaverse-seoul", "digital-inclusion",
    "smart-city-leaders-forum",
]  # fmt: skip


def see(client, url, status=200, **query):
    response = client.get(url, query)
    assert response.status_code == status
    return Page(response.content.decode())


@pytest.mark.parametrize(
    ("url", "queries"),
    [
        ("/projects/", 4),
        ("/projects/timeline/", 4),
        ("/projects/indicators/", 4),
        *((f"/projects/{slug}/", 6) for slug in SLUGS),
    ],
)
def test_queries_are_few_and_fixed(staff_client, django_assert_num_queries, url, queries):
    staff_client.get(url)  # begins the session, and is remembered
    with django_assert_num_queries(queries):
        assert staff_client.get(url).status_code == 200


def test_the_list_shows_vision_strategies_and_projects(staff_client):
    seen = see(staff_client, "/projects/")
    assert seen.shows("디지털 전환을 선도하는")
    assert seen.shows("4개 추진전략에 사업 11건, 사업예산은 모두 36,248백만원(362.5억 원)입니다.")
    assert seen.shows("실적·일정 68건 가운데 완료 19건, 기간 중 29건, 예정 15건, 미정 5건입니다.")
    assert seen.shows_in_row(["3. 지능형 CCTV 기반 시민 안전서비스 확대", "정보통신보안담당관", "6,940"])
    assert seen.shows("2022. 8. 29. 기준 · (단위: 백만원, 건, 개)")


def test_the_list_is_filtered(staff_client):
    seen = see(staff_client, "/projects/", strategy="open-government")
    assert seen.shows("사업 2건, 사업예산은 모두 3,081백만원(30.8억 원)입니다.")
    assert not seen.shows("공공와이파이")
    assert see(staff_client, "/projects/", strategy="open-government", department="big-data").shows(
        "조건에 맞는 사업이 없습니다."
    )


def test_links_keep_the_date_asked_for(staff_client):
    content = staff_client.get("/projects/", {"as_of": "2022-12-01"}).content.decode()
    assert 'href="/projects/public-wifi/?as_of=2022-12-01"' in content
    assert '<input type="hidden" name="as_of" value="2022-12-01">' in content


def test_the_time_line(staff_client):
    response = staff_client.get("/projects/timeline/")
    seen = Page(response.content.decode())
    assert seen.shows("다음은 2022. 8. 31. ‘메타버스 서울 설계 및 구현, 1차 테스트 오픈’입니다.")
    assert seen.shows_in_row(
        ["지하철 객차내 5G 와이파이 서비스(2,5,6,7,8호선)", "’22.12. ~", "예정, 끝 미정", "적힌 곳: 향후일정"]
    )
    assert list(response.context["figures"]) == ["overview"]


def test_statuses_are_told_for_the_date_asked_for(staff_client):
    seen = see(staff_client, "/projects/timeline/", as_of="2022-12-01")
    assert seen.shows_in_row(
        [
            "정식 오픈",
            "’22. 11.",
            "미정",
            "기간이 지났으나 결과가 보고되지 않았습니다.",
            "적힌 곳: 향후일정",
        ]
    )
    assert seen.shows("2022. 8. 29.(월) 자료를 2022. 12. 1.(목)에 견주어 판정했습니다.")
    assert seen.shows("2022. 8. 29. 기준")


def rows_apart(content):
    """The rows of a page's layers: those that stand, and those that fold."""
    layers = content[content.index('<div class="layers') :]
    folded = r'<tr[^>]* class="[^"]*\bfolds\b.*?</tr>'
    return Page(re.sub(folded, "", layers, flags=re.DOTALL)), Page(
        f"<table>{''.join(re.findall(folded, layers, re.DOTALL))}</table>"
    )


def test_rows_of_a_strategy_stand_in_the_order_of_its_projects_whether_they_fold_or_not(staff_client):
    content = staff_client.get("/projects/timeline/").content.decode()
    layer = content[
        content.index('aria-labelledby="strategy-1"') : content.index('aria-labelledby="strategy-2"')
    ]
    projects = re.findall(r'<th scope="rowgroup".*?<a[^>]*>(.*?)</a>', layer, re.DOTALL)
    assert [name[:2] for name in projects] == ["1.", "2.", "3."]


def test_no_fold_of_the_time_line_hides_what_is_near_or_to_be_looked_at(staff_client):
    standing, folded = rows_apart(staff_client.get("/projects/timeline/").content.decode())
    for title in (
        "메타버스 서울 설계 및 구현, 1차 테스트 오픈",  # ◆, in two days
        "우범지대 로봇 안전순찰",  # ◆, next year
        "기획전시《사진관 옆 현상소》(3전시실) 개막 및 운영",  # begins in 90 days
        "전기차충전 스마트폴 구축",  # ends in 90 days
    ):
        assert standing.shows_in_row([title])
        assert not folded.shows(title)
    assert folded.shows_in_row(["지하철 객차내 5G 와이파이 서비스(2,5,6,7,8호선)"])
    assert not folded.shows("확인 필요")


def test_what_stands_is_told_for_the_date_asked_for(staff_client):
    standing, folded = rows_apart(staff_client.get("/projects/timeline/?as_of=2022-12-01").content.decode())
    assert folded.shows("기획전시《사진관 옆 현상소》(3전시실) 개막 및 운영")
    assert standing.shows_in_row(["인공지능 기반 빅데이터 서비스 플랫폼(2단계) 추진", "’22.9. ~ ’23.2."])


def test_strategies_are_counted_beside_their_headings(staff_client):
    seen = see(staff_client, "/projects/timeline/")
    assert seen.shows_near(
        ["전략 3. 디지털 기반 적극행정·열린시정 제공", "9건: 완료 1건, 기간 중 6건, 예정 2건"]
    )
    assert seen.shows("그 밖의 6건: 완료 1건, 기간 중 5건")


def test_the_agenda_folds_all_but_what_stands(staff_client):
    content = staff_client.get("/projects/timeline/").content.decode()
    agenda = content[content.index("때로 본 일정") : content.index("한눈에 보는 일정")]
    folds = re.findall(r'<details class="fold"( data-stays)? open><summary><h3>(.*?)</h3>', agenda)
    assert folds == [
        ("", "지난 일"), ("", "지금 하는 일"), (" data-stays", "기준일 뒤 90일"), (" data-stays", "그 뒤"),
    ]  # fmt: skip
    assert 'href="#milestone-9-first-test-opening"' in agenda
    assert 'id="milestone-9-first-test-opening"' in content


def test_no_fold_of_indicators_hides_a_disagreement_or_a_near_date(staff_client):
    standing, folded = rows_apart(staff_client.get("/projects/indicators/").content.decode())
    assert standing.shows_in_row(["4G(LTE) 대비 5G 속도", "200배"])
    assert standing.shows_in_row(["메타버스 서울 1차 테스트 오픈 대상", "약 3,500명", "’22.8.31."])
    assert not folded.shows("정보화 용어 설명 5G 표에는 20배")
    assert folded.shows_in_row(["주요거리", "3,329대", "11.9%"])  # value and unit together


def test_a_fold_of_indicators_says_its_first_three_values(staff_client):
    assert see(staff_client, "/projects/indicators/").shows(
        "행정정보 공개 2,872만 건 · 사전공개대상 업무 539개 업무 · 정보공개심의회 외부전문가 위촉 4명 외 3개"
    )


def test_missed_targets_stand(staff_client):
    standing, _ = rows_apart(staff_client.get("/projects/indicators/?as_of=2025-01-01").content.decode())
    assert standing.shows_in_row(["시내버스 와이파이 5G 교체", "270대"])


def test_indicators(staff_client):
    seen = see(staff_client, "/projects/indicators/")
    assert seen.shows("사업 11건과 용어 설명에 지표 116개가 있습니다.")
    assert seen.shows("목표가 적힌 지표는 5개")
    assert seen.shows("스마트시티 안전망(통합플랫폼) 연계 자치구가 목표의 100.0%로 가장 가깝습니다.")
    assert seen.shows_in_row(["4G(LTE) 대비 5G 속도", "200배", "정보화 용어 설명 5G 표에는 20배"])
    assert see(staff_client, "/projects/indicators/", kind="survey", project="public-wifi").shows(
        "조건에 맞는 지표가 없습니다."
    )


def test_a_project_shows_its_page_of_the_report(staff_client):
    seen = see(staff_client, "/projects/digital-inclusion/")
    assert seen.shows("10. 디지털 격차해소로 스마트 포용도시 실현")
    assert seen.shows("1,073백만원(市 183백만원, 재단 890백만원)")
    assert seen.shows(
        "주요 사업 11건의 합 36,248백만원(362.5억 원)의 3.0%로 9번째로 큽니다. 합에는 市 예산이 아닌 재단 890백만원(8.9억 원)이 들어 있습니다."
    )
    assert seen.shows_near(["디지털협력팀장", "박미희", "2933"])
    assert seen.shows("디지털 배움터 운영 등 디지털 교육 추진 : ~ ’22.12.")
    assert seen.shows_in_row(["고령층 교육 수료", "1.7만명", "기준일"])


def test_extensions_are_dialled_whole_and_shown_as_printed(staff_client):
    content = staff_client.get("/projects/public-wifi/").content.decode()
    assert 'href="tel:02-2133-1350" title="02-2133-1350번으로 전화합니다.' in content
    assert Page(content).shows_near(["공공와이파이팀장", "임승철", "1350"])


def test_without_an_area_code_no_number_is_a_link(staff_client):
    Department.objects.filter(kind="bureau").update(area_code="")
    content = staff_client.get("/projects/public-wifi/").content.decode()
    assert "tel:" not in content
    assert "1350" in content


def test_terms_of_a_project_are_linked_and_defined(staff_client):
    response = staff_client.get("/projects/public-wifi/")
    content = response.content.decode()
    assert content.count('class="term" href="#term-wifi"') == 1
    assert content.count('id="term-wifi"') == 1
    assert '<a class="term" href="#term-access-point">AP</a>대수' in content
    assert Page(content).shows("스마트폰 등 무선단말기가 무선을 통해 인터넷에 접속할 수 있게 해주는 장비")


def test_tables_are_downloaded_with_numbers_as_numbers(manager_client):
    response = manager_client.get(
        "/projects/digital-inclusion/", {"download": "indicators", "format": "xlsx"}
    )
    sheet = openpyxl.load_workbook(BytesIO(response.content)).active
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert ["고령층 교육 수료", 17000, "명", "기준일", "누계", "추진실적"] in rows
    response = manager_client.get("/projects/digital-inclusion/", {"download": "milestones", "format": "csv"})
    assert response.content.decode("utf-8-sig").splitlines()[0] == "내용,기간,상태,적힌 곳,판정 근거"


def test_the_table_under_the_picture_of_targets_is_downloaded(manager_client):
    page = manager_client.get("/projects/indicators/").content.decode()
    link = re.search(r'href="([^"]*download=targets[^"]*format=csv[^"]*)"', page)
    rows = (
        manager_client.get(f"/projects/indicators/{unescape(link[1])}")
        .content.decode("utf-8-sig")
        .splitlines()
    )
    assert len(rows) == 6
    assert rows[1].startswith("시내버스 와이파이 5G 교체,270,")


@pytest.mark.parametrize(
    "url", ["/projects/", "/projects/timeline/", "/projects/indicators/", "/projects/public-wifi/"]
)
def test_a_date_before_all_data_is_an_honest_empty_page(staff_client, url):
    seen = see(staff_client, url, as_of="2020-01-01")
    assert seen.shows("2020. 1. 1. 기준으로는 자료가 없습니다")
    assert not seen.shows("공공와이파이 확충")


@pytest.mark.parametrize(
    "url", ["/projects/", "/projects/timeline/", "/projects/indicators/", "/projects/public-wifi/"]
)
def test_a_malformed_date_is_told(staff_client, url):
    assert see(staff_client, url, status=400, as_of="2022-13-01").shows(
        "기준일 ‘2022-13-01’을 읽을 수 없습니다."
    )


def test_a_scope_without_data_says_so(staff_client):
    Source.objects.filter(scope__in=["projects", "indicators"]).update(state="withdrawn")
    assert see(staff_client, "/projects/").shows("이 기준일에는 주요 사업 자료가 없습니다.")
    assert see(staff_client, "/projects/timeline/").shows("이 기준일에는 주요 사업 자료가 없습니다.")
    assert see(staff_client, "/projects/indicators/").shows("이 기준일에는 지표 자료가 없습니다.")
    see(staff_client, "/projects/public-wifi/", status=404)


def test_a_project_without_a_brief_at_the_date_links_to_the_dates_with_one(staff_client):
    bureau = Source.objects.first().bureau
    make_source(bureau, "projects", "2023-01-31", received="2023-02-01")
    response = staff_client.get("/projects/public-wifi/")
    assert Page(response.content.decode()).shows("2023. 1. 31. 기준의 업무보고에는 이 사업이 없습니다.")
    assert 'href="?as_of=2022-08-29"' in response.content.decode()


def test_an_unknown_project_is_not_found(staff_client):
    assert staff_client.get("/projects/no-such-project/").status_code == 404


def test_strangers_are_asked_to_sign_in(client, seeded):
    assert client.get("/projects/public-wifi/").url == "/accounts/login/?next=/projects/public-wifi/"


def test_more_projects_cost_no_more_queries(staff_client, django_assert_num_queries):
    source, first = Source.objects.get(scope="projects"), Brief.objects.order_by("number").first()
    for number in range(12, 22):
        project = Project.objects.create(slug=f"more-{number}", name="더")
        Brief.objects.create(
            source=source, project=project, number=number, title="더", strategy=Strategy.objects.first(),
            lead_department=first.lead_department, purpose="목적",
        )  # fmt: skip
    staff_client.get("/healthz")
    with django_assert_num_queries(4):
        assert Page(staff_client.get("/projects/").content.decode()).shows("21. 더")
