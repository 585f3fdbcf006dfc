"""The managers' workbook, by the report of 2022-08-29."""

import io
import re
from datetime import date

import openpyxl
import pytest

from reports.formats import FORMATS
from reports.workbook import to_xlsx

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def opened(content, **options):
    return openpyxl.load_workbook(io.BytesIO(content), **options)


@pytest.fixture(scope="module")
def content(seeded_reports):
    return to_xlsx(*seeded_reports)


@pytest.fixture(scope="module")
def book(content):
    return opened(content)


@pytest.fixture(scope="module")
def values(content):
    return opened(content, data_only=True)


def row_of(sheet, name, column=1):
    return next(row for row in sheet.iter_rows() if row[column - 1].value == name)


def words(row):
    return [cell.value for cell in row]


# The seeded report


def test_a_sheet_for_each_part(book):
    projects = [f"사업 {number}" for number in range(1, 12)]
    before = ["요약", "조직", "인력", "주요업무", "세입", "세출", "비전·전략", "주요사업", "추진일정"]
    assert book.sheetnames == [*before, *projects, "지표", "용어", "변경사항", "자료"]


def test_the_same_bytes_for_the_same_report(content, seeded_reports):
    assert to_xlsx(*seeded_reports) == content
    assert FORMATS["xlsx"].write(*seeded_reports) == content


def test_staff_is_added_up_by_formulas(book, values):
    total, unit = row_of(book["인력"], "계"), row_of(book["인력"], "데이터센터")
    assert words(total)[1:4] == ["=SUM(B6:B13)", "=SUM(C6:C13)", "=C5-B5"]
    assert words(unit)[1:] == [69, "=E12", "=C12-B12", "=SUM(F12:H12)", 51, 9, 3, "=C12/B12"]
    assert words(row_of(values["인력"], "계")) == [
        "계",
        266,
        258,
        -8,
        258,
        224,
        26,
        8,
        pytest.approx(258 / 266),
    ]
    assert {str(merged) for merged in book["인력"].merged_cells.ranges} == {
        "A3:A4",
        "B3:B4",
        "C3:C4",
        "D3:D4",
        "E3:H3",
        "I3:I4",
    }


def test_what_disagrees_stands_with_its_computed_value(book, values):
    row = row_of(book["세입"], "임시적세외수입")
    assert words(row)[1:5] == [954_794, 893_020, 61_774, 0.069]
    assert [cell.number_format for cell in row[1:3]] == ['"◆ "#,##0;"◆ ""△"#,##0;"◆ ""-"'] * 2
    assert words(row)[6:9] == ["=SUM(B14:B18)", "=SUM(C14:C18)", "=G13-H13"]
    assert words(row_of(values["세입"], "임시적세외수입"))[6:] == [
        5_878_506,
        2_422_479,
        3_456_027,
        pytest.approx(1.426648899743),
    ]
    assert (
        row_of(book["세입"], "세외수입")[1].value == "=SUM(B7,G13,B19)"
    )  # of the computed one, for so it comes to what is printed


def test_a_difference_of_rounding_bears_no_mark(book, values):
    total = row_of(book["세출"], "계")
    assert (total[5].value, total[5].number_format) == (95_839_632, '#,##0;"△"#,##0;"-"')
    assert (total[10].value, row_of(values["세출"], "계")[10].value) == ("=SUM(F8:F13,F16:F17)", 95_839_631)
    assert row_of(values["세출"], "계")[7].value == 47_365_210  # the balance of what is printed


def test_accounts_make_up_their_department(book):
    assert words(row_of(book["세출"], "정보통신보안담당관"))[1:5] == [
        "=SUM(B14:B15)",
        "=SUM(C14:C15)",
        "=B13-C13",
        '=IF(C13=0,IF(B13>0,"순증",IF(B13<0,"순감","-")),(B13-C13)/ABS(C13))',
    ]


def test_the_pace_follows_its_day(book, values):
    sheet = book["세출"]
    assert (sheet["B3"].value.date(), values["세출"]["D3"].value) == (
        date(2022, 8, 29),
        pytest.approx(241 / 365),
    )
    assert sheet["D3"].value == "=MIN(MAX((B3-DATE(2022,1,1)+1)/(DATE(2022,12,31)-DATE(2022,1,1)+1),0),1)"
    assert words(row_of(sheet, "데이터센터"))[8:10] == ["=진도율", "=(G16-I16)*100"]


def test_new_money_is_called_so(values):
    assert row_of(values["세입"], "주차요금수입")[4].value == "순증"


def test_key_figures_have_names_and_stand_in_the_summary(book, values):
    names = {name: defined.attr_text for name, defined in book.defined_names.items()}
    assert names["정원"] == "'인력'!$B$5"
    assert {
        "현원",
        "과부족",
        "세입_예산현액",
        "세출_예산현액",
        "세출_집행액",
        "세출_집행률",
        "진도율",
        "사업예산_백만원",
    } <= set(names)
    sheet, shown = book["요약"], values["요약"]
    figures = {
        row[2].value: shown.cell(row[2].row, 3).value for row in sheet.iter_rows() if row[2].data_type == "f"
    }
    assert [
        figures[f"={name}"] for name in ("정원", "과부족", "세출_집행액", "사업예산_백만원", "일정_완료")
    ] == [
        266,
        -8,
        95_839_632,
        36_248,
        19,
    ]
    assert figures["=세출_집행률"] == pytest.approx(0.6692485370)


def test_the_summary_leads_to_every_sheet(book):
    links = {cell.hyperlink.location for row in book["요약"].iter_rows() for cell in row if cell.hyperlink}
    assert {f"'{name}'!A1" for name in book.sheetnames} - links == {"'요약'!A1"}


def test_links_lead_to_sheets(book):
    links = {
        cell.hyperlink.location
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink
    }
    assert {re.fullmatch(r"'(.+)'!A1", link)[1] for link in links} <= set(book.sheetnames)


def test_what_disagrees_is_listed_in_the_summary(values):
    rows = [
        words(row) for row in values["요약"].iter_rows() if str(row[1].value).startswith("임시적세외수입")
    ]
    assert [row[1:4] for row in rows] == [
        ["임시적세외수입 2022 예산현액", 954_794, 5_878_506],
        ["임시적세외수입 2021 최종예산", 893_020, 2_422_479],
        ["임시적세외수입 증감액", 61_774, 3_456_027],
        ["임시적세외수입 증감률", 0.069, pytest.approx(1.426648899743)],
    ]


def test_projects_count_their_milestones_by_formulas(book, values):
    row = row_of(book["주요사업"], "공공와이파이 확충 및 시민 이용편의 제고", 2)
    assert row[6].value == '=COUNTIFS(추진일정!$A$4:$A$71,1,추진일정!$H$4:$H$71,"완료")'
    assert book["추진일정"].max_row == 71
    assert words(row_of(values["주요사업"], "공공와이파이 확충 및 시민 이용편의 제고", 2))[5:] == [
        8_617,
        3,
        1,
        2,
        0,
    ]
    assert words(row_of(values["주요사업"], "계"))[5:] == [36_248, 19, 29, 15, 5]


def test_a_project_has_its_text_tables_and_money(book, values):
    sheet = values["사업 1"]
    assert row_of(sheet, "ㅇ 디지털뉴딜(1차사업) 연계 공공와이파이 4,530대 설치(’21.11.~’22.4.)")
    numbers = next(row for row in sheet.iter_rows() if row[0].value == 28_006)
    assert [cell.value for cell in numbers if cell.value] == [
        28006,
        3329,
        636,
        2150,
        2542,
        1389,
        4021,
        4960,
        7393,
        1586,
    ]
    funds = [words(row)[:3] for row in values["사업 10"].iter_rows() if row[0].value in ("市", "재단", "계")]
    assert funds == [["市", None, 183], ["재단", None, 890], ["계", None, 1_073]]
    assert next(row[2].value for row in book["사업 10"].iter_rows() if row[0].value == "계").startswith(
        "=SUM(C"
    )


def test_indicators_of_parts_are_added_up(book, values):
    row = next(row for row in book["지표"].iter_rows() if row[5].value == "28,006대")
    assert row[3].value.startswith("=SUM(D")
    assert values["지표"].cell(row[0].row, 4).value == 28_006
    other = next(
        row for row in book["지표"].iter_rows() if row[11].value == "정보화 용어 설명 5G 표에는 20배"
    )
    assert (other[3].value, other[3].number_format[:5]) == (200, '"◆ "#')


def test_changes_are_differences_of_their_cells(book, values):
    sheet = book["변경사항"]
    row = row_of(sheet, "데이터센터")
    assert row[3].value == f"=C{row[0].row}-B{row[0].row}"
    old, new, change = (values["변경사항"].cell(row[0].row, column).value for column in (2, 3, 4))
    assert (old, new, change) == (64, 69, 5)


def test_sources_and_the_hash_of_the_report(values, seeded_reports):
    from hashlib import sha256

    sheet = values["자료"]
    assert row_of(sheet, "SHA-256")[1].value == sha256(FORMATS["json"].write(*seeded_reports)).hexdigest()
    assert words(row_of(sheet, "인력"))[1:5] == [
        "2022. 8. 29.",
        "디지털정책관 업무보고, Ⅰ. 일반현황",
        "인력",
        "명",
    ]


def test_every_sheet_prints_on_a4_under_its_head(book):
    for sheet in book:
        page = sheet.page_setup
        assert (page.paperSize, sheet.sheet_properties.pageSetUpPr.fitToPage, page.fitToHeight) == (
            9,
            True,
            0,
        )
        assert sheet.oddFooter.center.text == "&P / &N"
        if sheet.title not in ("요약", "비전·전략", "변경사항"):  # which fit a page, or have several tables
            assert sheet.print_title_rows and sheet.freeze_panes, sheet.title


def test_native_charts_draw_the_cells(book):
    charts = {sheet.title: sheet._charts for sheet in book if sheet._charts}
    assert set(charts) == {"인력", "세출"}
    execution = charts["세출"][0]
    assert execution.series[0].val.numRef.f == "세출!$G$8:$G$17"
    assert [round(point.v, 4) for point in execution.series[0].val.numRef.numCache.pt][:2] == [0.7677, 0.8826]
