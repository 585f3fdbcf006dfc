import csv
import io
import re
from datetime import date
from urllib.parse import unquote

import openpyxl
import pytest

from core.models import Source
from departments.models import Department
from tests.factories import make_expenditure, spend, spend_lines
from tests.report.seen import Page

URL = "/budgets/cross-tab/"


def shown(client, **query):
    response = client.get(URL, {name.rstrip("_"): value for name, value in query.items()})
    assert response.status_code == 200
    return Page(response.content.decode())


@pytest.fixture
def files(seeded):
    """Two deliveries of the finance system for the data center: programmes, objects and accounts, on two dates."""
    bureau, unit = (Department.objects.get(slug=slug) for slug in ("digital-policy-bureau", "data-center"))
    wifi = {"policy": "스마트도시 조성", "unit": "기반 구축", "detailed": "공공와이파이"}
    hub = {"policy": "데이터 행정", "unit": "서비스 확대", "detailed": "데이터허브"}
    office, system = (
        {"object_group": "201 일반운영비", "object_name": "01 사무관리비"},
        {"object_group": "207 연구개발비", "object_name": "02 전산개발비"},
    )
    earlier = make_expenditure(bureau, "2022-09-30", department=unit)
    spend(earlier, unit, 1_000, 100, "general", **wifi, **office, order=1)
    spend(earlier, unit, 3_000, 900, "general", **wifi, **system, order=2)
    later = make_expenditure(bureau, "2022-10-31", department=unit)
    spend(later, unit, 1_200, 600, "general", **wifi, **office, order=1)
    spend(later, unit, 3_000, 1_500, "general", **wifi, **system, order=2)
    spend(later, unit, 800, None, "special", **hub, **office, order=3)


def test_cells_that_are_figures_of_the_report_open_their_sheets(staff_client):
    page = staff_client.get(URL).content.decode()
    found = re.findall(r'data-fact="([^"]*)"', page)
    # the whole and again in the lead, eight departments, the accounts of the one that has two, both accounts of all
    assert len(found) == 14
    assert "expenditure:/current" in found
    assert "expenditure:ict-security/special/current" in found
    assert all(staff_client.get(f"/facts/{identity}/").status_code == 200 for identity in found)
    turned = staff_client.get(URL, {"rows": "account", "columns": "department"}).content.decode()
    for account in ("general", "special"):
        mark = f'data-fact="expenditure:ict-security/{account}/current"'
        assert (page.count(mark), turned.count(mark)) == (2, 2)


def test_cells_of_the_earlier_of_two_dates_open_the_sheet_of_that_day(staff_client, files):
    query = {"rows": "department", "columns": "account", "as_of": "2022-10-31"}
    page = staff_client.get(URL, {**query, "from": "2022-09-30"}).content.decode()
    found = [mark.partition("#") for mark in re.findall(r'data-fact="([^"]*)"', page)]
    assert {day for _, _, day in found} == {"", "2022-09-30"}
    for identity, _, day in found:
        response = staff_client.get(f"/facts/{identity}/", {"as_of": day or "2022-10-31"})
        assert response.status_code == 200, (identity, day)


def test_page_shows_departments_by_account_of_the_report(staff_client):
    seen = shown(staff_client)
    assert seen.shows("2022년도 세출 교차표")
    assert seen.shows("예산현액 1,432.0억 원을 부서와 회계로 나누어 봅니다.")
    assert seen.shows_in_row(["계", "143,204,842", "22,952,023", "10,764,413", "109,488,406"])
    assert seen.shows_in_row(["정보통신보안담당관", "33,716,436", "22,952,023", "10,764,413", "-"])
    assert seen.shows_in_row(["데이터센터", "46,706,677", "-", "-", "46,706,677"])


@pytest.mark.parametrize(
    ("measure", "cells"),
    [
        ("committed", ["계", "95,839,632", "17,088,618", "1,968,275", "76,782,738"]),
        ("rate", ["계", "66.9%", "74.5%", "18.3%", "70.1%"]),
        ("unexecuted", ["계", "47,365,211", "5,863,405", "8,796,138", "32,705,668"]),
    ],
)
def test_page_shows_every_measure(staff_client, measure, cells):
    assert shown(staff_client, measure=measure).shows_in_row(cells)


def test_page_says_where_a_printed_total_is_rounded(staff_client):
    assert shown(staff_client, measure="committed").shows(
        "※ 2022. 8. 29. 집행액(원인행위)의 합은 95,839,631천원으로 계보다 1천원 적습니다(단수 차이)."
    )


@pytest.mark.parametrize("dimension", ["policy", "unit", "detailed", "object_group", "object_name"])
def test_page_calls_what_the_report_does_not_give_by_that_name(staff_client, dimension):
    seen = shown(staff_client, rows=dimension, columns="account")
    assert seen.shows_in_row(["구분 없음", "143,204,842", "22,952,023", "10,764,413", "109,488,406"])


@pytest.mark.parametrize(("measure", "place"), [("current", 1), ("committed", 5), ("rate", 6)])
def test_page_has_the_totals_of_the_expenditure_page(staff_client, files, measure, place):
    """Departments of the report and of later files together."""
    expenditure = staff_client.get("/budgets/expenditure/").context["tables"]["expenditure"]
    cross_tab = staff_client.get(URL, {"measure": measure}).context["tables"]["cross-tab"]
    wanted = {row.cells[0].value: row.cells[place].value for row in expenditure.rows if not row.level}
    found = {row.cells[0].value: row.cells[1].value for row in cross_tab.rows}
    assert found == wanted
    assert len(found) == 9


def test_page_of_programmes_by_object(staff_client, files):
    seen = shown(staff_client, rows="policy", columns="object_name")
    assert seen.shows_in_row(["정책사업", "계", "01 사무관리비", "02 전산개발비", "구분 없음"])
    assert seen.shows_in_row(["스마트도시 조성", "4,200", "1,200", "3,000", "-"])
    assert seen.shows_in_row(["데이터 행정", "800", "800", "-", "-"])
    assert seen.shows_in_row(["구분 없음", "96,498,165", "-", "-", "96,498,165"])
    assert seen.shows("※ 이름이 같은 사업과 목은 부서와 상위 사업이 달라도 하나로 더했습니다.")


def test_page_leaves_the_unknown_unknown(staff_client, files):
    table = staff_client.get(
        URL, {"rows": "policy", "columns": "object_name", "measure": "committed"}
    ).context["tables"]["cross-tab"]
    values = {row.cells[0].value: [cell.value for cell in row.cells[1:]] for row in table.rows}
    assert values["스마트도시 조성"] == [2_100_000, 600_000, 1_500_000, None]
    assert values["데이터 행정"] == [None] * 4
    assert values["계"][:3] == [None, None, 1_500_000]


def test_page_compares_two_dates(staff_client, files):
    seen = shown(staff_client, rows="detailed", columns="department", from_="2022-09-30")
    assert seen.shows("2022. 9. 30.에서 2022. 10. 31. 사이에 예산현액이 100만 원 늘었습니다.")
    assert seen.shows_in_row(["공공와이파이", "4,000", "4,200", "+200"])
    assert seen.shows_in_row(["데이터허브", "-", "800", "순증"])


def test_page_compares_rates_exactly(staff_client, files):
    seen = shown(staff_client, rows="detailed", columns="object_name", measure="rate", from_="2022-09-30")
    assert seen.shows_in_row(["공공와이파이", "25.0%", "50.0%", "+25.0", "10.0%", "50.0%", "+40.0"])


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"rows": "<x>"}, "‘<x>’라는 행은 없어 ‘부서’로 보입니다."),
        ({"from_": "2023-01-01"}, "앞의 날은 기준일(2022. 8. 29.)보다 앞서야 합니다."),
        ({"from_": "2021-01-01"}, "2021. 1. 1. 기준으로는 세출 자료가 없어 견줄 수 없습니다."),
    ],
)
def test_page_says_what_it_could_not_do_and_shows_the_rest(staff_client, query, error):
    seen = shown(staff_client, **query)
    assert seen.shows(error)
    assert seen.shows_in_row(["계", "143,204,842"])


def test_page_keeps_what_was_asked_for(staff_client, files):
    content = staff_client.get(
        URL, {"as_of": "2022-10-31", "rows": "policy", "from": "2022-09-30"}
    ).content.decode()
    assert '<input type="hidden" name="as_of" value="2022-10-31">' in content
    assert '<option value="policy" selected>정책사업</option>' in content
    assert 'value="2022. 9. 30." list="earlier-dates"' in content
    assert '<a class="link-btn" href="/budgets/cross-tab/?as_of=2022-10-31">처음으로</a>' in content


def test_page_without_expenditure(staff_client):
    Source.objects.filter(scope="expenditure").update(state="withdrawn")
    assert shown(staff_client).shows("이 기준일에는 세출 자료가 없습니다.")


def test_csv_has_numbers_under_their_dates(manager_client, files):
    query = {"rows": "policy", "columns": "object_name", "from": "2022-09-30", "download": "cross-tab"}
    response = manager_client.get(URL, query | {"format": "csv"})
    assert unquote(response["Content-Disposition"]).endswith(
        "디지털정책관_정책사업 × 통계목 예산현액_2022-09-30_2022-10-31.csv"
    )
    head, total, wifi, *_ = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    assert head[:5] == [
        "정책사업",
        "계 ’22. 9. 30.(천원)",
        "계 ’22. 10. 31.(천원)",
        "계 차이(천원)",
        "01 사무관리비 ’22. 9. 30.(천원)",
    ]
    assert wifi[:7] == ["스마트도시 조성", "4000", "4200", "200", "1000", "1200", "200"]


def test_workbook_has_rates_as_numbers(manager_client):
    response = manager_client.get(URL, {"measure": "rate", "download": "cross-tab", "format": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert sheet["A1"].value == "부서 × 회계 집행률(원인행위)"
    assert [cell.value for cell in sheet[4]] == ["계", 66.9, 74.5, 18.3, 70.1]


def test_files_hold_more_rows_than_the_page(manager_client, files):
    unit = Department.objects.get(slug="data-center")
    source = Source.objects.get(as_of=date(2022, 10, 31))
    spend_lines(source, unit, 150)
    table = manager_client.get(URL, {"rows": "detailed"}).context["tables"]["cross-tab"]
    assert (len(table.rows), table.rows[-1].cells[0].value) == (101, "그 밖의 세부사업 54개")
    query = {"rows": "detailed", "download": "cross-tab", "format": "csv"}
    assert len(manager_client.get(URL, query).content.decode().splitlines()) == 1 + 1 + 153


def test_page_asks_the_database_so_often(staff_client, files, django_assert_num_queries):
    staff_client.get(URL)
    with django_assert_num_queries(7):
        staff_client.get(URL)
    with django_assert_num_queries(12):
        staff_client.get(URL, {"from": "2022-09-30"})


def test_malicious_names_stay_text(staff_client, files):
    evil = "<script>alert(1)</script>"
    Department.objects.filter(slug="data-center").update(name=evil)
    content = staff_client.get(URL).content.decode()
    assert "alert(1)" in content
    assert evil not in content
