"""The formats of import and export files: XLSX, CSV in two encodings, JSON; all read back to the letter.

Values are text, int, Decimal, date, bool or None. Text that looks like a formula stays text: as a text cell
in a workbook, behind an apostrophe in CSV, which reading takes away again.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn

import tablib
from import_export.formats.base_formats import Format

from seoul_digital.lib.file_errors import FileRefused
from seoul_digital.lib.hangul import with_particle
from seoul_digital.lib.upload_validation import MEGABYTE, RETRY_HINT
from seoul_digital.lib.xlsx import reader
from seoul_digital.lib.xlsx.export import csv_value, unguarded
from seoul_digital.lib.xlsx.writer import HEAD, LONGEST_TEXT, Book, display_width

from .widgets import BLANK

LARGEST_FILE = 10 * MEGABYTE
EXACT_DIGITS = 15  # of a number in a workbook, or in whatever reads JSON
SAVE_AS_HINT = "내보내기로 받은 파일이나 서식 파일을 고쳐 .xlsx, .csv, .json 가운데 하나로 올려 주십시오."
_REFERENCE = re.compile(r"&#([0-9]{1,7});")


class FileDataset(tablib.Dataset):
    """The table of a file: the first row with anything in it is the head; rows with nothing in them are
    left out.

    `numbers` are those that people see beside the rows, `head_row` the head's, `sheet` the name of the
    sheet.
    """

    def __init__(self, records: Iterable[tuple[int, Sequence[Any]]], sheet: str = ""):
        filled = [
            (number, values) for number, values in records if any(value not in BLANK for value in values)
        ]
        if len(filled) < 2:
            raise FileRefused("내용이 없는 파일입니다.", SAVE_AS_HINT, sheet=sheet)
        width = max(
            place for _, values in filled for place, value in enumerate(values, 1) if value not in BLANK
        )
        (self.head_row, head), *rows = [
            (number, (*values[:width], *[None] * (width - len(values)))) for number, values in filled
        ]
        headers = ["" if value is None else " ".join(str(value).split()) for value in head]
        super().__init__(*(values for _, values in rows), headers=headers)
        self.numbers, self.sheet = [number for number, _ in rows], sheet


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

    def can_export(self) -> bool:
        return True


class Xlsx(FileFormat):
    key, extension, title = "xlsx", "xlsx", "엑셀(XLSX)"
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def create_dataset(self, in_stream: bytes) -> FileDataset:
        sheet, rows = reader.read(io.BytesIO(in_stream))
        return FileDataset(rows, sheet)

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        out = io.BytesIO()
        with Book(out, dataset.title) as book:
            write_sheet(book, dataset.title, dataset.headers, dataset, dataset.text_columns)
        return out.getvalue()


def write_sheet(
    book: Book, title: str, headers: Sequence[str], rows: Iterable[Sequence[Any]], text_columns: Sequence[int]
) -> Any:
    """A sheet with a head that stays in view; columns of text are formatted as text, so that `2022-08`
    stays so."""
    sheet = book.sheet(title)
    head = book.format(bold=True, bg_color=HEAD, bottom=1, text_wrap=True)
    formats = {"text": book.format(num_format="@"), "date": book.format(num_format="yyyy-mm-dd")}
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

    def create_dataset(self, in_stream: bytes) -> FileDataset:
        rows = csv.reader(io.StringIO(_decoded(in_stream), newline=""), strict=True)
        try:
            return FileDataset(enumerate([[unguarded(value) for value in row] for row in rows], 1))
        except csv.Error as error:
            message = "CSV의 칸을 나눌 수 없습니다(따옴표가 닫히지 않았거나 한 칸이 너무 깁니다)."
            raise FileRefused(message, RETRY_HINT, row=rows.line_num) from error

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
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


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return _without_surrogates(_REFERENCE.sub(lambda match: chr(int(match[1])), data.decode("cp949")))
    except (UnicodeDecodeError, ValueError, OverflowError) as error:
        remedy = "‘CSV UTF-8’로 다시 저장해 올려 주십시오."
        raise FileRefused(
            "글자를 읽을 수 없습니다. UTF-8도 cp949(EUC-KR)도 아니거나 파일이 깨졌습니다.", remedy
        ) from error


def _without_surrogates(text: str) -> str:
    """The text; ValueError for one with halves of characters, which no page could show."""
    text.encode()
    return text


class Json(FileFormat):
    key, extension, title, content_type = "json", "json", "JSON", "application/json"

    def create_dataset(self, in_stream: bytes) -> FileDataset:
        return FileDataset(_json_records(in_stream))

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        objects = [dict(zip(dataset.headers, map(_json_value, row), strict=True)) for row in dataset]
        return json.dumps(objects, ensure_ascii=False, indent=1).encode()


def _json_records(data: bytes) -> list[tuple[int, list[Any]]]:
    """The head, and the values of each object in its order."""
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_refuse_constant)
        _without_surrogates(json.dumps(found, ensure_ascii=False, default=str))
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise FileRefused("JSON으로 읽을 수 없습니다.", SAVE_AS_HINT, row=line) from error
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise FileRefused("JSON은 {‘열 이름’: 값, …}의 목록이어야 합니다.", SAVE_AS_HINT)
    headers = list(found[0]) if found else []
    for number, item in enumerate(found, 1):
        if odd := ", ".join(sorted(set(item) ^ set(headers))):
            message = f"첫 항목과 열이 다릅니다: {odd[:200]}."
            raise FileRefused(message, "모든 항목에 같은 열을 적어 주십시오.", row=number)
    return [
        (0, headers),
        *((number, [item[header] for header in headers]) for number, item in enumerate(found, 1)),
    ]


def _refuse_constant(name: str) -> NoReturn:
    raise FileRefused(
        "JSON으로 읽을 수 없습니다.", f"{with_particle(name, '은/는')} 값이 아닙니다. 고쳐서 올려 주십시오."
    )


def _json_value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value) if _is_exact(value) else f"{value:f}"
    return value


IMPORT_FORMATS, EXPORT_FORMATS = [Xlsx, Csv, Json], [Xlsx, Csv, Cp949, Json]
