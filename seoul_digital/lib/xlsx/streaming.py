"""Tables too long to be held in memory, as files that are written row by row.

Rows hold text, None, and numbers as the file is to have them: 천원, percent to one decimal.
"""

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
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
LOOK = {"font_name": FONT, "font_size": 10}


def in_thousands(won: int | None) -> int | float | None:
    """천원, as a file has them: exact, with decimals only where there are any."""
    if won is None:
        return None
    whole, rest = divmod(won, 1000)
    return won / 1000 if rest else whole


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
    """A temporary file that holds the workbook, at its beginning; it is gone when it is closed."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    options = {
        "constant_memory": True,
        "default_format_properties": LOOK,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(sheet_name(title, set()))
        _open(book, sheet, title, caption, columns)
        _fill(book, sheet, columns, rows)
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


def _fill(book: Any, sheet: Any, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> None:
    """Write the rows into the file in which XlsxWriter keeps those of a sheet in constant memory, past its calls for each cell.

    They take most of its time: its own check of every argument, a record of every cell, an element of several calls.
    """
    styles = [
        book.add_format({**LOOK, "num_format": number_format(column.kind, 0)})._get_xf_index()
        for column in columns
    ]
    places = [(f'<c r="{xl_col_to_name(position)}', style) for position, style in enumerate(styles)]
    sheet._write_single_row(FIRST_ROW)  # what is written before
    number, write = FIRST_ROW, sheet.row_data_fh.write
    for number, row in enumerate(rows, FIRST_ROW + 1):
        cells = [
            f'{begin}{number}" t="inlineStr"><is>{_text(value)}</is></c>'
            if type(value) is str
            else f'{begin}{number}" s="{style}"><v>{value:.16G}</v></c>'
            for (begin, style), value in zip(places, row, strict=False)
            if value is not None and value != ""
        ]
        write(f'<row r="{number}">{"".join(cells)}</row>')
    sheet.dim_rowmax = number - 1


@lru_cache(maxsize=10_000)
def _text(value: str) -> str:
    """The element of a text, which may hold whatever a database does; what XML cannot hold as Excel writes it."""
    written = UNWRITABLE.sub(
        lambda found: f"_x{ord(found[0]):04X}_", LIKE_ESCAPED.sub(r"_x005F\g<0>", value[:LONGEST_TEXT])
    )
    space = ' xml:space="preserve"' if written != written.strip() or "\n" in written else ""
    return f"<t{space}>{escape(written)}</t>"
