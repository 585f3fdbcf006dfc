"""Down from a department's budget to its objects, and out as files of any length."""

import csv
from io import BytesIO, StringIO

import openpyxl
import pytest

from departments.models import Department
from tests.factories import make_expenditure, spend
from tests.report.seen import Page

pytestmark = pytest.mark.engine

URL = "/budgets/expenditure/data-center/"


@pytest.fixture
def programmes(seeded):
    """Amounts in 천원: two policies; the second has units without a name; one line's execution is not known."""
    unit = Department.objects.get(slug="data-center")
    source = make_expenditure(
        Department.objects.get(slug="digital-policy-bureau"), "2022-08-31", department=unit
    )
    lines = [
        ("운영", "통합", "망 운영", "사무관리비", 100, 90),
        ("운영", "통합", "망 운영", "공공운영비", 300, 100),
        ("운영", "통합", "서버 운영", "사무관리비", 50, 50),
        ("=확충", "", "증설", "시설비", 500, 20),
        ("=확충", "", "이전", "시설비", 50, None),
    ]
    for number, (policy, group, detailed, name, current, committed) in enumerate(lines):
        spend(
            source,
            unit,
            current,
            committed,
            account="general",
            policy=policy,
            unit=group,
            detailed=detailed,
            object_name=name,
            order=number,
            disbursed=committed,
        )


def rows(client, name="programmes", **query):
    table = client.get(URL, query).context["tables"][name]
    return [[getattr(cell, "value", cell) for cell in row.cells] for row in table.rows]


def test_policies_with_execution(staff_client, programmes):
    assert rows(staff_client) == [
        ["계", 1_000_000, None, None, None, None, 5],
        ["운영", 450_000, 240_000, pytest.approx(53.33, abs=0.01), 240_000, 210_000, 3],
        ["=확충", 550_000, None, None, None, None, 2],
    ]
    seen = Page(staff_client.get(URL).content.decode())
    assert seen.shows("정책사업 1개 가운데 1개가 진도선에 못 미칩니다.")


@pytest.mark.usefixtures("pages_made_anew")
def test_down_to_the_objects(staff_client, programmes):
    assert [row[0] for row in rows(staff_client, policy="운영")] == ["계", "통합"]
    assert [row[0] for row in rows(staff_client, policy="운영", unit="통합")] == [
        "계",
        "망 운영",
        "서버 운영",
    ]
    query = {"policy": "운영", "unit": "통합", "detailed": "망 운영"}
    response = staff_client.get(URL, query)
    assert "programmes" not in response.context["tables"]
    assert [row[2] for row in rows(staff_client, "lines", **query)] == ["사무관리비", "공공운영비"]
    seen = Page(response.content.decode())
    assert seen.shows("망 운영")
    assert seen.shows("예산현액 40만 원 가운데 47.5%를 집행(원인행위)했습니다. 진도선은 66.6%입니다.")


@pytest.mark.usefixtures("pages_made_anew")
def test_a_level_without_names_is_passed_over(staff_client, programmes):
    response = staff_client.get(URL, {"policy": "=확충"})
    assert response.context["level"] == "세부사업"
    assert [row[0] for row in rows(staff_client, policy="=확충")] == ["계", "증설", "이전"]


def test_links_lead_down_and_back(staff_client, programmes):
    content = staff_client.get(URL, {"as_of": "2022-09-01", "policy": "운영"}).content.decode()
    assert "?as_of=2022-09-01&amp;policy=%EC%9A%B4%EC%98%81&amp;unit=%ED%86%B5%ED%95%A9" in content
    assert '<a href="/budgets/expenditure/data-center/?as_of=2022-09-01">데이터센터</a>' in content


def test_a_programme_that_is_not_there(staff_client, programmes):
    assert staff_client.get(URL, {"policy": "없음"}).status_code == 404
    assert staff_client.get(URL, {"policy": "가" * 5_000}).status_code == 404


def test_a_total_without_programmes_is_only_lines(staff_client, seeded):
    assert "programmes" not in staff_client.get(URL).context["tables"]


def test_the_lines_of_any_level_as_csv(manager_client, programmes):
    response = manager_client.get(URL, {"policy": "=확충", "download": "lines", "format": "csv"})
    assert response.streaming
    text = response.getvalue().decode("utf-8-sig")
    assert list(csv.reader(StringIO(text))) == [
        [
            "회계",
            "정책사업",
            "단위사업",
            "세부사업",
            "세부사업 코드",
            "편성목",
            "통계목",
            "예산현액(천원)",
            "원인행위액(천원)",
            "집행률 (원인행위)(%)",
            "지출액(천원)",
            "집행잔액 (원인행위 기준)(천원)",
        ],
        ["일반회계", "'=확충", "", "증설", "", "", "시설비", "500", "20", "4.0", "20", "480"],
        ["일반회계", "'=확충", "", "이전", "", "", "시설비", "50", "", "", "", ""],
    ]


def test_the_lines_of_any_level_as_a_workbook(manager_client, programmes):
    response = manager_client.get(URL, {"policy": "=확충", "download": "lines", "format": "xlsx"})
    assert response.streaming
    assert (
        "%EB%8D%B0%EC%9D%B4%ED%84%B0%EC%84%BC%ED%84%B0%20%3D%ED%99%95%EC%B6%A9"
        in response["Content-Disposition"]
    )
    sheet = openpyxl.load_workbook(BytesIO(response.getvalue())).active
    assert sheet["A1"].value == "데이터센터 =확충 세출 내역"
    assert [cell.value for cell in sheet[4]] == [
        "일반회계",
        "=확충",
        None,
        "증설",
        None,
        None,
        "시설비",
        500,
        20,
        4,
        20,
        480,
    ]
    assert (sheet["B4"].data_type, sheet["H4"].number_format) == ("s", '#,##0;"△"#,##0;"-"')


def test_files_are_for_those_who_may_take_them_out(staff_client, programmes):
    assert staff_client.get(URL, {"download": "lines"}).status_code == 403


def test_an_unknown_format_is_not_found(manager_client, programmes):
    assert manager_client.get(URL, {"download": "lines", "format": "exe"}).status_code == 404


@pytest.mark.parametrize(
    ("query", "queries"),
    [({}, 11), ({"policy": "운영"}, 12), ({"policy": "운영", "unit": "통합", "detailed": "망 운영"}, 10)],
)
def test_so_often_is_the_database_asked(staff_client, programmes, django_assert_num_queries, query, queries):
    staff_client.get(URL, query)
    with django_assert_num_queries(queries):
        staff_client.get(URL, query)
