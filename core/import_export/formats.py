"""The formats of import and export files: XLSX, CSV in two encodings, JSON; all read back to the letter.

Values are text, int, Decimal, date, bool or None. Text that looks like a formula stays text: as a text cell
in a workbook, behind an apostrophe in CSV, which reading takes away again.
"""

import csv
import io
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import tablib
from django.db import models
from import_export.formats.base_formats import Format

from seoul_digital.lib import child_process
from seoul_digital.lib.file_errors import FileRefused
from seoul_digital.lib.tables import day
from seoul_digital.lib.xlsx.export import csv_value
from seoul_digital.lib.xlsx.writer import DAY, HEAD, LONGEST_TEXT, Book, display_width

from . import file_reader
from .file_reader import BLANK, MENTIONS, MENTIONS_KEY, SAVE_AS_HINT

COMMAND = child_process.command("core.import_export.file_reader")
ROWS_HELD = 500  # in memory, of a table that is written
EXACT_DIGITS = 15  # of a number in a workbook, or in whatever reads JSON
_REFERENCE = re.compile(r"&#([0-9]{1,7});")


class FileDataset(tablib.Dataset):
    """The table of a file: the first row with anything in it is the head; rows with nothing in them are
    left out.

    `numbers` are those that people see beside the rows, `head_row` the head's, `sheet` the name of the
    sheet. `mentions` are the rows of the sheet of mentions with their numbers, None where the file has no such sheet.
    """

    mentions: list[tuple[int, Sequence[Any]]] | None = None

    def __init__(self, records: Iterable[tuple[int, Sequence[Any]]], sheet: str = ""):
        filled = [
            (number, values) for number, values in records if not all(value in BLANK for value in values)
        ]
        if len(filled) < 2:
            raise FileRefused("내용이 없는 파일입니다.", SAVE_AS_HINT, sheet=sheet)
        width = max(len(values) for _, values in filled)
        (self.head_row, head), *rows = [
            (number, (*values[:width], *[None] * (width - len(values)))) for number, values in filled
        ]
        headers = ["" if value is None else " ".join(str(value).split()) for value in head]
        super().__init__(*(values for _, values in rows), headers=headers)
        self.numbers, self.sheet = [number for number, _ in rows], sheet


@dataclass
class ExportedTable:
    """What a file is written from; few rows are in memory at a time. `text_columns` are the places of those that hold text,
    `mentions` the head of the sheet of mentions and what gives a row's lines of it."""

    title: str
    headers: list[str]
    text_columns: list[int]
    values: Callable[[models.Model], list[Any]]
    rows: models.QuerySet[Any]
    mentions: tuple[list[str], Callable[[models.Model], list[list[Any]]]] | None = None

    def __iter__(self) -> Iterator[list[Any]]:
        return map(self.values, self.rows.iterator(chunk_size=ROWS_HELD))


class FileFormat(Format):
    key = extension = title = content_type = ""

    def get_title(self) -> str:
        return self.title

    def get_extension(self) -> str:
        return self.extension

    def get_content_type(self) -> str:
        return self.content_type

    def can_import(self) -> bool:
        return True

    def create_dataset(self, in_stream: bytes) -> FileDataset:
        """Read by a child process. Raises FileRefused."""
        sheet, rows, mentions = "", [], None
        with tempfile.TemporaryFile() as file:
            file.write(in_stream)
            request = {"path": str(child_process.path_for_child(file)), "kind": self.extension}
            for message in child_process.messages(COMMAND, request, file_reader.SECONDS):
                sheet = message.get("sheet", sheet)
                rows += _numbered(message.get("rows", ()))
                if MENTIONS_KEY in message:
                    mentions = [*(mentions or ()), *_numbered(message[MENTIONS_KEY])]
        dataset = FileDataset(rows, sheet)
        dataset.mentions = mentions
        return dataset

    def can_export(self) -> bool:
        return True


def _numbered(rows: Iterable[Any]) -> list[tuple[int, Sequence[Any]]]:
    return [(number, list(map(file_reader.value, values))) for number, values in rows]


class Xlsx(FileFormat):
    key, extension, title = "xlsx", "xlsx", "엑셀(XLSX)"
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def export_data(self, dataset: ExportedTable, **kwargs: Any) -> bytes:
        out = io.BytesIO()
        with Book(out, dataset.title, is_long=True) as book:
            write_sheet(book, dataset.title, dataset.headers, dataset, dataset.text_columns)
            if dataset.mentions:
                headers, lines_of = dataset.mentions
                rows = dataset.rows.iterator(chunk_size=ROWS_HELD)
                lines = (line for row in rows for line in lines_of(row))
                write_sheet(book, MENTIONS, headers, lines, range(len(headers)))
        return out.getvalue()


def write_sheet(
    book: Book, title: str, headers: Sequence[str], rows: Iterable[Sequence[Any]], text_columns: Sequence[int]
) -> Any:
    """A sheet with a head that stays in view; columns of text are formatted as text, so that `2022. 8.`
    stays so."""
    sheet = book.sheet(title)
    head = book.format(bold=True, bg_color=HEAD, bottom=1, text_wrap=True)
    formats = {"text": book.format(num_format="@"), "date": book.format(num_format=DAY)}
    for place, header in enumerate(headers):
        width = min(max(display_width(header) + 4, 12), 40)
        sheet.set_column(place, place, width, formats["text"] if place in text_columns else None)
        sheet.write_string(0, place, header, head)
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            _write_cell(sheet, number, place, value, formats)
    sheet.freeze_panes(1, 0)
    return sheet


def _write_cell(sheet: Any, row: int, place: int, value: Any, formats: dict[str, Any]) -> None:
    if value in BLANK:
        return
    if isinstance(value, date):
        sheet.write_datetime(row, place, value, formats["date"])
    elif _is_exact(value):
        sheet.write_number(row, place, value)
    else:
        text = f"{value:f}" if isinstance(value, Decimal) else str(value)
        if len(text) > LONGEST_TEXT:
            raise ValueError(
                f"{row + 1}행에 엑셀의 한 칸(32,767자)보다 긴 글이 있습니다. CSV나 JSON으로 내보내 주십시오."
            )
        sheet.write_string(row, place, text, formats["text"])


def _is_exact(value: Any) -> bool:
    return (
        isinstance(value, int | Decimal) and len(Decimal(value).normalize().as_tuple().digits) <= EXACT_DIGITS
    )


class Csv(FileFormat):
    key, extension, title, content_type = "csv", "csv", "CSV(UTF-8)", "text/csv; charset=utf-8"

    def export_data(self, dataset: ExportedTable, **kwargs: Any) -> bytes:
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerows(map(csv_value, row) for row in (dataset.headers, *dataset))
        return self.encoded(out.getvalue())

    def encoded(self, text: str) -> bytes:
        return text.encode("utf-8-sig")


class Cp949(Csv):
    key, title, content_type = "cp949", "CSV(cp949, 옛 프로그램용)", "text/csv; charset=cp949"

    def can_import(self) -> bool:
        return False  # `Csv` reads both

    def encoded(self, text: str) -> bytes:
        """Characters that cp949 lacks, such as ‣, leave as `&#8227;` and come back from it."""
        return _REFERENCE.sub(lambda match: f"&#38;{match[0][1:]}", text).encode("cp949", "xmlcharrefreplace")


class Json(FileFormat):
    key, extension, title, content_type = "json", "json", "JSON", "application/json"

    def export_data(self, dataset: ExportedTable, **kwargs: Any) -> bytes:
        objects = [dict(zip(dataset.headers, map(_json_value, row), strict=True)) for row in dataset]
        return json.dumps(objects, ensure_ascii=False, indent=1).encode()


def _json_value(value: Any) -> Any:
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return float(value) if _is_exact(value) else f"{value:f}"
    return value


IMPORT_FORMATS, EXPORT_FORMATS = [Xlsx, Csv, Json], [Xlsx, Csv, Cp949, Json]
