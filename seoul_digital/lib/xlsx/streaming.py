"""Tables too long to be held in memory, as files that are written row by row.

Rows hold text, None, and numbers as the file is to have them: 천원, percent to one decimal.
"""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

import xlsxwriter

from ..tables import Column
from .export import UNITS, csv_value, number_format
from .writer import A4, FONT, sheet_name

ROWS_AT_ONCE = 500
TEXT_WIDTH, NUMBER_WIDTH = 24, 14
FIRST_ROW = 3
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
    """Half of the time goes by here and in what it calls: as few calls a cell as there can be."""
    styles = [book.add_format({**LOOK, "num_format": number_format(column.kind, 0)}) for column in columns]
    write_string, write_number = sheet.write_string, sheet.write_number
    for number, row in enumerate(rows, FIRST_ROW):
        for position, value in enumerate(row):
            if type(value) is str:
                if value:
                    write_string(number, position, value)
            elif value is not None:
                write_number(number, position, value, styles[position])
