import csv
import io
import re

import openpyxl

from core.models import ControlTotal


def text_of(response):
    return " ".join(response.content.decode().split())


def test_the_list_shows_tree_staff_and_duties(staff_client):
    page = text_of(staff_client.get("/departments/"))
    words = re.sub("</?span[^>]*>", "", page)
    assert "디지털정책관은 6담당관 2사업소에 정원 266명, 현원 258명으로" in words
    assert "1정책관 6담당관 27팀, 2사업소" in page
    assert "팀 27개 가운데 보고서에 이름이 나오는 10개를 실었습니다." in page
    assert "가장 많은 곳은 데이터센터(△6)입니다." in words
    assert "2016년 설립 · 1실 1본부 7팀 · 정원 45명 · 市 파견직원 1명" in page
    assert "8개 부서의 주요업무 55가지를" in page
    assert "<li>훼손된 기록물(문서·도면·대장 등) 보존처리·복원</li>" in page


def test_the_foundation_is_in_no_total(staff_client):
    page = text_of(staff_client.get("/departments/"))
    assert "합계에 넣지 않음" in page
    assert "정원 266 · 현원 258" in re.sub("</?span[^>]*>", "", page)


def test_counts_of_the_tree_lead_to_their_sheets(staff_client):
    page = text_of(staff_client.get("/departments/")).partition('id="figure-people"')[0]
    for shown in (
        '<span data-fact="staffing:/headcount">현원 258</span>',
        '<span data-fact="staffing:data-center/authorized">정원 69</span>',
        '<span data-fact="staffing:data-center/headcount">현원 63</span>',
        '<span data-fact="staffing:data-center/variance">',
    ):
        assert page.count(shown) == 1


def test_the_list_has_a_fixed_number_of_queries(staff_client, django_assert_num_queries):
    staff_client.get("/departments/")
    with django_assert_num_queries(7):
        staff_client.get("/departments/")


def test_the_staffing_table_downloads_with_numbers(manager_client):
    response = manager_client.get("/departments/?download=staffing&format=xlsx")
    rows = [
        [cell.value for cell in row]
        for row in openpyxl.load_workbook(io.BytesIO(response.content)).active.rows
    ]
    assert ["계", 266, 258, -8, 258, 224, 26, 8] in rows
    assert ["정보공개담당관", 25, 24, -1, 24, 22, 0, 2] in rows


def test_the_duties_download(manager_client):
    response = manager_client.get("/departments/?download=duties&format=csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert ["데이터센터", "5", "에스플렉스센터 시설 운영 및 입주관리"] in rows
    assert sum(1 for row in rows if row and row[0] == "서울기록원") == 6


def test_a_total_that_disagrees_is_marked(staff_client):
    ControlTotal.objects.filter(measure="authorized", subject="").update(value=267, printed="267")
    page = text_of(staff_client.get("/departments/"))
    assert "267" in page and "계산 266" in page


def test_links_keep_the_date_asked_for(staff_client):
    page = text_of(staff_client.get("/departments/?as_of=2022-09-01"))
    assert 'href="/departments/data-center/?as_of=2022-09-01"' in page
    assert "2022. 8. 29. 기준" in page


def test_an_earlier_date_shows_the_units_of_that_date(staff_client):
    page = text_of(staff_client.get("/departments/?as_of=2020-01-31"))
    assert "스마트도시정책관은 5담당관 1사업소에" in page
    assert "이 기준일에는 주요업무 자료가 없습니다." in page
    assert "디지털정책담당관" not in page


def test_before_all_data_the_page_says_so(staff_client):
    response = staff_client.get("/departments/?as_of=2020-01-01")
    assert response.status_code == 200
    assert "2020. 1. 1. 기준으로는 자료가 없습니다" in text_of(response)


def test_a_date_that_cannot_be_read_is_refused(staff_client):
    assert staff_client.get("/departments/?as_of=2022-13-01").status_code == 400


def test_nobody_sees_it_without_signing_in(client):
    assert client.get("/departments/").status_code == 302
