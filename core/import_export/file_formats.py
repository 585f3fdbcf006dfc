"""The files of admin's import and export: XLSX, CSV in two encodings, JSON. What is written reads back as it was, to the letter.

Values are text, int, Decimal, date, bool or None. Text that looks like a formula stays text: as a text cell in a workbook, behind an
apostrophe in CSV, which reading takes away again.
"""

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from seoul_digital.lib import upload_validation
from seoul_digital.lib.file_errors import FileRefused
from seoul_digital.lib.xlsx import export
from seoul_digital.lib.xlsx import reader as workbooks
from seoul_digital.lib.xlsx.writer import LONGEST_TEXT, display_width, sheet_name

LARGEST_FILE = 10 * upload_validation.MEGABYTE
EXACT_DIGITS = 15  # of a number in a workbook, or in whatever reads JSON
KINDS = (".xlsx", ".csv", ".json")
SAVE_AS = "내보내기로 받은 파일이나 서식 파일을 고쳐 .xlsx, .csv, .json 가운데 하나로 올려 주십시오."


@dataclass
class FileRows:
    """The table in a file; each row comes with the number that people see beside it."""

    name: str
    headers: list[str]
    rows: list[tuple[int, list]]
    sheet: str = ""
    head_row: int = 1


def read(path: Path, name: str) -> FileRows:
    """`name` is what the person calls the file. Raises FileRefused."""
    with path.open("rb") as file:
        kind = upload_validation.validate_upload(file, name, ("xlsx", "csv", "json"), LARGEST_FILE)
    if kind == "json":
        return _table(name, _json_records(path))
    if kind == "csv":
        return _table(name, enumerate(_csv_records(path), 1))
    sheet, rows = workbooks.read(io.BytesIO(path.read_bytes()))
    return _table(name, rows, sheet)


def _table(name, records, sheet=""):
    """The first row with anything in it is the head; rows with nothing in them are left out."""
    filled = [
        (number, values) for number, values in records if any(value not in (None, "") for value in values)
    ]
    if not filled:
        raise FileRefused("내용이 없는 파일입니다.", SAVE_AS, sheet=sheet)
    head_row, head = filled[0]
    headers = ["" if value is None else " ".join(str(value).split()) for value in head]
    return FileRows(name, headers, filled[1:], sheet, head_row)


def _csv_records(path):
    text = _decoded(path.read_bytes())
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return [[export.unguarded(value) for value in row] for row in reader]
    except csv.Error as error:
        message = "CSV의 칸을 나눌 수 없습니다(따옴표가 닫히지 않았거나 한 칸이 너무 깁니다)."
        raise FileRefused(message, upload_validation.RETRY_HINT, row=reader.line_num) from error


def _decoded(data):
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return _whole(_REFERENCE.sub(lambda match: chr(int(match[1])), data.decode("cp949")))
    except (UnicodeDecodeError, ValueError, OverflowError) as error:
        remedy = "‘CSV UTF-8’로 다시 저장해 올려 주십시오."
        raise FileRefused(
            "글자를 읽을 수 없습니다. UTF-8도 cp949(EUC-KR)도 아니거나 파일이 깨졌습니다.", remedy
        ) from error


def _whole(text):
    """The text, if it has no halves of characters, which no page could show; else a ValueError."""
    text.encode()
    return text


def _json_records(path):
    """The head, and the values of each object in its order."""
    try:
        found = json.loads(path.read_text("utf-8-sig"), parse_float=Decimal, parse_constant=_no_number)
        _whole(json.dumps(found, ensure_ascii=False, default=str))
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise FileRefused("JSON으로 읽을 수 없습니다.", SAVE_AS, row=line) from error
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise FileRefused("JSON은 {‘열 이름’: 값, …}의 목록이어야 합니다.", SAVE_AS)
    headers = list(found[0]) if found else []
    for number, one in enumerate(found, 1):
        if set(one) != set(headers):
            odd = ", ".join(sorted(set(one) ^ set(headers)))
            raise FileRefused(
                f"첫 항목과 열이 다릅니다: {odd[:200]}.", "모든 항목에 같은 열을 적어 주십시오.", row=number
            )
    return [
        (0, headers),
        *((number, [one[header] for header in headers]) for number, one in enumerate(found, 1)),
    ]


def _no_number(name):
    raise FileRefused("JSON으로 읽을 수 없습니다.", f"{name}은(는) 값이 아닙니다. 고쳐서 올려 주십시오.")


@dataclass
class Outgoing:
    """A table to be written. `text_columns` are the places of columns that hold text only."""

    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence]
    text_columns: set[int] = field(default_factory=set)


class FileFormat:
    """`write` gives the bytes of an Outgoing."""

    key = extension = title = content_type = ""

    def write(self, table: Outgoing) -> bytes:
        raise NotImplementedError


class Xlsx(FileFormat):
    key, extension, title = "xlsx", "xlsx", "엑셀(XLSX)"
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def write(self, table):
        import xlsxwriter

        out = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        with xlsxwriter.Workbook(out, options) as book:
            write_sheet(book, table)
        return out.getvalue()


def write_sheet(book, table: Outgoing):
    """One sheet with a head that stays in view; columns of text are formatted as text, so that `2022-08` stays what is typed."""
    sheet = book.add_worksheet(sheet_name(table.title, set()))
    head = book.add_format(
        {"bold": True, "bg_color": "#f4f5f6", "bottom": 1, "text_wrap": True, "valign": "vcenter"}
    )
    formats = {
        kind: book.add_format({"num_format": code, "valign": "top"})
        for kind, code in (("text", "@"), ("date", "yyyy-mm-dd"))
    }
    for place, header in enumerate(table.headers):
        width = min(max(display_width(header) + 4, 12), 40)
        sheet.set_column(place, place, width, formats["text"] if place in table.text_columns else None)
        sheet.write_string(0, place, header, head)
    for number, row in enumerate(table.rows, 1):
        for place, value in enumerate(row):
            _write_cell(sheet, number, place, value, formats)
    sheet.freeze_panes(1, 0)
    return sheet


def _write_cell(sheet, row, place, value, formats):
    if value is None or value == "":
        return
    if isinstance(value, date):
        sheet.write_datetime(row, place, value, formats["date"])
    elif _is_exact(value):
        sheet.write_number(row, place, value)
    else:
        text = value if isinstance(value, str) else f"{value:f}" if isinstance(value, Decimal) else str(value)
        if len(text) > LONGEST_TEXT:
            raise ValueError(
                f"{row + 1}행에 엑셀의 한 칸(32,767자)보다 긴 글이 있습니다. CSV나 JSON으로 내보내 주십시오."
            )
        sheet.write_string(row, place, text, formats["text"])


def _is_exact(value):
    return (
        isinstance(value, int | Decimal) and len(Decimal(value).normalize().as_tuple().digits) <= EXACT_DIGITS
    )


class Csv(FileFormat):
    key, extension, title, content_type = "csv", "csv", "CSV(UTF-8)", "text/csv; charset=utf-8"

    def write(self, table):
        return self.encoded(_csv_text(table))

    def encoded(self, text):
        return text.encode("utf-8-sig")


class Cp949(Csv):
    key, title, content_type = "cp949", "CSV(cp949, 옛 프로그램용)", "text/csv; charset=cp949"

    def encoded(self, text):
        """Characters that cp949 lacks, such as ‣, leave as `&#8227;` and come back from it."""
        return _REFERENCE.sub(lambda match: f"&#38;{match[0][1:]}", text).encode("cp949", "xmlcharrefreplace")


_REFERENCE = re.compile(r"&#([0-9]{1,7});")


def _csv_text(table):
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in (table.headers, *table.rows):
        writer.writerow([export.csv_value(value) for value in row])
    return out.getvalue()


class Json(FileFormat):
    key, extension, title, content_type = "json", "json", "JSON", "application/json"

    def write(self, table):
        objects = [dict(zip(table.headers, map(_json_value, row), strict=True)) for row in table.rows]
        return json.dumps(objects, ensure_ascii=False, indent=1).encode()


def _json_value(value):
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value) if _is_exact(value) else f"{value:f}"
    return value


FORMATS = [Xlsx, Csv, Cp949, Json]
