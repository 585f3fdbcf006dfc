import io
from datetime import date

import openpyxl
import pytest
from django.http import Http404
from django.test import RequestFactory
from django.utils import timezone

from core.pages import render_page, table_file
from core.snapshot import Snapshot
from departments.models import Department, User
from seoul_digital.lib.query_params import AskedDate
from seoul_digital.lib.tables import Column, Row, Table, day

TABLE = Table(
    "expenditure", "부서별 예산과 집행", [Column("구분"), Column("예산현액", "thousand")], [Row(["계", 143_204_842_000])], as_of=date(2022, 8, 29)
)  # fmt: skip


@pytest.fixture
def snapshot():
    bureau = Department(slug="digital-policy-bureau", name="디지털정책관")
    return Snapshot(bureau, [bureau], [], AskedDate(date(2022, 9, 1)))


def request_for(snapshot, **query):
    request = RequestFactory().get("/", query)
    request.snapshot, request.user = snapshot, User(is_superuser=True)
    request.session = {}
    return request


def test_a_workbook_with_a_korean_name(snapshot):
    response = table_file(snapshot, TABLE, "xlsx")
    assert response["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%EB%94%94%EC%A7%80%ED%84%B8%EC%A0%95%EC%B1%85%EA%B4%80_"
        "%EB%B6%80%EC%84%9C%EB%B3%84%20%EC%98%88%EC%82%B0%EA%B3%BC%20%EC%A7%91%ED%96%89_2022-08-29.xlsx"
    )
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert sheet["B4"].value == 143_204_842


def test_a_csv_file(snapshot):
    response = table_file(snapshot, TABLE, "csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].endswith("_2022-08-29.csv")
    assert response.content.decode("utf-8") == "\ufeff구분,예산현액(천원)\r\n계,143204842\r\n"


def test_a_table_without_a_date_is_named_by_the_readings(snapshot):
    table = Table("people", "담당자", [Column("이름")], [])
    assert table_file(snapshot, table, "csv")["Content-Disposition"].endswith("_2022-09-01.csv")


def test_without_a_bureau_and_a_date_the_title_is_the_name():
    table = Table("people", "people", [Column("이름")], [])
    response = table_file(Snapshot(None, [], []), table, "csv")
    assert response["Content-Disposition"] == 'attachment; filename="people.csv"'


@pytest.mark.parametrize(("table", "file_format"), [(None, "xlsx"), (TABLE, "pdf"), (TABLE, "")])
def test_an_unknown_table_or_format_is_not_found(snapshot, table, file_format):
    with pytest.raises(Http404, match="내려받을 표가 없습니다"):
        table_file(snapshot, table, file_format)


def test_a_comparison_is_named_by_both_dates(snapshot):
    table = Table("people", "담당자", [Column("이름")], [], since=date(2020, 1, 31), as_of=date(2022, 8, 29))
    assert table_file(snapshot, table, "csv")["Content-Disposition"].endswith("_2020-01-31_2022-08-29.csv")


def test_a_page_may_offer_all_its_tables_as_one_workbook(snapshot):
    empty = Table("people", "담당자", [Column("이름")], [])
    response = render_page(
        request_for(snapshot, download="all"), "none.html", {}, [empty, TABLE], workbook="세출"
    )
    assert openpyxl.load_workbook(io.BytesIO(response.content)).sheetnames == ["부서별 예산과 집행"]
    assert response["Content-Disposition"].endswith("_%EC%84%B8%EC%B6%9C_2022-08-29.xlsx")


@pytest.mark.parametrize(
    ("tables", "query", "workbook"),
    [([TABLE], {}, ""), ([TABLE], {"format": "csv"}, "세출"), ([], {}, "세출")],
    ids=["not offered", "no workbook", "no table"],
)
def test_what_is_not_offered_as_a_workbook_is_not_found(snapshot, tables, query, workbook):
    with pytest.raises(Http404):
        render_page(
            request_for(snapshot, download="all", **query), "none.html", {}, tables, workbook=workbook
        )


def test_a_page_downloads_its_tables_by_name(snapshot):
    response = render_page(request_for(snapshot, download="expenditure"), "none.html", {}, [TABLE])
    assert response.content.startswith(b"PK")
    response = render_page(
        request_for(snapshot, download="expenditure", format="csv"), "none.html", {}, [TABLE]
    )
    assert response.content.startswith(b"\xef\xbb\xbf")
    with pytest.raises(Http404):
        render_page(request_for(snapshot, download="revenue"), "none.html", {}, [TABLE])


@pytest.mark.parametrize("status", [400, 404])
def test_an_error_of_the_reading_is_the_answer_to_a_download_too(snapshot, status):
    snapshot.error, snapshot.error_status = "기준일 ‘<어제>’를 읽을 수 없습니다.", status
    response = render_page(request_for(snapshot, download="expenditure"), "none.html", {}, [TABLE])
    assert response.status_code == status
    assert "<h1>기준일 ‘&lt;어제&gt;’를 읽을 수 없습니다.</h1>" in response.content.decode()


def test_every_page_says_what_stands_on_its_sheets(staff_client):
    page = staff_client.get("/budgets/expenditure/").content.decode()
    assert 'data-print-title="2022년도 세출 총괄 · 디지털정책관 업무보고"' in page
    assert 'data-print-base="기준일 2022. 8. 29."' in page
    source = "자료: 디지털정책관 업무보고, Ⅰ. 일반현황, 2022년도 세입․세출 예산현황 (2022. 8. 29. 기준)"
    assert f'data-print-source="{source}"' in page
    assert 'data-print-label="인쇄"' in page
    assert f'data-print-day="{day(timezone.localdate())}"' in page


def test_sheets_of_two_dates_say_both(staff_client):
    page = staff_client.get("/compare/?from=2020-01-31&to=2022-08-29").content.decode()
    assert 'data-print-base="2020. 1. 31. → 2022. 8. 29."' in page
    assert (
        'data-print-source="자료: 2020. 1. 31. 스마트도시정책관 업무보고, 2022. 8. 29. 디지털정책관 업무보고"'
        in page
    )
