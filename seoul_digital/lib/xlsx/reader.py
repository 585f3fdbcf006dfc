"""Rows of a small workbook, read by openpyxl once it is known how far its cells reach.

Left to itself openpyxl fills every gap: a sheet of one cell at XFD1048576 keeps it busy for minutes.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any, BinaryIO

from ..file_errors import FileRefused
from ..upload_validation import MEGABYTE, RETRY_HINT

LARGEST_UNPACKED = 48 * MEGABYTE
LAST_ROW, LAST_COLUMN = 20_000, 200  # as far as cells with values may stand
MOST_SHEETS = 100
FILLED_CELL = re.compile(rb'<(?:\w+:)?c\s(?>[^<>]*?\br="([A-Z]{1,3})(\d{1,9})")[^<>]*+(?<!/)>')
UNSAVED_FORMULA = re.compile(
    rb'<(?:\w+:)?c\s(?>[^<>]*?\br="([A-Z]{1,3})(\d{1,9})")[^<>]*+><(?:\w+:)?f\b[^<]*(?:</(?:\w+:)?f>)?(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>'
)
CONTROL = re.compile(
    r"_x00([01][0-9A-Fa-f])_"
)  # how a workbook writes a control character, a carriage return above all


def read(file: BinaryIO) -> tuple[str, Iterator[tuple[int, list[Any]]]]:
    """The name of the first visible sheet, and its rows: the number that Excel shows, and the values, None
    where there is none.

    `validate_upload` comes before. Raises FileRefused for what cannot be read, in the iterator for what a
    single cell holds.
    """
    _check_cells(file)
    book = _opened(file)
    sheet = next((worksheet for worksheet in book.worksheets if worksheet.sheet_state == "visible"), None)
    if sheet is None:
        raise FileRefused("보이는 시트가 없습니다.", "숨긴 시트를 펼치고 저장해 주십시오.")
    return sheet.title, _rows(sheet)


def read_named(file: BinaryIO, name: str) -> Iterator[tuple[int, list[Any]]] | None:
    """The rows of the sheet of that name behind the first, of a workbook that was read; None where it has none."""
    file.seek(0)
    with zipfile.ZipFile(file) as parts:
        if f'name="{name}"'.encode() not in parts.read("xl/workbook.xml"):
            return None
    file.seek(0)
    sheet = next((worksheet for worksheet in _opened(file).worksheets[1:] if worksheet.title == name), None)
    return None if sheet is None else _rows(sheet)


def _opened(file: BinaryIO) -> Any:
    import openpyxl

    try:
        return openpyxl.load_workbook(file, read_only=True, data_only=True)
    except MemoryError:
        raise
    except Exception as error:  # openpyxl raises whatever its parts do
        raise FileRefused("파일이 깨져 있어 열 수 없습니다.", RETRY_HINT) from error


def _rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    try:
        for number, cells in enumerate(sheet.iter_rows(max_row=LAST_ROW, max_col=LAST_COLUMN), 1):
            last = max((place for place, cell in enumerate(cells, 1) if cell.value is not None), default=0)
            yield number, [_value(cell, sheet.title, number) for cell in cells[:last]]
    except (FileRefused, MemoryError):
        raise
    except Exception as error:
        raise FileRefused(
            "시트를 읽을 수 없습니다. 파일이 깨졌습니다.", RETRY_HINT, sheet=sheet.title
        ) from error


def _value(cell: Any, sheet: str, row: int) -> Any:
    if cell.data_type == "e":
        remedy = "수식을 고치거나 값을 적어 주십시오."
        raise FileRefused(
            f"엑셀 오류 값({cell.value})이 들어 있습니다.",
            remedy,
            sheet=sheet,
            row=row,
            column=cell.column_letter,
        )
    if isinstance(cell.value, str):
        # What is text and no control character, as openpyxl takes it from shared strings and not from those in cells.
        text = cell.value.replace("x005F_", "")
        return CONTROL.sub(lambda match: chr(int(match[1], 16)), text)
    if isinstance(cell.value, datetime) and cell.value.time() == time.min:
        return cell.value.date()
    return int(cell.value) if isinstance(cell.value, float) and cell.value.is_integer() else cell.value


def _check_cells(file: BinaryIO) -> None:
    with zipfile.ZipFile(file) as book:
        if sum(part.file_size for part in book.infolist()) > LARGEST_UNPACKED:
            raise FileRefused("풀면 48MB를 넘는 파일입니다.", "나누어 올려 주십시오.")
        sheets = [
            part for part in book.namelist() if part.startswith("xl/worksheets/") and part.endswith(".xml")
        ]
        if len(sheets) > MOST_SHEETS:
            raise FileRefused(
                f"시트가 {len(sheets):,}개입니다. {MOST_SHEETS}개까지 읽습니다.",
                "올릴 시트만 새 통합 문서에 옮겨 저장해 주십시오.",
            )
        try:
            for part in sheets:
                _check_reach(book.read(part))
        except (zipfile.BadZipFile, EOFError, zlib.error) as error:
            raise FileRefused("파일이 깨져 있어 열 수 없습니다.", RETRY_HINT) from error


def _check_reach(sheet: bytes) -> None:
    for letters, row in FILLED_CELL.findall(sheet):
        if int(row) > LAST_ROW or _column(letters) > LAST_COLUMN:
            place = f"{letters.decode()}{int(row)}"
            raise FileRefused(
                f"{place} 칸까지 값이 있습니다. {LAST_ROW:,}행, {LAST_COLUMN}열까지 읽습니다.",
                "표 밖의 칸을 지우거나 파일을 나누어 주십시오.",
            )
    if unsaved := UNSAVED_FORMULA.search(sheet):
        remedy = "엑셀에서 한 번 열어 저장한 뒤 올려 주십시오."
        raise FileRefused(
            "수식의 값이 저장되어 있지 않습니다.", remedy, row=int(unsaved[2]), column=unsaved[1].decode()
        )


def _column(letters: bytes) -> int:
    """`A` is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
