import io
from datetime import date
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from seoul_digital.lib.tables import Cell, Column, Row, Table
from seoul_digital.lib.xlsx.export import Drawn, tables_to_xlsx, to_csv, to_xlsx
from seoul_digital.lib.xlsx.writer import Book


def revenue():
    columns = [
        Column("과목"),
        Column("2022\n예산현액", "thousand"),
        Column("증감액", "signed_thousand", group="증감"),
        Column("증감률", "percent", group="증감"),
        Column("비고"),
    ]
    rows = [
        Row(["계", 17_370_899_000, 553_272_000, Fraction(553_272, 16_817_627) * 100, ""], total=True),
        Row(
            [
                "임시적세외수입",
                Cell(954_794_000, computed=5_878_506_000),
                61_774_000,
                Fraction(61_774, 893_020) * 100,
                "소계",
            ],
            level=1,
        ),
        Row(["=1+1", None, -357_739_000, "순증", "@SUM(A1)"], level=2),
    ]
    return Table(
        "revenue",
        "세입 예산: 총괄",
        columns,
        rows,
        unit="천원, %",
        as_of=date(2022, 8, 29),
        notes=["※ 원인행위 기준"],
    )


def sheet_of(table):
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(table))).active


def test_a_workbook_read_by_openpyxl():
    sheet = sheet_of(revenue())
    assert sheet.title == "세입 예산  총괄"
    assert list(sheet.iter_rows(values_only=True)) == [
        ("세입 예산: 총괄", None, None, None, None, None),
        ("2022. 8. 29. 기준 · (단위: 천원, %)", None, None, None, None, None),
        ("과목", "2022 예산현액", "계산값 ◆", "증감", None, "비고"),
        (None, None, None, "증감액", "증감률", None),
        ("계", 17_370_899, None, 553_272, 3.3, None),
        ("임시적세외수입", 954_794, 5_878_506, 61_774, 6.9, "소계"),
        ("=1+1", None, None, -357_739, "순증", "@SUM(A1)"),
        (None, None, None, None, None, None),
        ("※ 원인행위 기준", None, None, None, None, None),
    ]


def test_a_workbook_read_by_calamine():
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(revenue()))).get_sheet_by_index(0)
    assert sheet.to_python()[5] == ["임시적세외수입", 954_794, 5_878_506, 61_774, 6.9, "소계"]
    assert sheet.to_python()[6] == ["=1+1", "", "", -357_739, "순증", "@SUM(A1)"]


def test_text_never_becomes_a_formula():
    sheet = sheet_of(revenue())
    assert [cell.data_type for cell in sheet[7]] == ["s", "n", "n", "n", "s", "s"]


def test_number_formats_write_negatives_with_a_triangle():
    sheet = sheet_of(revenue())
    assert sheet["B5"].number_format == '#,##0;"△"#,##0;"-"'
    assert sheet["D7"].number_format == '"+"#,##0;"△"#,##0;"-"'
    assert sheet["E5"].number_format == '0.0"%";"△"0.0"%";0.0"%"'


def test_the_sheet_prints_on_a4_with_its_head_on_every_page():
    sheet = sheet_of(revenue())
    assert sheet.freeze_panes == "B5"
    assert sheet.print_title_rows == "$3:$4"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0  # as many pages as it takes; one wide is the default
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {
        "A3:A4",
        "B3:B4",
        "C3:C4",
        "D3:E3",
        "F3:F4",
    }


def test_csv_to_the_byte():
    assert to_csv(revenue()) == (
        b"\xef\xbb\xbf"
        + "과목,2022 예산현액(천원),2022 예산현액 계산값 ◆(천원),증감액(천원),증감률(%),비고\r\n"
        "계,17370899,,553272,3.3,\r\n"
        "임시적세외수입,954794,5878506,61774,6.9,소계\r\n"
        "'=1+1,,,-357739,순증,'@SUM(A1)\r\n".encode()
    )


def test_csv_quotes_what_it_must():
    table = Table("t", "표", [Column("내용")], [Row(['그는 "네", 했다\n끝'])])
    assert to_csv(table) == b"\xef\xbb\xbf" + '내용\r\n"그는 ""네"", 했다\n끝"\r\n'.encode()


def test_the_second_line_of_a_cell_is_exported():
    table = Table("t", "표", [Column("이름")], [Row([Cell("공공와이파이", lines=["정보통신보안담당관"])])])
    assert sheet_of(table)["A4"].value == "공공와이파이\n정보통신보안담당관"


def test_an_empty_table_is_still_a_workbook():
    table = Table("t", "빈 표", [Column("이름"), Column("수", "count")], [])
    assert [cell.value for cell in sheet_of(table)[3]] == ["이름", "수"]


def test_several_tables_are_sheets_of_one_workbook():
    names = ["요약", "인력/조직", "요약", "가" * 40, "가" * 40, "Data", "DATA", "[]"]
    tables = [
        Table(f"t{number}", name, [Column("값", "count")], [Row([number])])
        for number, name in enumerate(names)
    ]
    book = openpyxl.load_workbook(io.BytesIO(tables_to_xlsx(tables, "두 날 비교")))
    assert book.sheetnames == [
        "요약",
        "인력 조직",
        "요약 (2)",
        "가" * 31,
        f"{'가' * 27} (2)",
        "Data",
        "DATA (2)",
        "표",
    ]
    assert [sheet["A4"].value for sheet in book] == list(range(8))
    assert book.properties.title == "두 날 비교"


def test_differences_are_numbers_with_their_sign():
    columns = [
        Column("부서"),
        Column("현원", "signed"),
        Column("예산", "signed_million"),
        Column("값", "signed"),
    ]
    sheet = sheet_of(Table("t", "차이", columns, [Row(["데이터센터", 7, 500_000_000, Decimal("-0.5")])]))
    assert [cell.value for cell in sheet[4]] == ["데이터센터", 7, 500, -0.5]
    assert [cell.number_format for cell in sheet[4][1:]] == [
        '"+"#,##0;"△"#,##0;"-"',
        '"+"#,##0;"△"#,##0;"-"',
        '"+"#,##0.0;"△"#,##0.0;"-"',
    ]


def differences(*values):
    columns = [Column("구분"), Column("앞", "count"), Column("뒤", "count"), Column("차이", "signed")]
    return Table("t", "변화", columns, [Row(["계", *values])])


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ((5, 8, 3), "f"),
        ((5, 8, 4), "n"),
        ((None, 8, 8), "n"),
        (("없음", 8, 8), "n"),
        ((Cell(5, computed=6), 8, 3), "n"),
    ],
    ids=["live", "no difference of these", "unknown", "a word", "a computed value beside"],
)
def test_differences_may_be_live(values, kind):
    out = io.BytesIO()
    with Book(out, "변화") as book:
        drawn = Drawn(book, book.sheet("변화"), differences(*values), top=10, is_live=True)
        drawn.write()
    cell = openpyxl.load_workbook(out).active[drawn.first_row + 1][-1]
    assert (drawn.end, cell.data_type) == (14, kind)
    assert cell.value == "=C14-B14" if kind == "f" else values[-1]
    assert openpyxl.load_workbook(out, data_only=True).active[14][-1].value == values[-1]
