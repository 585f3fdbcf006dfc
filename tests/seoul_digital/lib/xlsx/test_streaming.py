"""Tables too long for the memory, written row by row."""

import zipfile

import openpyxl
import pytest

from seoul_digital.lib.tables import Column
from seoul_digital.lib.xlsx.streaming import csv_parts, in_thousands, label_of, percent, xlsx_file

COLUMNS = [Column("부서"), Column("예산현액", "thousand"), Column("집행률", "percent")]
ROWS = [["데이터센터", 46_706_677, 66.9], ["=1+1", None, None], [None, 1.5, 0.0]]


@pytest.mark.parametrize(
    ("won", "thousands"), [(None, None), (5_000, 5), (5_500, 5.5), (-1_500, -1.5), (0, 0)]
)
def test_in_thousands(won, thousands):
    assert in_thousands(won) == thousands


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(1, 3, 33.3), (1, 2, 50.0), (2, 3, 66.7), (-1, 3, -33.3), (1, 8, 12.5), (1, 0, None), (None, 3, None)],
)
def test_percent(part, whole, expected):
    assert percent(part, whole) == expected


def test_label_of_a_column_names_its_unit():
    assert [label_of(column) for column in COLUMNS] == ["부서", "예산현액(천원)", "집행률(%)"]


def test_csv_parts_come_piece_by_piece(monkeypatch):
    monkeypatch.setattr("seoul_digital.lib.xlsx.streaming.ROWS_AT_ONCE", 2)
    parts = list(csv_parts(COLUMNS, ROWS))
    assert len(parts) == 2
    assert b"".join(parts).decode() == (
        "\ufeff부서,예산현액(천원),집행률(%)\r\n데이터센터,46706677,66.9\r\n'=1+1,,\r\n,1.5,0.0\r\n"
    )


def test_xlsx_file_has_numbers_as_numbers_and_no_formulas():
    with xlsx_file("예산", "2022. 8. 29. 기준", COLUMNS, ROWS) as file:
        sheet = openpyxl.load_workbook(file).active
    assert sheet["A1"].value == "예산"
    assert [cell.value for cell in sheet[3]] == ["부서", "예산현액", "집행률"]
    assert [cell.value for cell in sheet[4]] == ["데이터센터", 46_706_677, 66.9]
    assert (sheet["A5"].value, sheet["A5"].data_type) == ("=1+1", "s")


def test_xlsx_file_has_texts_as_they_are():
    odd = [" 앞뒤 ", '<&>"', "a\nb", "a\x01b", "_x0041_", "가" * 40_000]
    with xlsx_file("예산", "기준", COLUMNS[:1], [[text] for text in odd]) as file:
        sheet = openpyxl.load_workbook(file).active
    assert [sheet.cell(row, 1).value for row in range(4, 10)] == [
        " 앞뒤 ",
        '<&>"',
        "a\nb",
        "a_x0001_b",
        "_x005F_x0041_",
        "가" * 32_767,
    ]


def test_xlsx_file_is_read_by_other_libraries(tmp_path):
    from python_calamine import CalamineWorkbook

    with xlsx_file("예산", "기준", COLUMNS, [*ROWS, ["끝", -0.1, 12345678901234]]) as file:
        (tmp_path / "a.xlsx").write_bytes(file.read())
    rows = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_index(0).to_python()
    assert rows[3:] == [
        ["데이터센터", 46_706_677, 66.9],
        ["=1+1", "", ""],
        ["", 1.5, 0.0],
        ["끝", -0.1, 12345678901234],
    ]


def test_xlsx_file_of_no_rows_has_its_head():
    with xlsx_file("예산", "기준", COLUMNS, []) as file:
        sheet = openpyxl.load_workbook(file).active
    assert [cell.value for cell in sheet[3]] == ["부서", "예산현액", "집행률"]
    assert sheet.max_row == 3


def parts_of(file):
    with file, zipfile.ZipFile(file) as book:
        return {name: book.read(name).decode() for name in book.namelist()}


NUMBERS = [Column("부서"), Column("예산현액", "thousand")]


@pytest.mark.parametrize(
    ("values", "digits"),
    [
        ([5, -7], ["5", "-7"]),
        ([1.5, 3], ["1.5", "3"]),
        ([1 / 3, 226_254.4], ["0.3333333333333333", "226254.4"]),
        ([10**15 - 1, 10**17], ["999999999999999", "1E+17"]),
    ],
    ids=["whole", "with decimals", "sixteen digits", "large"],
)
def test_xlsx_file_to_the_byte(values, digits):
    file = xlsx_file("예산", "기준", NUMBERS, [["%s{}", value] for value in values])
    sheet = parts_of(file)["xl/worksheets/sheet1.xml"]
    assert '<dimension ref="A1:B5"/>' in sheet
    assert sheet[sheet.index('<row r="4">') : sheet.index("</sheetData>")] == (
        '<row r="4"><c r="A4" t="inlineStr"><is><t>%s{}</t></is></c>'
        f'<c r="B4" s="3"><v>{digits[0]}</v></c></row>'
        '<row r="5"><c r="A5" t="inlineStr"><is><t>%s{}</t></is></c>'
        f'<c r="B5" s="3"><v>{digits[1]}</v></c></row>'
    )


def test_xlsx_file_of_what_is_empty_and_of_other_kinds_piece_by_piece(monkeypatch):
    monkeypatch.setattr("seoul_digital.lib.xlsx.streaming.ROWS_AT_ONCE", 2)
    file = xlsx_file("예산", "기준", NUMBERS, [["가", None], ["", 1.5], [None, "순증"], ["나", 2], [3, 4]])
    sheet = parts_of(file)["xl/worksheets/sheet1.xml"]
    assert sheet[sheet.index('<row r="4">') : sheet.index("</sheetData>")] == (
        '<row r="4"><c r="A4" t="inlineStr"><is><t>가</t></is></c></row>'
        '<row r="5"><c r="B5" s="3"><v>1.5</v></c></row>'
        '<row r="6"><c r="B6" t="inlineStr"><is><t>순증</t></is></c></row>'
        '<row r="7"><c r="A7" t="inlineStr"><is><t>나</t></is></c><c r="B7" s="3"><v>2</v></c></row>'
        '<row r="8"><c r="A8" s="3"><v>3</v></c><c r="B8" s="3"><v>4</v></c></row>'
    )


def test_xlsx_files_of_a_process_are_alike():
    one, another = (parts_of(xlsx_file("예산", "기준", COLUMNS, ROWS)) for _ in range(2))
    del one["docProps/core.xml"], another["docProps/core.xml"]  # says when
    assert one == another
