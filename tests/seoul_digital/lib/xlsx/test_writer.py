import io
from datetime import date
from fractions import Fraction

import openpyxl
import pytest

from seoul_digital.lib.xlsx.writer import Book, display_width, lines_in, number_in_file, set_page, sheet_name


def written(made=None):
    out = io.BytesIO()
    with Book(out, "업무보고", made) as book:
        sheet = book.sheet("인력/조직")
        sheet.write_string(0, 0, "=1+1", book.format(bold=True))
        set_page(sheet, landscape=False, head=(0, 1))
    return out.getvalue()


def test_the_same_bytes_for_the_same_content():
    assert written(date(2022, 8, 29)) == written(date(2022, 8, 29))


def test_what_the_file_says_of_itself():
    book = openpyxl.load_workbook(io.BytesIO(written(date(2022, 8, 29))))
    assert (book.properties.title, str(book.properties.created)) == ("업무보고", "2022-08-29 00:00:00")
    sheet = book["인력 조직"]
    assert (sheet["A1"].data_type, sheet["A1"].font.name, sheet["A1"].font.bold) == ("s", "맑은 고딕", True)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.print_title_rows) == (
        "portrait",
        9,
        "$1:$2",
    )


def test_a_format_is_made_once():
    with Book(io.BytesIO(), "표") as book:
        book.sheet("표")
        assert book.format(bold=True, size=2) is book.format(size=2, bold=True)


def test_a_book_that_fails_is_not_written():
    out = io.BytesIO()
    with pytest.raises(KeyError), Book(out, "표"):
        raise KeyError
    assert out.getvalue() == b""


@pytest.mark.parametrize(
    ("title", "taken", "name"),
    [
        ("인력", [], "인력"),
        ("Data", ["DATA"], "Data (2)"),
        ("[]", [], "표"),
        ("가" * 40, ["가" * 31], f"{'가' * 27} (2)"),
    ],
)
def test_names_of_sheets(title, taken, name):
    assert sheet_name(title, taken) == name


def test_hangul_takes_two_columns():
    assert display_width("가나 ab") == 7


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("가나다라", 1),
        ("가나다라마", 2),
        ("가\n나다라마바", 3),
        ("가나 다a", 1),
        ("가나다 라마", 2),
        ("가" * 12, 3),
        ("가 나다라마바", 3),
    ],
)
def test_lines_of_wrapped_text(text, lines):
    assert lines_in(text, 9) == lines


def test_numbers_are_whole_where_they_can_be():
    assert [number_in_file(Fraction(6, 3)), number_in_file(Fraction(1, 2))] == [2, 0.5]
    assert isinstance(number_in_file(Fraction(6, 3)), int)
