"""Tables too long to be held in memory, as files that are written row by row.

Rows hold text, None, and numbers as the file is to have them: 천원, percent to one decimal.
"""

import csv
import io
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from ..tables import Column
from .export import UNITS, csv_value, number_format
from .writer import A4, FONT, sheet_name

ROWS_AT_ONCE = 500
TEXT_WIDTH, NUMBER_WIDTH = 24, 14
FIRST_ROW = 3
LONGEST_TEXT = 32_767  # of a cell
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
LIKE_ESCAPED = re.compile("_x[0-9A-Fa-f]{4}_")
SHEET = "xl/worksheets/sheet1.xml"
NUMBER = "\0"  # stands for a row's in the form that rows have in common
EXACT = 10**15  # whole numbers below it are written with all their digits
PIECE, LARGEST_PLAIN_PART = 1 << 20, 1 << 30  # bytes
COMPRESSION = 5  # the size of 6 in two thirds of its time
LOOK = {"font_name": FONT, "font_size": 10}


def in_thousands(won: int | None) -> int | float | None:
    """천원, as a file has them: exact, with decimals only where there are any."""
    if won is None:
        return None
    return won / 1000 if won % 1000 else won // 1000


def percent(part: int | None, whole: int | None) -> float | None:
    """Rounded half up, once, to one decimal."""
    if part is None or not whole:
        return None
    tenths = (2 * abs(part) * 1000 + abs(whole)) // (2 * abs(whole))
    return (-tenths if (part < 0) != (whole < 0) else tenths) / 10


def label_of(column: Column) -> str:
    unit = UNITS.get(column.kind)
    return f"{column.full_label}({unit})" if unit else column.full_label


def csv_parts(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The file piece by piece, as `export.to_csv` has it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    out.write("\ufeff")
    writer.writerow([label_of(column) for column in columns])
    for number, row in enumerate(rows, 1):
        writer.writerow(map(csv_value, row))
        if not number % ROWS_AT_ONCE:
            yield _emptied(out)
    yield _emptied(out)


def _emptied(out: io.StringIO) -> bytes:
    written = out.getvalue().encode()
    out.seek(0)
    out.truncate()
    return written


def xlsx_file(title: str, caption: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> BinaryIO:
    """A temporary file that holds the workbook, at its beginning; it is gone when it is closed.

    XlsxWriter makes everything but the rows, which are put in where its sheet ends.
    """
    frame = io.BytesIO()
    options = {
        "constant_memory": True,
        "default_format_properties": {**LOOK},  # XlsxWriter adds to it
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with tempfile.TemporaryFile() as written:
        with xlsxwriter.Workbook(frame, options) as book:
            sheet = book.add_worksheet(sheet_name(title, set()))
            _open(book, sheet, title, caption, columns)
            sheet.dim_rowmax = _write_rows(written, _styles(book, columns), rows) - 1
        return _put_together(frame, written)


def _styles(book: Any, columns: Sequence[Column]) -> list[int]:
    formats = [book.add_format({**LOOK, "num_format": number_format(column.kind, 0)}) for column in columns]
    return [look._get_xf_index() for look in formats]


def _put_together(frame: BinaryIO, rows: BinaryIO) -> BinaryIO:
    """The workbook of the frame with these rows below those of its sheet."""
    is_large = rows.tell() > LARGEST_PLAIN_PART
    rows.seek(0)
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    with (
        zipfile.ZipFile(frame) as parts,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION) as book,
    ):
        for part in parts.namelist():
            before, end, after = parts.read(part).partition(b"</sheetData>")
            with book.open(part, "w", force_zip64=is_large and part == SHEET) as out:
                out.write(before)
                if part == SHEET:
                    shutil.copyfileobj(rows, out, PIECE)
                out.write(end + after)
    file.seek(0)
    return file


def _open(book: Any, sheet: Any, title: str, caption: str, columns: Sequence[Column]) -> None:
    """Write what constant memory needs before the rows: widths, title, head."""
    for position, column in enumerate(columns):
        sheet.set_column(position, position, NUMBER_WIDTH if column.is_number else TEXT_WIDTH)
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.repeat_rows(FIRST_ROW - 1)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P / &N")
    sheet.write_string(0, 0, title, book.add_format({**LOOK, "bold": True, "font_size": 14}))
    sheet.write_string(1, 0, caption, book.add_format({**LOOK, "font_color": "#58616a"}))
    head = book.add_format(
        {
            **LOOK,
            "bold": True,
            "align": "center",
            "text_wrap": True,
            "bg_color": "#f4f5f6",
            "top": 1,
            "bottom": 1,
        }
    )
    for position, column in enumerate(columns):
        sheet.write_string(FIRST_ROW - 1, position, column.full_label, head)


def _write_rows(file: BinaryIO, styles: Sequence[int], rows: Iterable[Sequence[Any]]) -> int:
    """Write the rows' XML, past XlsxWriter's calls for each cell, which take most of its time; the number of the last row."""
    rows, number = iter(rows), FIRST_ROW
    while batch := list(islice(rows, ROWS_AT_ONCE)):
        file.write(_xml_of(batch, styles, number + 1).encode())
        number += len(batch)
    return number


def _xml_of(rows: Sequence[Sequence[Any]], styles: Sequence[int], first: int) -> str:
    """Elements of a few rows from the number `first` on: they have a form in common, which takes each one's number and texts."""
    forms, columns = [], []
    for position, (style, values) in enumerate(zip(styles, zip(*rows, strict=True), strict=True)):
        form, texts = _column_of(xl_col_to_name(position), style, values, first)
        forms.append(form)
        columns.append(texts)
    form = f'<row r="{NUMBER}">{"".join(forms)}</row>'
    texts = zip(*columns, strict=True)
    return "".join([form.replace(NUMBER, str(number)) % row for number, row in enumerate(texts, first)])


def _column_of(letters: str, style: int, values: Sequence[Any], first: int) -> tuple[str, Iterable[Any]]:
    """The form of a column's cells and what it takes: whole cells where some are empty or of another kind."""
    number = f'<c r="{letters}{NUMBER}" s="{style}"><v>%s</v></c>'
    kinds = set(map(type, values))
    if kinds == {str} and "" not in values:
        return f'<c r="{letters}{NUMBER}" t="inlineStr"><is>%s</is></c>', map(_text, values)
    if kinds == {int} and min(values) > -EXACT and max(values) < EXACT:
        return number, values
    if kinds <= {int, float}:
        return number, [f"{value:.16G}" for value in values]
    cells = [
        ""
        if value is None or value == ""
        else f'<c r="{letters}{place}" t="inlineStr"><is>{_text(value)}</is></c>'
        if type(value) is str
        else f'<c r="{letters}{place}" s="{style}"><v>{value:.16G}</v></c>'
        for place, value in enumerate(values, first)
    ]
    return "%s", cells


@lru_cache(maxsize=10_000)
def _text(value: str) -> str:
    """The element of a text, which may hold whatever a database does; what XML cannot hold as Excel writes it."""
    written = UNWRITABLE.sub(
        lambda found: f"_x{ord(found[0]):04X}_", LIKE_ESCAPED.sub(r"_x005F\g<0>", value[:LONGEST_TEXT])
    )
    space = ' xml:space="preserve"' if written != written.strip() or "\n" in written else ""
    return f"<t{space}>{escape(written)}</t>"
