"""Every table of every page downloads: numbers as numbers, text never as a formula."""

import csv
import io
from urllib.parse import unquote

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from core.pages import columns_for
from departments.models import Department
from seoul_digital.lib.tables import NUMBER_KINDS, as_cell
from tests.samples import each
from tests.test_pages import PAGES, at


def tables_of(client, url):
    """Those of the page, and those under its figures."""
    context = client.get(url).context
    figures = context.get("figures") or {}  # home makes its own block by block
    under = [figure.table for figure in figures.values() if figure.table] if isinstance(figures, dict) else []
    return {table.name: table for table in [*under, *(context.get("tables") or {}).values()]}.values()


def content_of(response):
    """The file, also where it is streamed."""
    return response.getvalue()


def rows_of_csv(response):
    return list(csv.reader(io.StringIO(content_of(response).decode("utf-8-sig"))))


@pytest.mark.parametrize("url", each(9, PAGES))
def test_every_table_downloads(manager_client, monkeypatch, url):
    # The page shows what its file has, columns of files alone included, so that the file is held against all of them.
    monkeypatch.setattr("core.pages.columns_for", lambda table, use: columns_for(table, "file"))
    for table in tables_of(manager_client, url):
        for file_format in ("xlsx", "csv"):
            response = manager_client.get(at(url, download=table.name, format=file_format))
            assert response.status_code == 200, table.name
            name = unquote(response["Content-Disposition"])
            days = f"{table.since}_{table.as_of}" if table.since else table.as_of
            assert name.startswith("attachment; filename*=utf-8''디지털정책관_")
            assert name.endswith(f"_{table.title}_{days}.{file_format}")
            check = check_workbook if file_format == "xlsx" else check_csv
            check(response, table)


def test_files_of_a_project_and_of_a_unit_are_named_after_them(manager_client):
    urls = (
        "/projects/public-wifi/?download=milestones&format=csv",
        "/departments/digital-policy/?download=projects&format=csv",
        "/departments/digital-policy-bureau/?download=projects&format=csv",
    )
    names = [unquote(manager_client.get(url)["Content-Disposition"]) for url in urls]
    assert [name.partition("''")[2] for name in names] == [
        "디지털정책관_1. 공공와이파이 확충 및 시민 이용편의 제고_실적과 일정_2022-08-29.csv",
        "디지털정책관_디지털정책담당관_주요 사업_2022-08-29.csv",
        "디지털정책관_주요 사업_2022-08-29.csv",
    ]


def check_workbook(response, table):
    """Two readers find the same; what is a number on the page is one in the file."""
    content = content_of(response)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    other = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert (sheet["A1"].value, other[0][0]) == (table.title, table.title)
    first = 5 if table.has_groups else 4
    for number, row in enumerate(table.rows, first):
        numbers = [cell.value for cell in sheet[number] if isinstance(cell.value, int | float)]
        assert [value for value in other[number - 1] if isinstance(value, int | float)] == numbers
        assert len(numbers) == count_of_numbers(table, row), row
        assert not any(cell.data_type == "f" for cell in sheet[number])


def check_csv(response, table):
    is_streamed = response.streaming  # an export of its own, whose columns tests/budgets looks at
    head, *rows = rows_of_csv(response)
    assert len(rows) == len(table.rows)
    if is_streamed:
        return
    assert len(head) >= len(table.columns)
    for shown, row in zip(rows, table.rows, strict=True):
        assert len(shown) == len(head)
        if not row.is_heading_only and as_cell(row.cells[0]).value is not None:
            opening = str(as_cell(row.cells[0]).value)[:5]
            assert shown[0].startswith((opening, f"'{opening}"))


def count_of_numbers(table, row):
    """Cells that hold a number, and the computed ones beside those that disagree."""
    pairs = [
        (column, as_cell(cell))
        for column, cell in zip(table.columns, row.cells, strict=False)
        if column.kind in NUMBER_KINDS
    ]
    values = [value for _, cell in pairs for value in (cell.value, cell.computed)]
    return sum(value is not None and not isinstance(value, str) for value in values)


WORKBOOKS = [
    url
    for url in PAGES
    if "search" not in url and not url.startswith(("/departments/", "/budgets/expenditure/ict"))
]


# The home page hands its tables to its template in blocks that are remembered.
OF_HOME = ["부서별 집행률", "전년 대비 예산 증감", "주요 사업", "인력", "확인이 필요한 것", "기준일 뒤 90일"]


@pytest.mark.parametrize(
    "url", each(5, [*WORKBOOKS, "/departments/", "/integrity/", "/compare/?from=2020-01-31&to=2022-08-29"])
)
def test_every_page_downloads_as_one_workbook(manager_client, url):
    page = manager_client.get(url)
    told = [table.title for table in page.context["tables"].values() if table.rows]
    assert "이 화면 엑셀로" in page.content.decode()
    response = manager_client.get(at(url, download="all", format="xlsx"))
    assert unquote(response["Content-Disposition"]).startswith(
        "attachment; filename*=utf-8''업무보고_디지털정책관_"
    )
    assert unquote(response["Content-Disposition"]).endswith("2022-08-29.xlsx")
    sheets = openpyxl.load_workbook(io.BytesIO(content_of(response))).worksheets
    assert [sheet["A1"].value for sheet in sheets][: len(told)] == told
    more = {
        "/": len(OF_HOME),
        "/departments/": 1,
        "/projects/public-wifi/": 1,
        "/projects/internet-of-things/": 1,
    }  # what the page shows otherwise
    assert len(sheets) - len(told) == more.get(url, 0)
    assert url != "/" or [sheet["A1"].value for sheet in sheets] == OF_HOME


def test_what_a_page_shows_in_lists_is_in_its_workbook(manager_client):
    book = openpyxl.load_workbook(io.BytesIO(content_of(manager_client.get("/?download=all"))))
    assert [cell.value for cell in book["인력"][4]] == [266, 258, -8]
    assert book["확인이 필요한 것"].max_row > 10 and book["기준일 뒤 90일"].max_row > 10
    units = openpyxl.load_workbook(io.BytesIO(content_of(manager_client.get("/departments/?download=all"))))[
        "조직"
    ]
    assert [
        (row[0].value, row[1].value, row[0].alignment.indent) for row in units.iter_rows(min_row=4, max_row=6)
    ] == [
        ("디지털정책관", "국·정책관", 0),
        ("디지털정책담당관", "담당관", 1),
        ("사물인터넷팀", "팀", 2),
    ]
    book = openpyxl.load_workbook(
        io.BytesIO(content_of(manager_client.get("/projects/public-wifi/?download=all")))
    )
    lines = [tuple(cell.value for cell in row) for row in book["보고 내용"].iter_rows(min_row=4)]
    assert ("담당", "최인호 ☎1357") in lines
    assert ("사업예산", "8,617백만원") in lines
    assert ("추진실적", "※ 서울시 공공와이파이 운영현황 : 총 28,006대") in [
        (part, line.strip()) for part, line in lines
    ]


@pytest.mark.parametrize(
    ("slug", "name", "sheets"),
    [
        ("data-center", "데이터센터", ["요약", "조직", "인력", "주요업무", "세출", "용어", "자료"]),
        (
            "public-wifi-team",
            "공공와이파이팀",
            ["요약", "조직", "주요사업", "추진일정", "사업 1", "지표", "용어", "자료"],
        ),
    ],
)
def test_a_unit_downloads_as_one_workbook(manager_client, slug, name, sheets):
    assert "이 부서 엑셀로" in manager_client.get(f"/departments/{slug}/").content.decode()
    response = manager_client.get(f"/departments/{slug}/?download=all&format=xlsx")
    assert (
        unquote(response["Content-Disposition"])
        == f"attachment; filename*=utf-8''업무보고_{name}_2022-08-29.xlsx"
    )
    assert openpyxl.load_workbook(io.BytesIO(content_of(response))).sheetnames == sheets


def test_the_bureau_downloads_as_the_whole_report(manager_client):
    content = content_of(manager_client.get("/departments/digital-policy-bureau/?download=all"))
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames[-2:] == ["변경사항", "자료"]


@pytest.mark.parametrize("url", ["/departments/data-center/", "/", "/projects/"])
def test_workbooks_are_for_those_who_may_take_them_out(staff_client, url):
    assert "엑셀로" not in staff_client.get(url).content.decode()
    assert staff_client.get(at(url, download="all")).status_code == 403


def test_expenditure_numbers_are_numbers(manager_client):
    response = manager_client.get("/budgets/expenditure/?download=expenditure&format=xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content_of(response))).get_sheet_by_index(0).to_python()
    total = next(row for row in rows if row[0] == "계")
    assert total == ["계", 143204842, 121405762, 21799080, 18.0, 95839632, 66.9, 0.9]
    center = next(row for row in rows if row[0] == "데이터센터")
    assert center == ["데이터센터", 46706677, 25923001, 20783676, 80.2, 25640449, 54.9, -11.1]


def test_revenue_keeps_the_misprint_and_what_it_adds_up_to(manager_client):
    head, *rows = rows_of_csv(manager_client.get("/budgets/revenue/?download=revenue&format=csv"))
    assert head == [
        "구분", "2022 예산현액(천원)", "2022 예산현액 계산값 ◆(천원)", "2021 최종예산(천원)", "2021 최종예산 계산값 ◆(천원)",
        "증감액(천원)", "증감액 계산값 ◆(천원)", "증감률(%)", "증감률 계산값 ◆(%)",
    ]  # fmt: skip
    assert rows[8] == [
        "임시적세외수입",
        "954794",
        "5878506",
        "893020",
        "2422479",
        "61774",
        "3456027",
        "6.9",
        "142.7",
    ]
    assert rows[4] == ["주차요금수입", "642720", "", "0", "", "642720", "", "순증", ""]


def test_a_filtered_table_downloads_filtered(manager_client):
    response = manager_client.get("/budgets/expenditure/?account=special&download=expenditure&format=csv")
    assert [row[0] for row in rows_of_csv(response)] == ["구분", "계", "정보통신보안담당관"]


@pytest.mark.thorough
@pytest.mark.parametrize("url", each(3, PAGES))
def test_an_unknown_table_is_not_found(manager_client, url):
    assert manager_client.get(at(url, download="../nothing")).status_code == 404


def test_an_unknown_format_is_not_found(manager_client):
    assert manager_client.get("/budgets/expenditure/?download=expenditure&format=pdf").status_code == 404


def test_a_name_that_looks_like_a_formula_is_text_in_a_file(manager_client):
    Department.objects.filter(slug="data-center").update(name='=HYPERLINK("http://x")')
    url = "/budgets/expenditure/?download=expenditure"
    sheet = openpyxl.load_workbook(io.BytesIO(content_of(manager_client.get(at(url, format="xlsx"))))).active
    cell = next(row[0] for row in sheet.iter_rows() if str(row[0].value).startswith("=HYPER"))
    assert cell.data_type == "s"
    assert '\'=HYPERLINK("http://x")' in [
        row[0] for row in rows_of_csv(manager_client.get(at(url, format="csv")))
    ]
