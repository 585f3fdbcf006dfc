"""A small workbook is looked into before it is read."""

import io
import time
import zipfile

import openpyxl
import pytest
import xlsxwriter

from seoul_digital.lib.file_errors import FileRefused
from seoul_digital.lib.xlsx import reader


def book_of(path, cells, **options):
    """`cells`: (row, column, value), from 0."""
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("자료")
        for row, column, value in cells:
            sheet.write(row, column, value)
    return path


def rows_of(path):
    with path.open("rb") as file:
        name, rows = reader.read(file)
        return name, list(rows)


def refusal(path):
    with pytest.raises(FileRefused) as refused:
        rows_of(path)
    (problem,) = refused.value.problems
    return problem


def test_rows_come_with_the_number_that_excel_shows(tmp_path):
    path = book_of(tmp_path / "upload-without-ending", [(0, 0, "가"), (2, 1, 5), (2, 2, 1.5)])
    assert rows_of(path) == ("자료", [(1, ["가"]), (2, []), (3, [None, 5, 1.5])])


def test_a_carriage_return_comes_back(tmp_path):
    assert rows_of(book_of(tmp_path / "a.xlsx", [(0, 0, "가\r\n나")]))[1] == [(1, ["가\r\n나"])]


@pytest.mark.parametrize(
    ("row", "column", "place"), [(1_048_575, 16_383, "XFD1048576"), (20_000, 0, "A20001"), (0, 200, "GS1")]
)
def test_a_cell_far_away_is_refused_at_once(tmp_path, row, column, place):
    path, begun = book_of(tmp_path / "a.xlsx", [(0, 0, "가"), (row, column, 1)]), time.process_time()
    assert refusal(path).message.startswith(f"{place} 칸까지 값이 있습니다.")
    assert time.process_time() - begun < 2


def test_an_empty_cell_far_away_is_no_matter(tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "가")
        sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))
    begun = time.process_time()
    assert [values for _, values in rows_of(tmp_path / "a.xlsx")[1] if values] == [["가"]]
    assert time.process_time() - begun < 2


def test_what_unpacks_to_too_much_is_refused(tmp_path):
    path = book_of(tmp_path / "a.xlsx", [(0, 0, "가")])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/media/image1.xml", b" " * (49 << 20))
    assert refusal(path).message == "풀면 48MB를 넘는 파일입니다."


def test_an_error_value_is_told_with_its_cell(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "자료"
    book.active["B3"] = "#REF!"
    book.save(tmp_path / "a.xlsx")
    problem = refusal(tmp_path / "a.xlsx")
    assert problem.place == "‘자료’ 시트 3행 ‘B’ 열"
    assert problem.message == "엑셀 오류 값(#REF!)이 들어 있습니다."


def test_a_formula_without_a_value_is_told_with_its_cell(tmp_path):
    book = openpyxl.Workbook()
    book.active["B3"] = "=1+1"
    book.save(tmp_path / "a.xlsx")
    problem = refusal(tmp_path / "a.xlsx")
    assert (problem.message, problem.row, problem.column) == ("수식의 값이 저장되어 있지 않습니다.", 3, "B")


def test_a_formula_with_its_value_is_read(tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        book.add_worksheet().write_formula(0, 0, "=1+1", None, 2)
    assert rows_of(tmp_path / "a.xlsx")[1] == [(1, [2])]


def test_only_a_visible_sheet_is_read(tmp_path):
    book = openpyxl.Workbook()
    book.active.sheet_state = "hidden"
    book.create_sheet("보이는 것")["A1"] = "나"
    book.save(tmp_path / "a.xlsx")
    assert rows_of(tmp_path / "a.xlsx") == ("보이는 것", [(1, ["나"])])


def test_a_broken_workbook_is_told(tmp_path):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as book:
        book.writestr("xl/workbook.xml", "<workbook")
    (tmp_path / "a.xlsx").write_bytes(data.getvalue())
    assert refusal(tmp_path / "a.xlsx").message == "파일이 깨져 있어 열 수 없습니다."
